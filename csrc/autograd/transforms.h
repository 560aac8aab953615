// Function transforms: from a function of arrays to its derivative or its batched form. They nest in any order.
#pragma once

#include <functional>
#include <utility>
#include <vector>

#include "ingot/graph/array.h"

namespace ingot {

using Arrays = std::vector<Array>;
using Function = std::function<Arrays(const Arrays&)>;

/// Outputs of `f` at `primals`, and the gradients by the primals that `cotangents` (one per output, undefined: zero)
/// pull back. A primal without influence gets zeros. Throws ShapeError if cotangents do not match.
std::pair<Arrays, Arrays> vjp(const Function& f, const Arrays& primals, const Arrays& cotangents);
/// Outputs of `f` at `primals`, and their tangents for the given tangents of the primals (undefined: zero).
std::pair<Arrays, Arrays> jvp(const Function& f, const Arrays& primals, const Arrays& tangents);
/// Value and gradient of a function whose first output is a scalar, by the primals at `argnums`. Other outputs are
/// passed through.
std::pair<Arrays, Arrays> value_and_grad(const Function& f, const Arrays& primals, const std::vector<size_t>& argnums);

/// `f` applied to each slice of the arguments along `in_axes` (-1: not batched), results stacked along `out_axes`.
/// Every output gets a batch axis. Throws ShapeError if batch lengths differ, ValueError if nothing is batched.
Arrays vmap(const Function& f, const Arrays& arguments, const std::vector<int64_t>& in_axes,
            const std::vector<int64_t>& out_axes);

}  // namespace ingot
