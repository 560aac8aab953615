// Keys and the state of the global generator.
#include <mutex>
#include <random>

#include "ingot/engine/jit.h"
#include "ingot/ops/apply.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/manipulation.h"
#include "ingot/ops/philox.h"
#include "ingot/ops/random.h"
#include "ingot/ops/random_draw.h"
#include "ingot/ops/random_op.h"

namespace ingot::random {

namespace {

/// Distance between the states of successive draws: odd, so that the counter visits every state; unlike the cipher's
/// own constants, so that the keys of neighbours have no rounds in common.
constexpr uint64_t kStride = 0xD1342543DE82EF95u;

uint64_t join(Key key) { return key[0] | uint64_t{key[1]} << 32; }
Key cut(uint64_t bits) { return {static_cast<uint32_t>(bits), static_cast<uint32_t>(bits >> 32)}; }

Key next(Key state) { return cut(join(state) + kStride); }
Key split_off(Key key, uint64_t number) {
  const Block block = philox(key, number, Stream::keys);
  return {block[0], block[1]};
}

Array array_of(Key key) { return from_data(key.data(), {2}, DType::uint32); }

/// A bijection that spreads neighbouring seeds (SplitMix64's).
uint64_t mix(uint64_t x) {
  x += 0x9E3779B97F4A7C15u;
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
  return x ^ (x >> 31);
}

std::mutex& state_mutex() {
  static std::mutex mutex;
  return mutex;
}

/// The state that a seed gives.
Array state_of(uint64_t seed) { return array_of(cut(mix(seed))); }

}  // namespace

Array checked_key(const Array& key, const char* op) {
  if (!key.defined()) return next_key();
  if (key.dtype() != DType::uint32 || key.ndim() < 1 || key.shape(-1) != 2)
    throw TypeError(op, ": expected a key (uint32, shape (2,)) from random.key or random.split, got ", key.dtype(),
                    " of shape ", key.shape());
  return key;
}

Shape keyed_shape(const Array& key, const Shape& shape) {
  Shape out(key.shape());
  out.pop_back();
  for (int64_t length : shape) out.push_back(length);
  return out;
}

std::vector<Array> KeyedOp::vmap(const Call& call, const std::vector<Array>& inputs, const BatchAxes&,
                                 int64_t batch) const {
  Shape shape(call.node().shape());
  shape.insert(0, batch);
  return {apply(call.node().op_ref(), {inputs[0]}, {shape, call.node().dtype()})};
}

void SplitKey::compute(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const {
  uint32_t* out = outputs[0].as<uint32_t>();
  for (Key each : keys_of(inputs[0]))
    for (int64_t k = 0; k < count; ++k)
      for (uint32_t word : split_off(each, static_cast<uint64_t>(k))) *out++ = word;
}

void NextKey::compute(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const {
  uint32_t* out = outputs[0].as<uint32_t>();
  for (Key each : keys_of(inputs[0]))
    for (uint32_t word : next(each)) *out++ = word;
}

Array key(uint64_t seed) { return state_of(seed); }

Array split(const Array& key, int64_t count) {
  if (count < 0) throw ValueError("split: the number of keys must not be negative, got ", count);
  const Array from = checked_key(key, "split");
  return apply(make_ref<SplitKey>(count), {from}, {keyed_shape(from, {count, 2}), DType::uint32});
}

Generator::Generator(uint64_t seed) : state_(state_of(seed)), seed_(seed) {}

void Generator::manual_seed(uint64_t seed) {
  set_state(state_of(seed));
  seed_ = seed;
}

uint64_t Generator::seed() {
  std::random_device entropy;
  manual_seed(entropy() | uint64_t{entropy()} << 32);
  return seed_;
}

void Generator::set_state(const Array& state) {
  const Array checked = checked_key(state, "set_state");
  if (checked.ndim() != 1) throw ShapeError("set_state: expected one state of shape (2,), got shape ", checked.shape());
  const std::lock_guard lock(state_mutex());
  state_.rebind(checked);
}

Generator& default_generator() {
  static Generator generator = [] {
    std::random_device entropy;
    return Generator(entropy() | uint64_t{entropy()} << 32);
  }();
  return generator;
}

const Array& state() { return default_generator().state(); }

void seed(uint64_t seed) { default_generator().manual_seed(seed); }

Array next_key() { return default_generator().next_key(); }

Array Generator::next_key() {
  const Array& global = state_;
  while (true) {
    NodeRef seen;
    {
      const std::lock_guard lock(state_mutex());
      seen = global.node();
      if (!is_recording() && global.peek().evaluated()) {
        // The same as below, at once: no steps for the engine, no graph to grow.
        const Value& value = global.peek().value();
        const uint32_t* words = static_cast<const uint32_t*>(value.buffer->data()) + value.layout.offset;
        const Key now{words[0], words[value.layout.strides[0]]};
        global.rebind(array_of(next(now)));
        return array_of(split_off(now, 0));
      }
    }
    // Making nodes may evaluate, which may wait for other locks: not while this one is held.
    static const OpRef op = make_ref<NextKey>();
    const Array current(seen);
    const Array advanced = apply(op, {current}, {{2}, DType::uint32});
    const Array drawn = reshape(random::split(current, 1), {2});
    const std::lock_guard lock(state_mutex());
    if (&global.peek() == seen.get()) {
      global.rebind(advanced);
      return drawn;
    }
  }
}

}  // namespace ingot::random
