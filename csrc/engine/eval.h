// Asking for values.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "ingot/graph/array.h"

namespace ingot {

/// Computes the values of `arrays` and of every array below them that somebody still holds. What is evaluated already
/// costs nothing. Arrays that a `jit` is recording are passed over. Throws what the kernels throw, Interrupted, or
/// TraceError for an array that depends on a placeholder; then no value has changed.
void eval(std::span<const Array> arrays);
void eval(const Array& array);

/// The value; evaluates. Throws TraceError inside `jit` or `vmap`.
const Value& value(const Array& array);
/// The elements where they are, with the strides they have; evaluates. They stay there as long as `keep_alive` holds
/// them. Throws TraceError inside `jit` or `vmap`.
Tensor read(const Array& array, Value& keep_alive);

/// The only element, converted. Throws ValueError unless there is exactly one.
template <class T>
T item(const Array& array);

/// All elements in row-major order, converted.
template <class T>
std::vector<T> to_vector(const Array& array);

/// Has `array` evaluated together with whatever is evaluated next on this thread, if somebody still holds it by then.
/// `backward` says so of a loss: its value comes for free with the gradients, and asking later would keep old
/// parameters alive.
void eval_with_next(const Array& array);

/// The schedule of what `eval(arrays)` would run, one step per line.
std::string describe_plan(std::span<const Array> arrays);

/// Pending operations in a row after which a graph is evaluated by itself; returns the old bound. 0 turns it off.
uint32_t set_pending_limit(uint32_t operations);
/// Evaluates `node` if more is pending behind it than the limit. Called wherever nodes are made.
void eval_if_deep(const NodeRef& node);

}  // namespace ingot
