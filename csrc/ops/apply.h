// Where every node is made: the one place that looks at grad mode, records reads, and keeps pending graphs bounded.
#pragma once

#include <initializer_list>
#include <span>
#include <vector>

#include "ingot/graph/op.h"

namespace ingot {

/// A new array for `op(inputs)`. Records for differentiation if grad mode is on, an input requires grad, and `spec` is
/// floating or complex. Throws ValueError for an undefined input, DeviceError if inputs live on different devices.
Array apply(OpRef op, std::span<const Array> inputs, Spec spec);
Array apply(OpRef op, std::initializer_list<Array> inputs, Spec spec);
/// The same for an operation of several outputs.
std::vector<Array> apply_tuple(OpRef op, std::span<const Array> inputs, std::vector<Spec> specs);

/// The operation of `call` on other inputs of the same shapes and dtypes.
std::vector<Array> apply_again(const Call& call, std::span<const Array> inputs);

}  // namespace ingot
