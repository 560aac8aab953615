// Cholesky, LU and triangular systems of real matrices that are large enough for the pack's products to matter: cut in
// halves until little is left to do that is not a product (Toledo, "Locality of reference in LU decomposition with
// partial pivoting", 1997). Those so small that they would not be cut go the same way, for it asks for no memory. All
// others run the default kernels.
#include <algorithm>
#include <atomic>
#include <cmath>
#include <vector>

#include "ingot/cpu/arena.h"
#include "ingot/cpu/kernels.h"
#include "ingot/cpu/threads.h"
#include "ingot/ops/linalg_op.h"
#include "ingot/ops/strided_loop.h"

namespace ingot::cpu {
namespace {

/// Where cutting ends, and the order from which on it pays.
constexpr int64_t kSmallest = 8, kLeastOrder = 64, kLeastColumns = 4;
/// Rows and columns of a product that one task takes.
constexpr int64_t kTaskRows = 128, kTaskColumns = 256;

template <class T>
struct Part {
  T* data;
  int64_t rows, columns;
  Window step;

  T& operator()(int64_t i, int64_t j) const { return data[i * step.row_stride + j * step.column_stride]; }
  Part part(int64_t row, int64_t row_end, int64_t column, int64_t column_end) const {
    return {&(*this)(row, column), row_end - row, column_end - column, step};
  }
  Part transposed() const { return {data, columns, rows, {step.column_stride, step.row_stride}}; }
  operator Part<const T>() const { return {data, rows, columns, step}; }
};

int64_t half_of(int64_t n) { return (n / 2 + kSmallest - 1) / kSmallest * kSmallest; }

/// The algorithms, in place. What they write is row-major.
template <class T>
class Blocks {
 public:
  using In = Part<const T>;
  using Out = Part<T>;
  explicit Blocks(const Pack& pack) : gemm_(pack.gemm[static_cast<int>(dtype_of<T>)]) {}

  /// c -= a b. The smaller operand is negated on the way.
  void subtract(Out c, In a, In b) const {
    if (c.rows == 0 || c.columns == 0 || a.columns == 0) return;
    const bool negates_a = c.rows <= c.columns;
    const In& source = negates_a ? a : b;
    std::vector<T> negative(static_cast<size_t>(source.rows * source.columns));
    for (int64_t i = 0; i < source.rows; ++i)
      for (int64_t j = 0; j < source.columns; ++j)
        negative[static_cast<size_t>(i * source.columns + j)] = -source(i, j);
    (negates_a ? a : b) = In{negative.data(), source.rows, source.columns, {source.columns, 1}};
    const int64_t row_tasks = c.rows >= c.columns ? (c.rows + kTaskRows - 1) / kTaskRows : 1;
    const int64_t column_tasks = c.rows >= c.columns ? 1 : (c.columns + kTaskColumns - 1) / kTaskColumns;
    parallel_for(row_tasks * column_tasks, [&](int64_t task) {
      const int64_t row = row_tasks > 1 ? task * kTaskRows : 0, column = column_tasks > 1 ? task * kTaskColumns : 0;
      const int64_t row_end = row_tasks > 1 ? std::min(row + kTaskRows, c.rows) : c.rows;
      const int64_t column_end = column_tasks > 1 ? std::min(column + kTaskColumns, c.columns) : c.columns;
      Gemm gemm{&c(row, column), &a(row, 0),        &b(0, column), row_end - row, column_end - column,
                a.columns,       c.step.row_stride, a.step,        b.step,        true};
      gemm.workspace = scratch(Scratch::packed, kGemmWorkspace);
      gemm_(gemm);
    });
  }

  /// x = t^-1 x.
  void solve_lower(In t, Out x, bool unit) const {
    const int64_t n = t.rows;
    if (n > kSmallest) {
      const int64_t h = half_of(n);
      const Out upper = x.part(0, h, 0, x.columns), lower = x.part(h, n, 0, x.columns);
      solve_lower(t.part(0, h, 0, h), upper, unit);
      subtract(lower, t.part(h, n, 0, h), upper);
      solve_lower(t.part(h, n, h, n), lower, unit);
      return;
    }
    for (int64_t i = 0; i < n; ++i) {
      for (int64_t k = 0; k < i; ++k) subtract_row(x, i, t(i, k), k);
      if (!unit) divide_row(x, i, t(i, i));
    }
  }
  void solve_upper(In t, Out x, bool unit) const {
    const int64_t n = t.rows;
    if (n > kSmallest) {
      const int64_t h = half_of(n);
      const Out upper = x.part(0, h, 0, x.columns), lower = x.part(h, n, 0, x.columns);
      solve_upper(t.part(h, n, h, n), lower, unit);
      subtract(upper, t.part(0, h, h, n), lower);
      solve_upper(t.part(0, h, 0, h), upper, unit);
      return;
    }
    for (int64_t i = n; i-- > 0;) {
      for (int64_t k = i + 1; k < n; ++k) subtract_row(x, i, t(i, k), k);
      if (!unit) divide_row(x, i, t(i, i));
    }
  }

