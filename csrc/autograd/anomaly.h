// Finding the operation that made the first NaN or infinity, forward or backward.
#pragma once

#include <functional>
#include <string>
#include <unordered_map>

#include "ingot/graph/error.h"
#include "ingot/ops/node_watch.h"

namespace ingot {

/// A value that is not finite appeared while somebody was looking for it. Python: RuntimeError.
class AnomalyError : public GradError {
  using GradError::GradError;
};

struct AnomalyOptions {
  bool nan = true;  ///< NaN is an anomaly
  bool inf = true;  ///< so is an infinity
};

/// Computes every operation of this thread at once while it is installed, and throws AnomalyError from the first one
/// that makes a value which is not finite out of finite ones, or gets NaN from data or a parameter. Slow, as operations
/// are neither fused nor planned. What `jit` and `vmap` only record is passed over.
class AnomalyWatch final : public NodeWatch {
 public:
  /// `site` tells where in the user's program an operation is being made.
  AnomalyWatch(AnomalyOptions options, std::function<std::string()> site) : options_(options), site_(std::move(site)) {}

  void on_made(const NodeRef& node) override;

 private:
  bool is_anomalous(const NodeRef& node) const;
  std::string describe(const NodeRef& node) const;
  std::string made_at(const Node& node) const;

  AnomalyOptions options_;
  std::function<std::string()> site_;
  // By address, which says nothing of whether the node still lives: what is made at the same address later replaces it.
  std::unordered_map<const Node*, std::string> sites_;
};

}  // namespace ingot
