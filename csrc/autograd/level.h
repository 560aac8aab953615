// What transforms put around a function: arguments of their own, so that nested derivatives never mix.
#pragma once

#include <initializer_list>
#include <span>
#include <vector>

#include "ingot/autograd/transforms.h"
#include "ingot/graph/grad_mode.h"

namespace ingot {

/// Places in the graph of their own for `primals`: derivatives by them are those by one caller's arguments alone. They
/// require grad where the dtype allows it.
std::vector<NodeRef> make_variables(const Arrays& primals);

/// `results`, which were recorded around `variables`, for somebody who knows nothing of these: one that requires grad
/// for no other reason is cut from its graph. The graph itself stays as it is, so that it can be walked again.
Arrays without_variables(const Arrays& results, std::span<const NodeRef> variables);

/// One level of a transform, recording while it lives. Closing it takes back the recording that only its arguments asked
/// for.
class Level {
 public:
  explicit Level(const Arrays& primals);

  const Arrays& arguments() const { return arguments_; }
  const std::vector<NodeRef>& variables() const { return variables_; }

  /// Recomputes, for everything that leads to `results`, whether it requires grad once the arguments alone no longer
  /// do.
  void close(std::initializer_list<const Arrays*> results);

 private:
  bool outer_mode_;
  GradMode mode_;
  std::vector<NodeRef> variables_;
  Arrays arguments_;
};

}  // namespace ingot
