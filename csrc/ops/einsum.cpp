#include "ingot/ops/einsum.h"

#include <algorithm>
#include <limits>
#include <map>
#include <set>

#include "ingot/ops/creation.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/manipulation.h"
#include "ingot/ops/matmul.h"
#include "ingot/ops/operands.h"
#include "ingot/ops/reduction.h"
#include "ingot/ops/strided_view_op.h"

namespace ingot {

namespace {

using Labels = std::vector<int64_t>;
using LabelSet = std::set<int64_t>;

bool contains(const Labels& labels, int64_t label) {
  return std::find(labels.begin(), labels.end(), label) != labels.end();
}

/// Labels of the axes that an ellipsis stands for: below every label of the notation, the last axis highest.
constexpr int64_t kFirstUnnamed = std::numeric_limits<int64_t>::min();

/// Labels with ellipses written out, checked against the operands, and the length of each.
struct Problem {
  std::vector<Labels> operands;
  Labels result;
  std::map<int64_t, int64_t> lengths;

  Problem(const EinsumLabels& given, const std::vector<Array>& arrays) {
    if (arrays.empty()) throw ValueError("einsum: expected at least one operand");
    if (given.operands.size() != arrays.size())
      throw ValueError("einsum: the subscripts name ", given.operands.size(), " operands, but ", arrays.size(),
                       " were given");
    size_t unnamed = 0;
    for (size_t i = 0; i < arrays.size(); ++i) {
      if (!arrays[i].defined()) throw ValueError("einsum: operand ", i, " is an undefined array");
      unnamed = std::max(unnamed, unnamed_axes(given.operands[i], arrays[i], i));
    }
    for (size_t i = 0; i < arrays.size(); ++i) {
      const auto named = static_cast<size_t>(std::count_if(given.operands[i].begin(), given.operands[i].end(),
                                                           [](int64_t l) { return l != EinsumLabels::kEllipsis; }));
      operands.push_back(written_out(given.operands[i], arrays[i].shape().size() - named, unnamed));
      note_lengths(operands.back(), arrays[i]);
    }
    result = given.result ? written_out(*given.result, unnamed, unnamed) : implicit();
    if (given.result && unnamed > 0 && !contains(*given.result, EinsumLabels::kEllipsis))
      throw ValueError("einsum: the result must have an ellipsis too, for the operands' ", unnamed, " unnamed axes");
    for (size_t i = 0; i < result.size(); ++i) {
      if (!lengths.count(result[i]))
        throw ValueError("einsum: a label of the result, ", name(result[i]), ", is on no operand");
      if (std::count(result.begin(), result.end(), result[i]) > 1)
        throw ValueError("einsum: the result has the label ", name(result[i]), " twice");
    }
  }

  static std::string name(int64_t label) {
    if (label > 32 && label < 127) return concat("'", static_cast<char>(label), "'");
    return concat(label);
  }

 private:
  static size_t unnamed_axes(const Labels& labels, const Array& array, size_t i) {
    const auto ellipses = std::count(labels.begin(), labels.end(), EinsumLabels::kEllipsis);
    if (ellipses > 1) throw ValueError("einsum: more than one ellipsis for operand ", i);
    const size_t named = labels.size() - static_cast<size_t>(ellipses), ndim = array.shape().size();
    if (ellipses ? named > ndim : named != ndim)
      throw ShapeError("einsum: ", named, " labels were given for operand ", i, " of shape ", array.shape());
    return ndim - named;
  }

  static Labels written_out(const Labels& labels, size_t own, size_t most) {
    Labels out;
    for (const int64_t label : labels) {
      if (label != EinsumLabels::kEllipsis) {
        out.push_back(label);
        continue;
      }
      for (size_t i = most - own; i < most; ++i) out.push_back(kFirstUnnamed + static_cast<int64_t>(i));
    }
    return out;
  }

  void note_lengths(const Labels& labels, const Array& array) {
    for (size_t axis = 0; axis < labels.size(); ++axis) {
      const int64_t length = array.shape()[axis];
      const auto [known, fresh] = lengths.try_emplace(labels[axis], length);
      if (fresh || known->second == length) continue;
      if (known->second != 1 && length != 1)
        throw ShapeError("einsum: label ", name(labels[axis]), " has length ", length, " along axis ", axis,
                         " of shape ", array.shape(), " and length ", known->second, " elsewhere");
      if (known->second == 1) known->second = length;
    }
  }

  Labels implicit() const {
    std::map<int64_t, int> uses;
    for (const Labels& labels : operands)
      for (const int64_t label : labels) ++uses[label];
    Labels out;
    for (const auto& [label, count] : uses)
      if (label < 0 || count == 1) out.push_back(label);
    return out;
  }
};

/// An operand on its way: an array whose axes have different labels.
struct Term {
  Array array;
  Labels labels;

