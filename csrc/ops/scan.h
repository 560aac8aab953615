// Scans: running sums, products and extrema along an axis. No axis means the flattened array; a bad axis throws
// IndexError.
#pragma once

#include <optional>
#include <utility>

#include "ingot/graph/array.h"

namespace ingot {

/// How a scan runs.
struct ScanOptions {
  bool reverse = false;          ///< from the end to the beginning
  bool inclusive = true;         ///< false: each element's own value is left out
  bool include_initial = false;  ///< begins with the value of nothing: one element more (if inclusive)
};

/// Running sum, in the dtype of `sum`.
Array cumsum(const Array& x, std::optional<int64_t> axis = {}, const ScanOptions& options = {},
             std::optional<DType> dtype = {});
/// Running product, in the dtype of `prod`. Gradients are exact where elements are zero.
Array cumprod(const Array& x, std::optional<int64_t> axis = {}, const ScanOptions& options = {},
              std::optional<DType> dtype = {});
/// `log(cumsum(exp(x)))`, stable for any finite input. Integers give float32. Throws TypeError for a complex dtype.
Array logcumsumexp(const Array& x, std::optional<int64_t> axis = {}, const ScanOptions& options = {});
/// Running maximum and the index (int32; int64 along long axes) of the last element that equals it. NaN is larger than
/// any number. Throws TypeError for a complex dtype.
std::pair<Array, Array> cummax(const Array& x, std::optional<int64_t> axis = {}, bool reverse = false);
std::pair<Array, Array> cummin(const Array& x, std::optional<int64_t> axis = {}, bool reverse = false);

/// `h[0] = b[0]`, `h[i] = a[i] * h[i - 1] + b[i]` along an axis (reverse: from its end). Operands broadcast and
/// promote; integers become float32.
Array linear_recurrence(const Array& a, const Array& b, int64_t axis = -1, bool reverse = false);

/// Differences of neighbours, `count` times over, after `prepend` and `append` were joined on (undefined: nothing).
/// Neighbours of a bool array are compared instead. Throws ValueError if count < 0.
Array diff(const Array& x, int64_t count = 1, int64_t axis = -1, const Array& prepend = {}, const Array& append = {});

}  // namespace ingot
