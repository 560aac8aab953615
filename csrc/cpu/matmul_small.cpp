// Products of many matrices of a few elements each, for which calls of a kernel would take longer than multiplying.
#include <algorithm>

#include "ingot/cpu/ceil_divide.h"
#include "ingot/cpu/kernels.h"
#include "ingot/cpu/matrices.h"
#include "ingot/cpu/threads.h"

namespace ingot::cpu {
namespace {

/// The most rows, columns and products of a sum.
constexpr int64_t kMostSide = 4;
constexpr int64_t kLeastCount = 8, kTaskCount = 4096;

bool moves(const Matrices& operand) {
  return std::any_of(operand.strides.begin(), operand.strides.end(), [](int64_t stride) { return stride != 0; });
}

class SmallProducts final : public Kernel {
 public:
  explicit SmallProducts(const KernelStep& step)
      : a_(matrices_of(step.inputs[0], batch_of(step.outputs[0]))),
        b_(matrices_of(step.inputs[1], batch_of(step.outputs[0]))),
        count_(element_count(a_.batch)) {
    constexpr Multiply kMultiply[2][kMostSide] = {
        {&multiply<float, 1>, &multiply<float, 2>, &multiply<float, 3>, &multiply<float, 4>},
        {&multiply<double, 1>, &multiply<double, 2>, &multiply<double, 3>, &multiply<double, 4>}};
    const DType dtype = step.outputs[0].dtype;
    size_ = static_cast<int64_t>(size_of(dtype));
    multiply_ = kMultiply[dtype == DType::float64][b_.columns - 1];
  }

  static bool can(const KernelStep& step) {
    const DType dtype = step.outputs[0].dtype;
    if (step.epilogue || (dtype != DType::float32 && dtype != DType::float64)) return false;
    const Shape batch = batch_of(step.outputs[0]);
    const Matrices a = matrices_of(step.inputs[0], batch), b = matrices_of(step.inputs[1], batch);
    // One matrix for all is one large product.
    return std::max({a.rows, a.columns, b.columns}) <= kMostSide && std::min(a.rows, b.columns) > 0 &&
           element_count(a.batch) >= kLeastCount && moves(a) && moves(b);
  }

  void run(std::span<void* const> operands) const override {
    const int64_t line = a_.batch.back(), elements = a_.rows * b_.columns;
    parallel_for(ceil_divide(count_, kTaskCount), [&](int64_t task) {
      const int64_t last = std::min(count_, (task + 1) * kTaskCount);
      for (int64_t i = task * kTaskCount; i < last;) {
        const int64_t some = std::min(last - i, line - i % line);
        multiply_(*this, static_cast<const std::byte*>(operands[0]) + a_.offset(i) * size_,
                  static_cast<const std::byte*>(operands[1]) + b_.offset(i) * size_,
                  static_cast<std::byte*>(operands[2]) + i * elements * size_, some);
        i += some;
      }
    });
  }

 private:
  using Multiply = void (*)(const SmallProducts& products, const void* a, const void* b, void* c, int64_t count);

  /// `count` products that lie evenly in all operands.
  template <class T, int64_t columns>
  static void multiply(const SmallProducts& products, const void* left, const void* right, void* out, int64_t count) {
    const auto* a = static_cast<const T*>(left);
    const auto* b = static_cast<const T*>(right);
    auto* c = static_cast<T*>(out);
    const int64_t rows = products.a_.rows, depth = products.a_.columns;
    const int64_t a_step = products.a_.strides.back(), b_step = products.b_.strides.back();
    const Window of_a = products.a_.window, of_b = products.b_.window;
    for (; count > 0; --count, a += a_step, b += b_step) {
      for (int64_t i = 0; i < rows; ++i, c += columns) {
        T sums[columns] = {};
        for (int64_t p = 0; p < depth; ++p) {
          const T factor = a[i * of_a.row_stride + p * of_a.column_stride];
          for (int64_t j = 0; j < columns; ++j) sums[j] += factor * b[p * of_b.row_stride + j * of_b.column_stride];
        }
        std::copy_n(sums, columns, c);
      }
    }
  }

  Matrices a_, b_;
  int64_t count_, size_;
  Multiply multiply_;
};

}  // namespace

std::unique_ptr<Kernel> make_small_products(const KernelStep& step) {
  if (!SmallProducts::can(step)) return nullptr;
  return std::make_unique<SmallProducts>(step);
}

}  // namespace ingot::cpu
