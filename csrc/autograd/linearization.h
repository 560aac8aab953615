// A function at a point, recorded once and differentiated there as often as one likes.
#pragma once

#include "ingot/autograd/transforms.h"

namespace ingot {

/// `f` at `primals`: `f` runs once, in the constructor; what it recorded is kept for the derivatives.
///
/// Both directions are array functions like any other: they can be batched with `vmap`, differentiated and recorded.
class Linearization {
 public:
  Linearization(const Function& f, const Arrays& primals);

  const Arrays& primals() const noexcept { return primals_; }
  /// What `f` returned.
  const Arrays& outputs() const noexcept { return outputs_; }
  /// Gradients by the primals that `cotangents` (one per output; undefined: zero) pull back; zeros where there is no
  /// influence, and for primals whose dtype carries no gradient. Throws ShapeError if a cotangent does not match.
  Arrays pull_back(const Arrays& cotangents) const;
  /// How the outputs change as the primals move along `tangents` (one per primal; undefined: zero). Throws ShapeError if
  /// a tangent does not match.
  Arrays push_forward(const Arrays& tangents) const;

 private:
  Arrays primals_;
  std::vector<NodeRef> variables_;
  Arrays recorded_;  // the outputs inside, which lead back to the variables
  Arrays outputs_;
};

/// The transpose of a function that is linear in its arguments: what `cotangents` (one per output) pull back to
/// arguments like `examples`, whose values do not matter. Throws ShapeError if a cotangent does not match.
Arrays linear_transpose(const Function& f, const Arrays& examples, const Arrays& cotangents);

}  // namespace ingot