  /// The lower triangle of `a` becomes its Cholesky factor. False if `a` is not positive definite.
  bool factor_cholesky(Out a) const {
    const int64_t n = a.rows;
    if (n > kSmallest) {
      const int64_t h = half_of(n);
      const Out first = a.part(0, h, 0, h), below = a.part(h, n, 0, h), rest = a.part(h, n, h, n);
      if (!factor_cholesky(first)) return false;
      solve_from_right(first, below);
      subtract_lower(rest, below);
      return factor_cholesky(rest);
    }
    for (int64_t j = 0; j < n; ++j) {
      for (int64_t i = j; i < n; ++i) {
        T value = a(i, j);
        for (int64_t k = 0; k < j; ++k) value -= a(i, k) * a(j, k);
        // Compared so that NaN fails.
        if (i == j && !(value > 0)) return false;
        a(i, j) = i == j ? std::sqrt(value) : value / a(j, j);
      }
    }
    return true;
  }

  /// `a` becomes L and U; row i was exchanged with row `pivots[i]`.
  void factor_lu(Out a, int32_t* pivots) const {
    const int64_t m = a.rows, k = std::min(m, a.columns);
    if (a.columns > m) {
      const Out square = a.part(0, m, 0, m), beyond = a.part(0, m, m, a.columns);
      factor_lu(square, pivots);
      exchange(beyond, pivots, k);
      solve_lower(square, beyond, true);
    } else if (k > kSmallest) {
      const int64_t h = half_of(k);
      const Out left = a.part(0, m, 0, h), right = a.part(0, m, h, k);
      const Out top = right.part(0, h, 0, k - h), rest = right.part(h, m, 0, k - h), below = a.part(h, m, 0, h);
      factor_lu(left, pivots);
      exchange(right, pivots, h);
      solve_lower(left.part(0, h, 0, h), top, true);
      subtract(rest, below, top);
      factor_lu(rest, pivots + h);
      exchange(below, pivots + h, k - h);
      for (int64_t i = h; i < k; ++i) pivots[i] += static_cast<int32_t>(h);
    } else {
      factor_panel(a, pivots);
    }
  }

  void exchange(Out x, const int32_t* pivots, int64_t count) const {
    for (int64_t i = 0; i < count; ++i) exchange_rows(x, i, pivots[i]);
  }
  void exchange_back(Out x, const int32_t* pivots, int64_t count) const {
    for (int64_t i = count; i-- > 0;) exchange_rows(x, i, pivots[i]);
  }

 private:
  static void exchange_rows(Out x, int64_t i, int64_t k) {
    if (i != k) std::swap_ranges(&x(i, 0), &x(i, 0) + x.columns, &x(k, 0));
  }
  static void subtract_row(Out x, int64_t to, T factor, int64_t from) {
    T* target = &x(to, 0);
    const T* source = &x(from, 0);
    for (int64_t j = 0; j < x.columns; ++j) target[j] -= factor * source[j];
  }
  static void divide_row(Out x, int64_t row, T divisor) {
    T* target = &x(row, 0);
    for (int64_t j = 0; j < x.columns; ++j) target[j] /= divisor;
  }

  /// x = x l^-T.
  void solve_from_right(In l, Out x) const {
    const int64_t n = l.rows;
    if (n > kSmallest) {
      const int64_t h = half_of(n);
      const Out left = x.part(0, x.rows, 0, h), right = x.part(0, x.rows, h, n);
      solve_from_right(l.part(0, h, 0, h), left);
      subtract(right, left, l.part(h, n, 0, h).transposed());
      solve_from_right(l.part(h, n, h, n), right);
      return;
    }
    for (int64_t row = 0; row < x.rows; ++row) {
      T* line = &x(row, 0);
      for (int64_t j = 0; j < n; ++j) {
        const T value = line[j] / l(j, j);
        line[j] = value;
        for (int64_t k = j + 1; k < n; ++k) line[k] -= value * l(k, j);
      }
    }
  }

  /// The lower triangle of c -= a a^T, and what of the upper one is in the way.
  void subtract_lower(Out c, In a) const {
    const int64_t n = c.rows;
    if (n <= 8 * kSmallest) return subtract(c, a, a.transposed());
    const int64_t h = half_of(n);
    const In upper = a.part(0, h, 0, a.columns), lower = a.part(h, n, 0, a.columns);
    subtract_lower(c.part(0, h, 0, h), upper);
    subtract(c.part(h, n, 0, h), lower, upper.transposed());
    subtract_lower(c.part(h, n, h, n), lower);
  }

