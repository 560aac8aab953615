#include "ingot/cpu/product_plan.h"
#include "ingot/cpu/ceil_divide.h"

#include <algorithm>

namespace ingot::cpu {
namespace {

/// Multiplications that are worth a block of their own: 15 us of one core.
constexpr int64_t kBlockWork = 2 * 1024 * 1024;
/// Blocks that a large product should have, so that threads finish together.
constexpr int64_t kBlocks = 8;
/// Sides of a window: smaller ones would spend too much on packing, larger ones would not stay in the cache.
constexpr int64_t kWindowRows = 512, kWindowColumns = 512, kSmallSide = 128, kSmallRows = 28;
/// Windows have whole panels of columns (PanelFns), whatever the instruction set.
constexpr int64_t kStep = 32;
/// Elements of a window that are worked on after the product. With little depth they come soon, and more of them would
/// leave the second-level cache before they are.
constexpr int64_t kWindowInCache = 128 * 1024, kShallowWindowInCache = 32 * 1024, kShallowDepth = 1024;
/// Bands of rows: all of the right operand is read for each of them, from the third-level cache.
constexpr int64_t kBandRows = 42, kBandOperand = 2 * 1024 * 1024, kBandDepth = 512;
/// Rows up to which products with columns that are dense along the depth need no packing (packs/gemm_real.h).
constexpr int64_t kFewRows = 8;

/// What a product costs in cycles, roughly: measured per element on a core that does two vector multiplications a cycle.
double cost(double rows, double columns, double depth, const Window& right, double lanes, bool transposed) {
  constexpr double kTransposing = 0.25, kGathering = 1.5, kStoring = 0.5;
  if (rows <= kFewRows && right.row_stride == 1) return rows * columns * (depth / lanes / 2 + 2);
  const double vectors = static_cast<double>(ceil_divide(static_cast<int64_t>(columns), static_cast<int64_t>(lanes)));
  double total = std::max(rows, 2.0) * vectors * depth / 2;
  if (right.column_stride != 1) total += columns * depth * (right.row_stride == 1 ? kTransposing : kGathering);
  if (transposed && rows > 1) total += rows * columns * kStoring;
  return total;
}

int64_t side(int64_t length, int64_t parts) { return std::max<int64_t>(1, ceil_divide(length, parts)); }

int64_t grain_of(const WindowPlan& plan, int64_t depth) {
  return std::max<int64_t>(1, kBlockWork / (plan.rows * plan.columns) / depth);
}

}  // namespace

bool better_transposed(const ProductShape& shape, const Window& left, const Window& right, int64_t lanes) {
  const auto rows = static_cast<double>(shape.rows), columns = static_cast<double>(shape.columns);
  const auto depth = static_cast<double>(shape.depth), width = static_cast<double>(lanes);
  return cost(columns, rows, depth, {left.column_stride, left.row_stride}, width, true) <
         cost(rows, columns, depth, right, width, false);
}

WindowPlan cut_product(const ProductShape& shape, bool in_cache, bool cut_columns) {
  const int64_t depth = std::max<int64_t>(1, shape.depth);
  WindowPlan plan;
  plan.row_count = std::max<int64_t>(1, ceil_divide(shape.rows, kWindowRows));
  plan.column_count = std::max<int64_t>(1, ceil_divide(shape.columns, kWindowColumns));
  const auto rows = [&] { return side(shape.rows, plan.row_count); };
  const auto columns = [&] { return side(shape.columns, plan.column_count); };
  if (in_cache) {
    const bool shallow = depth <= kShallowDepth;
    const int64_t most = shallow ? kShallowWindowInCache : kWindowInCache, least = shallow ? kSmallRows : kSmallSide;
    while (rows() * columns() > most && rows() > least) plan.row_count *= 2;
  }
  while (plan.per_matrix() * shape.count < kBlocks && rows() * columns() >= 2 * kBlockWork / depth) {
    const bool wide = columns() >= 2 * kSmallSide && (cut_columns || columns() >= rows());
    if (wide || (rows() < 2 * kSmallRows && columns() >= 2 * kStep))
      plan.column_count *= 2;
    else if (rows() >= 2 * kSmallRows)
      plan.row_count *= 2;
    else
      break;
  }
  plan.rows = rows();
  plan.columns = std::min(std::max<int64_t>(1, shape.columns), ceil_divide(columns(), kStep) * kStep);
  plan.row_count = std::max<int64_t>(1, ceil_divide(shape.rows, plan.rows));
  plan.column_count = std::max<int64_t>(1, ceil_divide(shape.columns, plan.columns));
  plan.grain = grain_of(plan, depth);
  return plan;
}

std::optional<WindowPlan> cut_into_bands(const ProductShape& shape) {
  const int64_t depth = std::max<int64_t>(1, shape.depth), columns = std::max<int64_t>(1, shape.columns);
  if (depth > kBandDepth || columns > kWindowInCache / kSmallRows || columns * depth > kBandOperand) return {};
  WindowPlan plan;
  plan.columns = columns;
  plan.row_count = std::max<int64_t>(1, ceil_divide(shape.rows, std::max(kBandRows, kShallowWindowInCache / columns)));
  while (plan.row_count * shape.count < kBlocks && side(shape.rows, plan.row_count) * columns >= 2 * kBlockWork / depth)
    plan.row_count *= 2;
  plan.rows = side(shape.rows, plan.row_count);
  plan.row_count = std::max<int64_t>(1, ceil_divide(shape.rows, plan.rows));
  plan.grain = grain_of(plan, depth);
  return plan;
}

}  // namespace ingot::cpu
