// Whether functions on this thread choose the precision of their operands: mixed precision.
#pragma once

#include <optional>

#include "ingot/graph/dtype.h"

namespace ingot {

/// The low dtype, float16 or bfloat16, if operands are cast; nothing if they are used as they are.
std::optional<DType> autocast_dtype() noexcept;
/// Sets it on this thread for good; for host languages, whose scopes are not C++'s. Throws TypeError for another dtype.
void set_autocast_dtype(std::optional<DType> dtype);

/// Sets it on this thread while it lives: `AutocastScope low(DType::bfloat16);`, or off: `AutocastScope off({});`.
class AutocastScope {
 public:
  explicit AutocastScope(std::optional<DType> dtype) : previous_(autocast_dtype()) { set_autocast_dtype(dtype); }
  ~AutocastScope() { set_autocast_dtype(previous_); }
  AutocastScope(const AutocastScope&) = delete;
  AutocastScope& operator=(const AutocastScope&) = delete;

 private:
  std::optional<DType> previous_;
};

}  // namespace ingot