  /// Drops axes of length 1 that stretch, and takes the diagonal of labels that occur twice.
  Term(const Array& x, const Labels& given, const Problem& problem) : array(x) {
    Labels axes;
    Axes stretching;
    for (size_t i = 0; i < given.size(); ++i) {
      if (x.shape()[i] == 1 && problem.lengths.at(given[i]) != 1)
        stretching.push_back(static_cast<int64_t>(i));
      else
        axes.push_back(given[i]);
    }
    if (!stretching.empty()) array = squeeze(array, stretching);
    for (const int64_t label : axes)
      if (!contains(labels, label)) labels.push_back(label);
    if (labels.size() == axes.size()) return;
    Shape shape;
    std::vector<Axes> steps;
    for (const int64_t label : labels) {
      shape.push_back(problem.lengths.at(label));
      steps.push_back(Axes(axes.size(), 0));
      for (size_t i = 0; i < axes.size(); ++i) steps.back()[i] = axes[i] == label;
    }
    array = strided_view(array, shape, Axes(axes.size(), 0), steps, "einsum");
  }
  Term(Array x, Labels of_axes) : array(std::move(x)), labels(std::move(of_axes)) {}

  /// Sums over labels that are not in `kept`, in the array's own dtype.
  void sum_all_but(const LabelSet& kept) {
    Axes summed;
    Labels left;
    for (size_t i = 0; i < labels.size(); ++i) {
      if (kept.count(labels[i]))
        left.push_back(labels[i]);
      else
        summed.push_back(static_cast<int64_t>(i));
    }
    if (summed.empty()) return;
    const DType dtype = array.dtype();
    array = is_bool(dtype) ? any(array, summed) : sum(array, summed, false, dtype);
    labels = left;
  }

  /// With axes in the order of `order`, of which those that are missing have length 1.
  Array aligned(const Labels& order) const {
    Axes axes;
    Shape shape;
    for (const int64_t label : order) {
      const auto at = std::find(labels.begin(), labels.end(), label) - labels.begin();
      const bool has = at < static_cast<std::ptrdiff_t>(labels.size());
      if (has) axes.push_back(at);
      shape.push_back(has ? array.shape(at) : 1);
    }
    return reshape(transpose(array, axes), shape);
  }
};

/// Labels that are needed after the terms at positions in `used` were multiplied.
LabelSet needed_later(const std::vector<Labels>& terms, const std::vector<size_t>& used, const Labels& result) {
  LabelSet needed(result.begin(), result.end());
  for (size_t i = 0; i < terms.size(); ++i)
    if (std::find(used.begin(), used.end(), i) == used.end()) needed.insert(terms[i].begin(), terms[i].end());
  return needed;
}

/// Groups of labels of a product of two terms.
struct Groups {
  Labels batch, left, right, summed;

  Groups(const Term& a, const Term& b, const LabelSet& kept) {
    for (const int64_t label : a.labels) {
      if (!contains(b.labels, label))
        left.push_back(label);
      else
        (kept.count(label) ? batch : summed).push_back(label);
    }
    for (const int64_t label : b.labels)
      if (!contains(a.labels, label)) right.push_back(label);
  }
};

Labels joined(std::initializer_list<Labels> parts) {
  Labels out;
  for (const Labels& part : parts) out.insert(out.end(), part.begin(), part.end());
  return out;
}

Shape lengths_of(const Labels& labels, const Problem& problem) {
  Shape out;
  for (const int64_t label : labels) out.push_back(problem.lengths.at(label));
  return out;
}

/// The product of two terms, summed over labels that nobody needs any more.
Term multiplied(Term a, Term b, const LabelSet& kept, const Problem& problem) {
  // What only one of them has and nobody needs is summed beforehand.
  LabelSet kept_a(kept), kept_b(kept);
  kept_a.insert(b.labels.begin(), b.labels.end());
  kept_b.insert(a.labels.begin(), a.labels.end());
  a.sum_all_but(kept_a);
  b.sum_all_but(kept_b);
  const Groups groups(a, b, kept);
  if (groups.summed.empty() || (groups.left.empty() && groups.right.empty())) {
    const Labels order = joined({groups.batch, groups.left, groups.right, groups.summed});
    Term product(multiply(a.aligned(order), b.aligned(order)), order);
    product.sum_all_but(kept);
    return product;
  }
  const int64_t batch = element_count(lengths_of(groups.batch, problem));
  const int64_t rows = element_count(lengths_of(groups.left, problem));
  const int64_t columns = element_count(lengths_of(groups.right, problem));
  const int64_t depth = element_count(lengths_of(groups.summed, problem));
  const auto matrices = [&](const Term& term, const Labels& order, int64_t height, int64_t width) {
    return reshape(term.aligned(order), groups.batch.empty() ? Shape{height, width} : Shape{batch, height, width});
  };
  const Array product = matmul(matrices(a, joined({groups.batch, groups.left, groups.summed}), rows, depth),
                               matrices(b, joined({groups.batch, groups.summed, groups.right}), depth, columns));
  const Labels order = joined({groups.batch, groups.left, groups.right});
  return {reshape(product, lengths_of(order, problem)), order};
}

/// Multiplications of a product over all these labels.
double cost(const LabelSet& labels, const Problem& problem) {
  double product = 1;
  for (const int64_t label : labels) product *= static_cast<double>(problem.lengths.at(label));
  return product;
}

LabelSet together(const Labels& a, const Labels& b) {
  LabelSet all(a.begin(), a.end());
  all.insert(b.begin(), b.end());
  return all;
}

/// What is left of a product of terms `i` and `j`, which go, while it comes to the end.
void replace(std::vector<Labels>& terms, size_t i, size_t j, const Labels& result) {
  const LabelSet kept = needed_later(terms, {i, j}, result);
  Labels product;
  for (const int64_t label : together(terms[i], terms[j]))
    if (kept.count(label)) product.push_back(label);
  terms.erase(terms.begin() + static_cast<std::ptrdiff_t>(std::max(i, j)));
  terms.erase(terms.begin() + static_cast<std::ptrdiff_t>(std::min(i, j)));
  terms.push_back(product);
}

/// Tries every order; there are few.
class OptimalPath {
 public:
  OptimalPath(const Problem& problem, EinsumPath& best) : problem_(problem), best_(best) {
    best_.operations = std::numeric_limits<double>::infinity();
    EinsumPath none;
    extend(problem.operands, none);
  }

