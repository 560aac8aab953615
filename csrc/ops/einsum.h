// Sums of products of any number of arrays, in Einstein's notation.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ingot/graph/array.h"

namespace ingot {

/// What each axis of the operands and of the result is called. Equal labels are one index; `kEllipsis` stands for all
/// axes that are not named. Without `result`: all labels that occur once, in order, behind the ellipsis.
struct EinsumLabels {
  static constexpr int64_t kEllipsis = -1;
  std::vector<std::vector<int64_t>> operands;
  std::optional<std::vector<int64_t>> result;
};

/// Parses `"bij,bjk->bik"`: a letter for each axis, `...`, spaces anywhere; as NumPy's, an implicit result is in
/// alphabetical order. Throws ValueError, quoting what is wrong.
EinsumLabels parse_einsum(std::string_view subscripts);

/// `result[...] = sum over all labels that are not in the result: product of the operands`. A label that an operand has
/// twice means its diagonal. An axis of length 1 stretches. Operands are multiplied two by two, in the order that
/// `einsum_path` finds, by matrix products where labels are summed. Throws ValueError for labels that do not make
/// sense, ShapeError for axes and lengths that do not fit.
Array einsum(const EinsumLabels& labels, const std::vector<Array>& operands);
Array einsum(std::string_view subscripts, const std::vector<Array>& operands);

/// Which two operands are multiplied at each step, as positions in the list of those that are left; the product goes to
/// its end. `operations` counts multiplications.
struct EinsumPath {
  std::vector<std::vector<size_t>> steps;
  double operations = 0;
  double operations_at_once = 0;  ///< if all operands were multiplied at once
};
/// The cheapest order for up to six operands, a greedy one for more.
EinsumPath einsum_path(const EinsumLabels& labels, const std::vector<Array>& operands);

}  // namespace ingot
