#include "ingot/graph/autocast_mode.h"

namespace ingot {

namespace {
thread_local std::optional<DType> low_on_this_thread;
}

std::optional<DType> autocast_dtype() noexcept { return low_on_this_thread; }

void set_autocast_dtype(std::optional<DType> dtype) {
  if (dtype && *dtype != DType::float16 && *dtype != DType::bfloat16)
    throw TypeError("autocast: expected float16 or bfloat16, got ", *dtype);
  low_on_this_thread = dtype;
}

}  // namespace ingot
