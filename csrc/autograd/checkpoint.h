// Memory for time: parts of a function whose inner values are computed again in the backward pass.
#pragma once

#include <functional>
#include <vector>

#include "ingot/graph/array.h"

namespace ingot {

/// The results of `f`, which runs once. What it computes on the way is not kept for a backward pass but computed again
/// there, from what `f` was given or found elsewhere (captured arrays and parameters, whose gradients arrive as ever).
/// n layers in sqrt(n) checkpoints keep about sqrt(n) times the values of one layer. Random numbers are the same ones;
/// assignments that `f` makes (running statistics) happen once.
///
/// Works under every transform and nests. Without gradients being recorded it is `f()`. Gradients of inner arrays that
/// asked for `retain_grad` are not filled in.
///
/// After Chen et al., Training Deep Nets with Sublinear Memory Cost, 2016.
std::vector<Array> checkpoint(const std::function<std::vector<Array>()>& f);

}  // namespace ingot
