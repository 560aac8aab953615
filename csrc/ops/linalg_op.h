// The operations behind `linalg`: decompositions and what is solved by them, over the last two axes of batches.
#pragma once

#include <functional>
#include <string>

#include "ingot/ops/decompositions_fns.h"
#include "ingot/ops/expanded_op.h"
#include "ingot/ops/tasked_op.h"

namespace ingot::linalg {

/// What all of them share: input 0 is a batch of matrices, every operand has its leading axes, and each entry of the
/// batch is computed on its own.
class MatrixOp : public CustomOp, public TaskedOp {
 public:
  std::vector<Array> vmap(const Call& call, const std::vector<Array>& inputs, const BatchAxes& axes,
                          int64_t batch) const override;
  void compute(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const override;
  int64_t tasks(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const override;
  /// Throws LinAlgError that names the entry which `run_entries` says cannot be computed.
  void run_task(std::span<const Tensor> inputs, std::span<const Tensor> outputs, int64_t task) const override;

 protected:
  /// Computes entries [first, last) of the batch. Returns the number of the first one that cannot be, or -1.
  virtual int64_t run_entries(std::span<const Tensor> inputs, std::span<const Tensor> outputs, int64_t first,
                              int64_t last) const = 0;
  using RunEntries =
      std::function<int64_t(std::span<const Tensor> inputs, std::span<const Tensor> outputs, int64_t, int64_t)>;
  /// `run_task` by another function than `run_entries`, which never sees complex64: that is computed in complex128.
  void run_task_by(const RunEntries& run, std::span<const Tensor> inputs, std::span<const Tensor> outputs,
                   int64_t task) const;
  /// What is wrong with an entry that cannot be computed, as the end of a sentence about it.
  virtual std::string complaint() const { return "has infinities or NaN, or the iteration did not converge"; }
};

/// One that is computed by functions which a backend may have, too.
class FactoringOp : public MatrixOp {
 public:
  using MatrixOp::run_task;
  void run_task(std::span<const Tensor> inputs, std::span<const Tensor> outputs, int64_t task,
                const MatrixFns& fns) const;

 protected:
  int64_t run_entries(std::span<const Tensor> inputs, std::span<const Tensor> outputs, int64_t first,
                      int64_t last) const final;
  virtual int64_t factor_entries(const MatrixFns& fns, std::span<const Tensor> inputs, std::span<const Tensor> outputs,
                                 int64_t first, int64_t last) const = 0;
};

/// The lower triangular L of A = L L^H, of which only the lower triangle is read.
struct Cholesky final : Define<Cholesky, MatrixOp> {
  static constexpr const char* kName = "cholesky";
  auto attributes() const { return std::tie(); }
  std::vector<Array> vjp(const Call& call, const std::vector<Array>& cotangents) const override;
  std::vector<Array> jvp(const Call& call, const std::vector<Array>& tangents) const override;

 protected:
  int64_t run_entries(std::span<const Tensor> inputs, std::span<const Tensor> outputs, int64_t first,
                      int64_t last) const override;
  std::string complaint() const override { return "is not positive definite"; }
};

/// Inputs (T, B): X of T X = B, of T only one triangle being read.
struct TriangularSolve final : Define<TriangularSolve, MatrixOp> {
  static constexpr const char* kName = "solve_triangular";
  bool lower, unit;
  TriangularSolve(bool is_lower, bool has_unit_diagonal) : lower(is_lower), unit(has_unit_diagonal) {}
  auto attributes() const { return std::tie(lower, unit); }
  std::vector<Array> vjp(const Call& call, const std::vector<Array>& cotangents) const override;
  std::vector<Array> jvp(const Call& call, const std::vector<Array>& tangents) const override;

 protected:
  int64_t run_entries(std::span<const Tensor> inputs, std::span<const Tensor> outputs, int64_t first,
                      int64_t last) const override;
  std::string complaint() const override { return "is singular: its diagonal has a zero"; }
};

/// Two results of an A (m, n) whose rows were exchanged: L below the diagonal (its own is 1) and U from the diagonal up
/// in one (m, n) array, and the exchanges, int32 (min(m, n),): row i with row `pivots[i]`, one after the other.
struct LuFactor final : Define<LuFactor, MatrixOp> {
  static constexpr const char* kName = "lu_factor";
  auto attributes() const { return std::tie(); }
  std::vector<Array> vjp(const Call& call, const std::vector<Array>& cotangents) const override;
  std::vector<Array> jvp(const Call& call, const std::vector<Array>& tangents) const override;

 protected:
  int64_t run_entries(std::span<const Tensor> inputs, std::span<const Tensor> outputs, int64_t first,
                      int64_t last) const override;
};

/// Inputs (A, LU, pivots, B), the second and third being those of A: X of A X = B, or of A^H X = B. The factors are a
/// help and no argument: derivatives are by A and B.
struct LinearSolve final : Define<LinearSolve, MatrixOp> {
  static constexpr const char* kName = "solve";
  bool adjoint;
  explicit LinearSolve(bool of_adjoint) : adjoint(of_adjoint) {}
  auto attributes() const { return std::tie(adjoint); }
  std::vector<Array> vjp(const Call& call, const std::vector<Array>& cotangents) const override;
  std::vector<Array> jvp(const Call& call, const std::vector<Array>& tangents) const override;

 protected:
  int64_t run_entries(std::span<const Tensor> inputs, std::span<const Tensor> outputs, int64_t first,
                      int64_t last) const override;
  std::string complaint() const override { return "is singular"; }
};

/// Inputs (A, LU, pivots): the determinant, by A.
struct Determinant final : Define<Determinant, MatrixOp> {
  static constexpr const char* kName = "determinant";
  auto attributes() const { return std::tie(); }
  std::vector<Array> vjp(const Call& call, const std::vector<Array>& cotangents) const override;
  std::vector<Array> jvp(const Call& call, const std::vector<Array>& tangents) const override;

 protected:
  int64_t run_entries(std::span<const Tensor> inputs, std::span<const Tensor> outputs, int64_t first,
                      int64_t last) const override;
};

/// The matrix that is det(A) A^-1 where A can be inverted, and its limit where not.
struct Adjugate final : Define<Adjugate, MatrixOp> {
  static constexpr const char* kName = "adjugate";
  auto attributes() const { return std::tie(); }
  std::vector<Array> vjp(const Call& call, const std::vector<Array>& cotangents) const override;
  std::vector<Array> jvp(const Call& call, const std::vector<Array>& tangents) const override;

 protected:
  int64_t run_entries(std::span<const Tensor> inputs, std::span<const Tensor> outputs, int64_t first,
                      int64_t last) const override;
};

/// Inputs (A, LU, pivots): sign and logarithm of the magnitude of the determinant, by A.
struct SlogDet final : Define<SlogDet, MatrixOp> {
  static constexpr const char* kName = "slogdet";
  auto attributes() const { return std::tie(); }
  std::vector<Array> vjp(const Call& call, const std::vector<Array>& cotangents) const override;
  std::vector<Array> jvp(const Call& call, const std::vector<Array>& tangents) const override;

 protected:
  int64_t run_entries(std::span<const Tensor> inputs, std::span<const Tensor> outputs, int64_t first,
                      int64_t last) const override;
};

/// Two results, Q and R of A = Q R: (m, k) and (k, n), k being min(m, n), or m if `complete`.
struct Qr final : Define<Qr, FactoringOp> {
  static constexpr const char* kName = "qr";
  bool complete;
  explicit Qr(bool square) : complete(square) {}
  auto attributes() const { return std::tie(complete); }
  std::vector<Array> vjp(const Call& call, const std::vector<Array>& cotangents) const override;
  std::vector<Array> jvp(const Call& call, const std::vector<Array>& tangents) const override;

 protected:
  int64_t factor_entries(const MatrixFns& fns, std::span<const Tensor> inputs, std::span<const Tensor> outputs,
                         int64_t first, int64_t last) const override;
};

/// Two results of a Hermitian matrix, of which only the lower triangle is read: eigenvalues, ascending, and eigenvectors.
struct Eigh final : Define<Eigh, FactoringOp> {
  static constexpr const char* kName = "eigh";
  auto attributes() const { return std::tie(); }
  std::vector<Array> vjp(const Call& call, const std::vector<Array>& cotangents) const override;
  std::vector<Array> jvp(const Call& call, const std::vector<Array>& tangents) const override;

 protected:
  int64_t factor_entries(const MatrixFns& fns, std::span<const Tensor> inputs, std::span<const Tensor> outputs,
                         int64_t first, int64_t last) const override;
};

/// The eigenvalues alone.
struct Eigvalsh final : Define<Eigvalsh, FactoringOp> {
  static constexpr const char* kName = "eigvalsh";
  auto attributes() const { return std::tie(); }
  std::vector<Array> vjp(const Call& call, const std::vector<Array>& cotangents) const override;
  std::vector<Array> jvp(const Call& call, const std::vector<Array>& tangents) const override;

 protected:
  int64_t factor_entries(const MatrixFns& fns, std::span<const Tensor> inputs, std::span<const Tensor> outputs,
                         int64_t first, int64_t last) const override;
};

/// Two complex results: eigenvalues and eigenvectors of length 1 whose largest component is real.
struct Eig final : Define<Eig, MatrixOp> {
  static constexpr const char* kName = "eig";
  auto attributes() const { return std::tie(); }
  std::vector<Array> vjp(const Call& call, const std::vector<Array>& cotangents) const override;
  std::vector<Array> jvp(const Call& call, const std::vector<Array>& tangents) const override;

 protected:
  int64_t run_entries(std::span<const Tensor> inputs, std::span<const Tensor> outputs, int64_t first,
                      int64_t last) const override;
};

/// The eigenvalues alone.
struct Eigvals final : Define<Eigvals, MatrixOp> {
  static constexpr const char* kName = "eigvals";
  auto attributes() const { return std::tie(); }
  std::vector<Array> vjp(const Call& call, const std::vector<Array>& cotangents) const override;
  std::vector<Array> jvp(const Call& call, const std::vector<Array>& tangents) const override;

 protected:
  int64_t run_entries(std::span<const Tensor> inputs, std::span<const Tensor> outputs, int64_t first,
                      int64_t last) const override;
};

/// Three results, U, S and V^H of A = U S V^H: (m, k), (k,), (k, n), k being min(m, n); U and V^H square if `full`.
struct Svd final : Define<Svd, FactoringOp> {
  static constexpr const char* kName = "svd";
  bool full;
  explicit Svd(bool square) : full(square) {}
  auto attributes() const { return std::tie(full); }
  std::vector<Array> vjp(const Call& call, const std::vector<Array>& cotangents) const override;
  std::vector<Array> jvp(const Call& call, const std::vector<Array>& tangents) const override;

 protected:
  int64_t factor_entries(const MatrixFns& fns, std::span<const Tensor> inputs, std::span<const Tensor> outputs,
                         int64_t first, int64_t last) const override;
};

/// The singular values alone.
struct Svdvals final : Define<Svdvals, FactoringOp> {
  static constexpr const char* kName = "svdvals";
  auto attributes() const { return std::tie(); }
  std::vector<Array> vjp(const Call& call, const std::vector<Array>& cotangents) const override;
  std::vector<Array> jvp(const Call& call, const std::vector<Array>& tangents) const override;

 protected:
  int64_t factor_entries(const MatrixFns& fns, std::span<const Tensor> inputs, std::span<const Tensor> outputs,
                         int64_t first, int64_t last) const override;
};

/// Inputs (A, cut), `cut` one real number for each matrix: the pseudo-inverse, in which singular values up to that
/// number count as zero.
struct Pinv final : Define<Pinv, ExpandedOp> {
  static constexpr const char* kName = "pinv";
  auto attributes() const { return std::tie(); }
  std::vector<Array> expand(const std::vector<Array>& inputs) const override;
  std::vector<Array> vjp(const Call& call, const std::vector<Array>& cotangents) const override;
  std::vector<Array> jvp(const Call& call, const std::vector<Array>& tangents) const override;
  std::vector<Array> vmap(const Call& call, const std::vector<Array>& inputs, const BatchAxes& axes,
                          int64_t batch) const override;
};

/// The exponential of a matrix.
struct MatrixExp final : Define<MatrixExp, MatrixOp> {
  static constexpr const char* kName = "matrix_exp";
  auto attributes() const { return std::tie(); }
  std::vector<Array> vjp(const Call& call, const std::vector<Array>& cotangents) const override;
  std::vector<Array> jvp(const Call& call, const std::vector<Array>& tangents) const override;

 protected:
  int64_t run_entries(std::span<const Tensor> inputs, std::span<const Tensor> outputs, int64_t first,
                      int64_t last) const override;
};

/// Exchanges of rows, int32 (..., k), as the order that they bring `rows` rows into, int32 (..., rows): which row comes
/// to each place, or, `inverse`, to which place each row comes.
struct PivotOrder final : Define<PivotOrder, NonDifferentiableOp> {
  static constexpr const char* kName = "pivot_order";
  int64_t rows;
  bool inverse;
  PivotOrder(int64_t count, bool back) : rows(count), inverse(back) {}
  auto attributes() const { return std::tie(rows, inverse); }
  std::vector<Array> vmap(const Call& call, const std::vector<Array>& inputs, const BatchAxes& axes,
                          int64_t batch) const override;
  void compute(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const override;
};

}  // namespace ingot::linalg
