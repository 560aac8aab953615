// The notation: what the letters of an einsum mean.
#include <algorithm>
#include <cctype>
#include <map>

#include "ingot/ops/einsum.h"

namespace ingot {

namespace {

/// One term: letters, at most one ellipsis, spaces.
std::vector<int64_t> parse_term(std::string_view term, std::string_view whole) {
  std::vector<int64_t> labels;
  for (size_t i = 0; i < term.size(); ++i) {
    const char c = term[i];
    if (c == ' ') continue;
    if (term.substr(i, 3) == "...") {
      if (std::count(labels.begin(), labels.end(), EinsumLabels::kEllipsis))
        throw ValueError("einsum: more than one ellipsis in the term '", term, "' of '", whole, "'");
      labels.push_back(EinsumLabels::kEllipsis);
      i += 2;
      continue;
    }
    if (!std::isalpha(static_cast<unsigned char>(c)))
      throw ValueError("einsum: expected letters, '...', ',' and '->' in '", whole, "', got '", c, "'");
    labels.push_back(static_cast<unsigned char>(c));
  }
  return labels;
}

/// Labels that occur once, sorted, behind the ellipsis if there is one.
std::vector<int64_t> implicit_result(const std::vector<std::vector<int64_t>>& operands) {
  std::map<int64_t, int> uses;
  for (const auto& labels : operands)
    for (const int64_t label : labels) ++uses[label];
  std::vector<int64_t> result;
  for (const auto& [label, count] : uses)
    if (label == EinsumLabels::kEllipsis || count == 1) result.push_back(label);
  return result;
}

}  // namespace

EinsumLabels parse_einsum(std::string_view subscripts) {
  EinsumLabels labels;
  const size_t arrow = subscripts.find("->");
  std::string_view terms = subscripts.substr(0, arrow);
  if (arrow != std::string_view::npos) {
    labels.result = parse_term(subscripts.substr(arrow + 2), subscripts);
  }
  while (true) {
    const size_t comma = terms.find(',');
    labels.operands.push_back(parse_term(terms.substr(0, comma), subscripts));
    if (comma == std::string_view::npos) break;
    terms.remove_prefix(comma + 1);
  }
  if (!labels.result) labels.result = implicit_result(labels.operands);
  return labels;
}

Array einsum(std::string_view subscripts, const std::vector<Array>& operands) {
  return einsum(parse_einsum(subscripts), operands);
}

}  // namespace ingot
