// Where PyTorch differs from NumPy in what no name tells apart.
#pragma once

namespace ingot {

/// True once a program has asked for PyTorch's conventions; by default NumPy's and MLX's hold. In PyTorch,
///   - Python's integers make int64 arrays, and indices are int64; else both are int32 where that is enough;
///   - an integer beside index arrays selects before they do, so `x[0, :, rows]` has the axis of `rows` last; else it
///     is an index array too, and that axis comes first. Nor does an ellipsis that stands for no axis part index arrays;
///   - what is done in place to `x[i]` is done to that part of x, and the reverse (in Python, where i holds no index
///     arrays), and so with other views (ingot/torch/methods.py names them); else they are values of their own;
///   - `x.transpose(0, 1)` swaps the axes of a matrix too (in Python); else it leaves them in the order given;
///   - a matrix that `cholesky`, `inv` or `solve` cannot take is an error of the call (in Python); else of whoever looks
///     at the result.
bool pytorch_conventions() noexcept;
/// Holds for the process; meant to be set before anything else is done.
void set_pytorch_conventions(bool on) noexcept;

}  // namespace ingot
