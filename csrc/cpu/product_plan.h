// How a product is computed: which operand plays which part, and into which windows the result is cut.
#pragma once

#include <cstdint>
#include <optional>

#include "ingot/cpu/pack.h"

namespace ingot::cpu {

/// A product of `rows` x `depth` and `depth` x `columns` matrices, many times over.
struct ProductShape {
  int64_t rows, columns, depth, count;
};

/// Whether the product is cheaper to compute as its transpose, for a pack's kernel of float32 or float64: the operand
/// that is read by vectors should be dense along them, or small, and its vectors full.
bool better_transposed(const ProductShape& shape, const Window& left, const Window& right, int64_t lanes);

/// Windows of a result, each of which is computed at once, and how many of them in a row make a block for a thread.
/// They depend on shapes alone, so that results do not depend on the number of threads.
struct WindowPlan {
  int64_t rows = 1, columns = 1;
  int64_t row_count = 1, column_count = 1;
  int64_t grain = 1;

  int64_t per_matrix() const { return row_count * column_count; }
};
/// `in_cache`: a window's results should fit the second-level cache. `cut_columns`: rather than rows.
WindowPlan cut_product(const ProductShape& shape, bool in_cache, bool cut_columns);
/// Windows of whole rows, which lie in one piece in whatever else is worked on with them, such as the weights that a
/// gradient updates. Nothing for products of which that would not leave enough in the cache.
std::optional<WindowPlan> cut_into_bands(const ProductShape& shape);

}  // namespace ingot::cpu