  static void factor_panel(Out a, int32_t* pivots) {
    for (int64_t j = 0; j < std::min(a.rows, a.columns); ++j) {
      int64_t largest = j;
      for (int64_t i = j + 1; i < a.rows; ++i)
        if (std::abs(a(i, j)) > std::abs(a(largest, j))) largest = i;
      pivots[j] = static_cast<int32_t>(largest);
      exchange_rows(a, j, largest);
      const T* source = &a(j, 0);
      if (source[j] == 0) continue;
      for (int64_t i = j + 1; i < a.rows; ++i) {
        T* line = &a(i, 0);
        const T factor = line[j] / source[j];
        line[j] = factor;
        for (int64_t k = j + 1; k < a.columns; ++k) line[k] -= factor * source[k];
      }
    }
  }

  GemmFn gemm_;
};

/// The matrix of a tensor that an entry of the batch is.
template <class T>
Part<T> matrix_of(const Tensor& tensor, int64_t entry) {
  const size_t rows = tensor.shape.size() - 2, columns = rows + 1;
  int64_t offset = 0;
  for (size_t axis = rows; axis-- > 0;) {
    offset += entry % tensor.shape[axis] * tensor.strides[axis];
    entry /= tensor.shape[axis];
  }
  return {tensor.as<T>() + offset,
          tensor.shape[rows],
          tensor.shape[columns],
          {tensor.strides[rows], tensor.strides[columns]}};
}

template <class T>
void copy(Part<const T> from, Part<T> to) {
  if (std::max(from.rows, from.columns) <= kSmallest) {
    for (int64_t i = 0; i < from.rows; ++i)
      for (int64_t j = 0; j < from.columns; ++j) to(i, j) = from(i, j);
    return;
  }
  copy_elements<std::conditional_t<sizeof(T) == 4, uint32_t, uint64_t>>(
      {from.rows, from.columns}, from.data, {from.step.row_stride, from.step.column_stride}, to.data,
      {to.step.row_stride, to.step.column_stride});
}

template <class T>
bool has_zero_on_diagonal(Part<const T> x) {
  for (int64_t i = 0; i < std::min(x.rows, x.columns); ++i)
    if (x(i, i) == 0) return true;
  return false;
}

/// What the kernels below have in common: entries of a batch side by side, and the default kernel for those that have no
/// result, which finds that too, and says so.
class MatrixKernel : public Kernel {
 public:
  MatrixKernel(const KernelStep& step, const Pack& pack)
      : pack_(pack), step_(step), op_(dynamic_cast<const linalg::MatrixOp&>(*step.op)) {}

  void run(std::span<void* const> operands) const final {
    std::vector<Tensor> inputs = step_.inputs, outputs = step_.outputs;
    for (size_t i = 0; i < inputs.size(); ++i) inputs[i].data = operands[i];
    for (size_t i = 0; i < outputs.size(); ++i) outputs[i].data = operands[inputs.size() + i];
    const Shape& shape = inputs[0].shape;
    const int64_t entries = element_count(Shape(shape.begin(), shape.end() - 2)), tasks = op_.tasks(inputs, outputs);
    std::atomic<bool> all_done = true;
    parallel_for(tasks, [&](int64_t task) {
      for (int64_t entry = task * entries / tasks; entry < (task + 1) * entries / tasks; ++entry) {
        const bool done = inputs[0].dtype == DType::float64 ? run_entry(double(), inputs, outputs, entry)
                                                            : run_entry(float(), inputs, outputs, entry);
        if (!done) all_done = false;
      }
    });
    if (!all_done) op_.compute(inputs, outputs);
  }

 protected:
  using Tensors = std::span<const Tensor>;
  virtual bool run_entry(float, Tensors inputs, Tensors outputs, int64_t entry) const = 0;
  virtual bool run_entry(double, Tensors inputs, Tensors outputs, int64_t entry) const = 0;
  const Pack& pack_;
  KernelStep step_;

 private:
  const linalg::MatrixOp& op_;
};

/// `Work::run<T>(blocks, op, inputs, outputs, entry)` for both dtypes.
template <class Work>
class KernelOf final : public MatrixKernel {
 public:
  using MatrixKernel::MatrixKernel;

