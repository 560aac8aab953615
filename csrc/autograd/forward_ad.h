// Forward mode for code that is no function: dual arrays, which carry a tangent along.
#pragma once

#include <utility>

#include "ingot/autograd/transforms.h"

namespace ingot {

/// While a level is open, operations on its dual arrays and on what was made of them carry tangents. A tangent is
/// computed when it is asked for, from what was recorded: so recording is on from the level's construction to its end,
/// and nothing is carried through a `no_grad` within.
///
/// Levels nest, the inner one ending first and each on the thread it began on. Tangents of different levels never mix.
class DualLevel {
 public:
  DualLevel();
  DualLevel(const DualLevel&) = delete;
  DualLevel& operator=(const DualLevel&) = delete;
  ~DualLevel() { close(); }

  /// `primal` with a tangent. Throws ShapeError if shapes differ, TypeError for a dtype without derivatives, GradError
  /// once the level is closed.
  Array make_dual(const Array& primal, const Array& tangent);
  /// The primal and the tangent of `dual`, which is undefined if no dual array of this level has influence. Throws
  /// GradError if a backward has released the graph in between, or once the level is closed.
  std::pair<Array, Array> unpack(const Array& dual) const;
  /// Ends the level: its dual arrays are arrays like any other from then on.
  void close();
  bool closed() const noexcept { return closed_; }

 private:
  void require_open(const char* who) const;

  std::vector<NodeRef> variables_;
  Arrays tangents_;
  bool outer_mode_;
  bool closed_ = false;
};

}  // namespace ingot