 private:
  /// As deep as there are operands, six at most.
  void extend(const std::vector<Labels>& terms, const EinsumPath& path) {
    if (path.operations >= best_.operations) return;
    if (terms.size() == 1) {
      best_ = path;
      return;
    }
    for (size_t i = 0; i < terms.size(); ++i)
      for (size_t j = i + 1; j < terms.size(); ++j) {
        EinsumPath longer = path;
        longer.steps.push_back({i, j});
        longer.operations += cost(together(terms[i], terms[j]), problem_);
        std::vector<Labels> left = terms;
        replace(left, i, j, problem_.result);
        extend(left, longer);
      }
  }

  const Problem& problem_;
  EinsumPath& best_;
};

EinsumPath greedy_path(const Problem& problem) {
  EinsumPath path;
  std::vector<Labels> terms = problem.operands;
  while (terms.size() > 1) {
    size_t best_i = 0, best_j = 1;
    double least = std::numeric_limits<double>::infinity();
    for (size_t i = 0; i < terms.size(); ++i)
      for (size_t j = i + 1; j < terms.size(); ++j) {
        const double here = cost(together(terms[i], terms[j]), problem);
        if (here < least) {
          least = here;
          best_i = i;
          best_j = j;
        }
      }
    path.steps.push_back({best_i, best_j});
    path.operations += cost(together(terms[best_i], terms[best_j]), problem);
    replace(terms, best_i, best_j, problem.result);
  }
  return path;
}

EinsumPath path_of(const Problem& problem) {
  constexpr size_t kFew = 6;
  EinsumPath path;
  if (problem.operands.size() > kFew)
    path = greedy_path(problem);
  else
    OptimalPath(problem, path);
  LabelSet all;
  for (const Labels& labels : problem.operands) all.insert(labels.begin(), labels.end());
  path.operations_at_once = cost(all, problem) * std::max<double>(1, static_cast<double>(problem.operands.size()) - 1);
  return path;
}

}  // namespace

Array einsum(const EinsumLabels& labels, const std::vector<Array>& operands) {
  const Problem problem(labels, operands);
  DType dtype = operands[0].dtype();
  for (const Array& operand : operands) dtype = promote(dtype, operand.dtype());
  std::vector<Term> terms;
  for (size_t i = 0; i < operands.size(); ++i)
    terms.emplace_back(operands[i].dtype() == dtype ? operands[i] : astype(operands[i], dtype), problem.operands[i],
                       problem);
  const LabelSet result(problem.result.begin(), problem.result.end());
  for (const std::vector<size_t>& step : path_of(problem).steps) {
    std::vector<Labels> present;
    for (const Term& term : terms) present.push_back(term.labels);
    Term product = multiplied(terms[step[0]], terms[step[1]], needed_later(present, step, problem.result), problem);
    terms.erase(terms.begin() + static_cast<std::ptrdiff_t>(step[1]));
    terms.erase(terms.begin() + static_cast<std::ptrdiff_t>(step[0]));
    terms.push_back(std::move(product));
  }
  terms[0].sum_all_but(result);
  return broadcast_to(terms[0].aligned(problem.result), lengths_of(problem.result, problem));
}

EinsumPath einsum_path(const EinsumLabels& labels, const std::vector<Array>& operands) {
  return path_of(Problem(labels, operands));
}

}  // namespace ingot
