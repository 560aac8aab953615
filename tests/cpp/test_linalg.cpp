// Linear algebra and Fourier transforms in C++.
#include "check.h"

using namespace ingot;

namespace {

Array numbers(const Shape& shape, DType dtype) {
  const Array values = astype(arange(int64_t{1}, element_count(shape) + 1, int64_t{1}, DType::int64), DType::float64);
  return astype(reshape(sin(values * values), shape), dtype);
}

/// Far from singular.
Array regular(int64_t n, DType dtype) { return numbers({2, n, n}, dtype) + 3 * eye(n, n, 0, dtype) * Scalar(n); }

double largest(const Array& x) { return to_vector<double>(max(abs(x)))[0]; }
double tolerance(DType dtype) { return to_real(dtype) == DType::float64 ? 1e-11 : 2e-4; }

constexpr DType kDTypes[] = {DType::float32, DType::float64, DType::complex64, DType::complex128};
constexpr int64_t kOrders[] = {1, 3, 20, 70, 131};

Array adjoint(const Array& x) { return swapaxes(conj(x), -1, -2); }

template <class F>
void for_all(F check) {
  for (DType dtype : kDTypes)
    for (int64_t n : kOrders) check(regular(n, dtype), tolerance(dtype) * static_cast<double>(n));
}

void factors_multiply_to_the_matrix() {
  for_all([](const Array& x, double bound) {
    const auto [q, r] = linalg::qr(x);
    CHECK(largest(matmul(q, r) - x) < bound);
    const auto [p, l, u] = linalg::lu(x);
    CHECK(largest(matmul(matmul(p, l), u) - x) < bound);
    const auto [left, s, right] = linalg::svd(x);
    CHECK(largest(matmul(left * expand_dims(s, {-2}), right) - x) < bound);
    const Array positive = matmul(x, adjoint(x)) * (1.0 / static_cast<double>(x.shape(-1)));
    const Array factor = linalg::cholesky(positive);
    CHECK(largest(matmul(factor, adjoint(factor)) - positive) < 10 * bound);
    const auto [w, v] = linalg::eigh(positive);
    CHECK(largest(matmul(positive, v) - v * expand_dims(w, {-2})) < 10 * bound);
    const auto [values, vectors] = linalg::eig(x);
    CHECK(largest(matmul(astype(x, vectors.dtype()), vectors) - vectors * expand_dims(values, {-2})) < 10 * bound);
  });
}

void systems_are_solved() {
  for_all([](const Array& x, double bound) {
    const int64_t n = x.shape(-1);
    const Array b = numbers({n, 7}, x.dtype());
    CHECK(largest(matmul(x, linalg::solve(x, b)) - b) < bound);
    CHECK(largest(matmul(x, linalg::inv(x)) - eye(n, n, 0, x.dtype())) < bound);
    CHECK(largest(linalg::pinv(x) - linalg::inv(x)) < bound);
    const auto [packed, pivots] = linalg::lu_factor(x);
    CHECK(largest(matmul(adjoint(x), linalg::lu_solve(packed, pivots, b, true)) - b) < bound);
    const auto [sign, logarithm] = linalg::slogdet(x);
    const auto [other_sign, other_logarithm] = linalg::slogdet(linalg::inv(x));
    CHECK(largest(sign * other_sign - 1) < bound);
    CHECK(largest(logarithm + other_logarithm) < bound);
  });
}

void errors_name_the_entry() {
  const Array x = stack({eye(3, 3), zeros({3, 3}), eye(3, 3)});
  CHECK_THROWS(LinAlgError, "at (1,) of the batch is singular", eval({linalg::inv(x)}));
  CHECK_THROWS(LinAlgError, "at (1,) of the batch is not positive definite", eval({linalg::cholesky(x)}));
  const Array large = zeros({2, 100, 100});
  CHECK_THROWS(LinAlgError, "is not positive definite", eval({linalg::cholesky(large)}));
  CHECK_THROWS(LinAlgError, "is singular", eval({linalg::inv(large)}));
  CHECK_THROWS(ShapeError, "(2, 3)", linalg::inv(zeros({2, 3})));
}

void gradient_of_the_determinant() {
  const Array x = array<double>({1, 2, 3, 4}, {2, 2});
  x.set_requires_grad();
  backward(linalg::det(x));
  CHECK(check::near(x.grad(), {4, -3, -2, 1}, 1e-12));
}

void transforms_go_there_and_back() {
  for (int64_t n : {1, 2, 7, 64, 1009}) {
    const Array x = numbers({3, n}, DType::complex128);
    CHECK(largest(fft::ifft(fft::fft(x)) - x) < 1e-12);
    CHECK(largest(fft::ifftn(fft::fftn(x)) - x) < 1e-12);
    const Array y = numbers({3, n}, DType::float32);
    CHECK(largest(fft::irfft(fft::rfft(y), n) - y) < 1e-5);
    CHECK(largest(fft::rfft(y) - slice(fft::fft(y), {0, 0}, {3, n / 2 + 1}, {1, 1})) < 1e-3);
  }
  CHECK_THROWS(ValueError, "at least 1", fft::fft(zeros({2, 0})));
}

}  // namespace

int main() {
  return check::run({{"factors multiply to the matrix", factors_multiply_to_the_matrix},
                     {"systems are solved", systems_are_solved},
                     {"errors name the entry", errors_name_the_entry},
                     {"gradient of the determinant", gradient_of_the_determinant},
                     {"transforms go there and back", transforms_go_there_and_back}});
}