 protected:
  bool run_entry(float, Tensors inputs, Tensors outputs, int64_t entry) const override {
    return Work::run(Blocks<float>(pack_), *step_.op, inputs, outputs, entry);
  }
  bool run_entry(double, Tensors inputs, Tensors outputs, int64_t entry) const override {
    return Work::run(Blocks<double>(pack_), *step_.op, inputs, outputs, entry);
  }
};

struct CholeskyWork {
  template <class T>
  static bool run(const Blocks<T>& blocks, const Op&, std::span<const Tensor> inputs, std::span<const Tensor> outputs,
                  int64_t entry) {
    const Part<T> out = matrix_of<T>(outputs[0], entry);
    copy<T>(matrix_of<const T>(inputs[0], entry), out);
    if (!blocks.factor_cholesky(out)) return false;
    for (int64_t i = 0; i < out.rows; ++i) std::fill(&out(i, i) + 1, &out(i, 0) + out.columns, T(0));
    return true;
  }
};

struct LuWork {
  template <class T>
  static bool run(const Blocks<T>& blocks, const Op&, std::span<const Tensor> inputs, std::span<const Tensor> outputs,
                  int64_t entry) {
    const Part<T> out = matrix_of<T>(outputs[0], entry);
    copy<T>(matrix_of<const T>(inputs[0], entry), out);
    blocks.factor_lu(out, outputs[1].as<int32_t>() + entry * outputs[1].shape.back());
    return true;
  }
};

struct SolveWork {
  template <class T>
  static bool run(const Blocks<T>& blocks, const Op& op, std::span<const Tensor> inputs,
                  std::span<const Tensor> outputs, int64_t entry) {
    const Part<const T> factors = matrix_of<const T>(inputs[1], entry);
    if (has_zero_on_diagonal(factors)) return false;
    // As a matrix of one column, whose stride is that of the pivots.
    Tensor pivots = inputs[2];
    pivots.shape.push_back(1);
    pivots.strides.push_back(0);
    const Part<const int32_t> from = matrix_of<const int32_t>(pivots, entry);
    SmallVector<int32_t, kSmallest> exchanges;
    for (int64_t i = 0; i < from.rows; ++i) exchanges.push_back(from(i, 0));
    const Part<T> x = matrix_of<T>(outputs[0], entry);
    copy<T>(matrix_of<const T>(inputs[3], entry), x);
    if (static_cast<const linalg::LinearSolve&>(op).adjoint) {
      blocks.solve_lower(factors.transposed(), x, false);
      blocks.solve_upper(factors.transposed(), x, true);
      blocks.exchange_back(x, exchanges.data(), from.rows);
    } else {
      blocks.exchange(x, exchanges.data(), from.rows);
      blocks.solve_lower(factors, x, true);
      blocks.solve_upper(factors, x, false);
    }
    return true;
  }
};

struct TriangleWork {
  template <class T>
  static bool run(const Blocks<T>& blocks, const Op& op, std::span<const Tensor> inputs,
                  std::span<const Tensor> outputs, int64_t entry) {
    const auto& solve = static_cast<const linalg::TriangularSolve&>(op);
    const Part<const T> t = matrix_of<const T>(inputs[0], entry);
    if (!solve.unit && has_zero_on_diagonal(t)) return false;
    const Part<T> x = matrix_of<T>(outputs[0], entry);
    copy<T>(matrix_of<const T>(inputs[1], entry), x);
    if (solve.lower)
      blocks.solve_lower(t, x, solve.unit);
    else
      blocks.solve_upper(t, x, solve.unit);
    return true;
  }
};

/// True for real matrices that are very small, or of some size with more than a vector on the right.
bool is_worth_it(const KernelStep& step) {
  const Tensor& a = step.inputs[0];
  if (a.dtype != DType::float32 && a.dtype != DType::float64) return false;
  const int64_t rows = a.shape[a.shape.size() - 2], columns = a.shape.back();
  if (std::max(rows, columns) <= kSmallest) return true;
  return std::min(rows, columns) >= kLeastOrder && step.outputs[0].shape.back() >= kLeastColumns;
}

template <class Work>
std::unique_ptr<Kernel> make(const KernelStep& step, const Pack& pack) {
  if (!is_worth_it(step)) return make_tasked(step, pack);
  return std::make_unique<KernelOf<Work>>(step, pack);
}

}  // namespace

std::unique_ptr<Kernel> make_cholesky(const KernelStep& step, const Pack& pack) {
  return make<CholeskyWork>(step, pack);
}
std::unique_ptr<Kernel> make_lu_factor(const KernelStep& step, const Pack& pack) { return make<LuWork>(step, pack); }
std::unique_ptr<Kernel> make_linear_solve(const KernelStep& step, const Pack& pack) {
  return make<SolveWork>(step, pack);
}
std::unique_ptr<Kernel> make_triangular_solve(const KernelStep& step, const Pack& pack) {
  return make<TriangleWork>(step, pack);
}

}  // namespace ingot::cpu
