// Random words and integers: pieces of a result are drawn on all threads, for every block of the generator can be computed
// by itself.
#include <algorithm>
#include <cstring>

#include "ingot/cpu/ceil_divide.h"
#include "ingot/cpu/kernels.h"
#include "ingot/cpu/threads.h"
#include "ingot/ops/random_op.h"

namespace ingot::cpu {
namespace {

/// Numbers of one task, a multiple of what a block holds.
constexpr int64_t kPiece = 16 * 1024;

class RandomKernel : public Kernel {
 public:
  RandomKernel(const KernelStep& step, const Pack& pack, int64_t count)
      : pack_(pack), dtype_(step.outputs[0].dtype), keys_(step.inputs[0]), count_(count) {}

  void run(std::span<void* const> operands) const override {
    Tensor given = keys_;
    given.data = operands[0];
    const std::vector<random::Key> keys = random::keys_of(given);
    auto* out = static_cast<std::byte*>(operands[1]);
    const int64_t pieces = ceil_divide(count_, kPiece);
    parallel_for(static_cast<int64_t>(keys.size()) * pieces, [&](int64_t task) {
      const int64_t number = task / pieces, first = task % pieces * kPiece;
      draw(keys[static_cast<size_t>(number)], first, std::min(kPiece, count_ - first),
           out + (number * count_ + first) * static_cast<int64_t>(size_of(dtype_)));
    });
  }

 protected:
  /// Words `first` to `first + count` of a key; `first` begins a block.
  void words(random::Key key, int64_t first, int64_t count, uint32_t* out) const {
    const int64_t whole = count / 4;
    pack_.random_words(out, key.data(), static_cast<uint64_t>(first / 4), whole);
    if (count % 4 == 0) return;
    const random::Block last = random::philox(key, static_cast<uint64_t>(first / 4 + whole), random::Stream::words);
    std::copy_n(last.begin(), count % 4, out + 4 * whole);
  }

  const Pack& pack_;
  DType dtype_;

 private:
  /// Numbers `first` to `first + count` of a key's result.
  virtual void draw(random::Key key, int64_t first, int64_t count, void* out) const = 0;

  Tensor keys_;
  int64_t count_;
};

class BitsKernel final : public RandomKernel {
 public:
  using RandomKernel::RandomKernel;

 private:
  void draw(random::Key key, int64_t first, int64_t count, void* out) const override {
    words(key, first, count, static_cast<uint32_t*>(out));
  }
};

class IntegersKernel final : public RandomKernel {
 public:
  IntegersKernel(const KernelStep& step, const Pack& pack, const random::RandomIntegers& op)
      : RandomKernel(step, pack, element_count(op.shape)), op_(op) {}

 private:
  void draw(random::Key key, int64_t first, int64_t count, void* out) const override {
    constexpr int64_t kTogether = 512;
    uint32_t drawn[2 * kTogether];
    const size_t size = size_of(dtype_);
    for (int64_t i = 0; i < count; i += kTogether) {
      const int64_t some = std::min(kTogether, count - i);
      words(key, 2 * (first + i), 2 * some, drawn);
      op_.scale(drawn, some, {static_cast<std::byte*>(out) + static_cast<size_t>(i) * size, dtype_, {}, {}});
    }
  }

  const random::RandomIntegers& op_;
};

}  // namespace

std::unique_ptr<Kernel> make_random(const KernelStep& step, const Pack& pack) {
  if (const auto* integers = dynamic_cast<const random::RandomIntegers*>(step.op.get()))
    return std::make_unique<IntegersKernel>(step, pack, *integers);
  return std::make_unique<BitsKernel>(step, pack,
                                      element_count(static_cast<const random::RandomBits&>(*step.op).shape));
}

}  // namespace ingot::cpu
