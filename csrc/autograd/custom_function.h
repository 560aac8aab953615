// Functions whose derivatives and batching somebody gives by hand.
#pragma once

#include <functional>
#include <utility>
#include <vector>

#include "ingot/autograd/transforms.h"
#include "ingot/graph/op.h"

namespace ingot {

/// One application of a custom function, as its rules see it. Derivatives of rules (second order) flow through inputs
/// and outputs; residuals are constants.
struct CustomCall {
  Arrays inputs;
  Arrays outputs;
  Arrays residuals;  ///< what `forward` kept for the rules
};

struct CustomResult {
  Arrays outputs;
  Arrays residuals;
};

/// Rules of a custom function; any of them may be missing. A missing derivative is made of the other one, transposed; if
/// both are missing, of the function itself, which then runs again.
struct CustomRules {
  /// Gradients of the inputs (undefined: zero), given cotangents of the outputs (undefined: zero) and whose gradients
  /// are wanted. Throws if it has none to give.
  std::function<Arrays(const CustomCall&, const Arrays& cotangents, const std::vector<bool>& needed)> vjp;
  /// Changes of the outputs (undefined: zero), given those of the inputs (undefined: zero).
  std::function<Arrays(const CustomCall&, const Arrays& tangents)> jvp;
  /// Outputs for inputs that carry a batch axis at `axes[i]` (-1: none), and where theirs are. Without it, what
  /// `forward` and the rules do is batched.
  std::function<std::pair<Arrays, BatchAxes>(const Arrays& inputs, const BatchAxes& axes, int64_t batch)> vmap;
};

/// `forward(inputs)`, differentiated and batched by rules of its own. What `forward` does is not recorded. Arrays that it
/// uses without being given them are constants.
Arrays custom_function(const std::function<CustomResult(const Arrays&)>& forward, CustomRules rules,
                       const Arrays& inputs);

}  // namespace ingot
