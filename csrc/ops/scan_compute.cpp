// The kernels of scans: neighbouring lanes go side by side, so that memory is read row by row whichever axis is scanned.
#include <cmath>
#include <limits>

#include "ingot/ops/integer_totals.h"
#include "ingot/ops/lanes.h"
#include "ingot/ops/scan_op.h"

namespace ingot {

namespace {

/// Lanes that go side by side; and the length from which lanes that are dense go alone, because neighbours of theirs lie
/// in other cache lines.
constexpr int64_t kWidth = 64, kLongLane = 32;

template <class T>
struct AccumulatorOf {
  using type = std::conditional_t<std::is_integral_v<T>, uint64_t, T>;  // integers wrap around
};
template <>
struct AccumulatorOf<bool> {
  using type = bool;
};
template <>
struct AccumulatorOf<float16> {
  using type = float;
};
template <>
struct AccumulatorOf<bfloat16> {
  using type = float;
};
template <>
struct AccumulatorOf<float> {
  using type = double;
};
template <>
struct AccumulatorOf<complex64> {
  using type = complex128;
};
template <class T>
using Wide = typename AccumulatorOf<T>::type;

template <size_t N>
Lanes<N> lanes_of(const std::array<const Tensor*, N>& operands, int64_t axis) {
  const auto along = static_cast<size_t>(axis);
  const Tensor& result = *operands[N - 1];
  const bool alone = result.strides[along] == 1 && result.shape[along] >= kLongLane;
  return Lanes<N>(operands, axis, alone ? 1 : kWidth, TaskedOp::kGrain);
}

/// Where a lane begins and how it goes on, in the direction of the scan.
struct Way {
  int64_t start, step;
  Way(int64_t offset, int64_t step_along, int64_t length, bool reverse)
      : start(reverse ? offset + (length - 1) * step_along : offset), step(reverse ? -step_along : step_along) {}
};

/// Folds lanes with `fold(state, element)`, which changes the state and returns what is written.
template <class State, class In, class Out, class Fold>
void fold_lanes(const In* in, Way from, int64_t in_lane, Out* out, Way to, int64_t out_lane, int64_t lanes,
                int64_t length, State initial, Fold&& fold) {
  in += from.start;
  out += to.start;
  if (lanes == 1) {
    State state = initial;
    for (int64_t i = 0; i < length; ++i) out[i * to.step] = fold(state, in[i * from.step], i);
    return;
  }
  State states[kWidth];
  std::fill_n(states, lanes, initial);
  for (int64_t i = 0; i < length; ++i, in += from.step, out += to.step)
    for (int64_t l = 0; l < lanes; ++l) out[l * out_lane] = fold(states[l], in[l * in_lane], i);
}

/// One task of a scan of one operand.
template <class State, class In, class Out, class Fold>
void scan_task(const Tensor& x, const Tensor& y, int64_t axis, bool reverse, int64_t task, State initial, Fold&& fold) {
  const auto lanes = lanes_of<2>({&x, &y}, axis);
  const int64_t length = x.shape[static_cast<size_t>(axis)];
  lanes.for_each_group(task, [&](const auto& at, const auto& by, int64_t count) {
    fold_lanes<State>(x.as<In>(), Way(at[0], lanes.step(0), length, reverse), by[0], y.as<Out>(),
                      Way(at[1], lanes.step(1), length, reverse), by[1], count, length, initial, fold);
  });
}

template <class T>
T log_add(T a, T b) {
  const T high = std::max(a, b), low = std::min(a, b);
  if (!(a == a) || !(b == b)) return a + b;
  if (std::isinf(high)) return high;
  return high + std::log1p(std::exp(low - high));
}

}  // namespace

int64_t LaneScan::tasks(std::span<const Tensor> inputs, std::span<const Tensor> outputs) const {
  return lanes_of<2>({&inputs[0], &outputs[0]}, axis).tasks();
}

void CumSum::run_task(std::span<const Tensor> inputs, std::span<const Tensor> outputs, int64_t task) const {
  visit(inputs[0].dtype, [&](auto tag) {
    using T = typename decltype(tag)::type;
    scan_task<Wide<T>, T, T>(inputs[0], outputs[0], axis, reverse, task, Wide<T>(0),
                             [](Wide<T>& sum, const T& value, int64_t) {
                               if constexpr (std::is_same_v<T, bool>)
                                 sum = sum || value;
                               else
                                 sum += static_cast<Wide<T>>(value);
                               return static_cast<T>(sum);
                             });
  });
}

void CheckedCumSum::run_task(std::span<const Tensor> inputs, std::span<const Tensor> outputs, int64_t task) const {
  const auto scan = [&]<class T>(TypeTag<T>, auto&& check) {
    scan_task<int64_t, T, T>(inputs[0], outputs[0], axis, reverse, task, int64_t{0},
                             [&](int64_t& sum, const T& value, int64_t) {
                               sum += value;
                               check(sum, static_cast<T>(sum) == sum);
                               return static_cast<T>(sum);
                             });
  };
  const auto scan_any = [&](auto&& check) {
    if (inputs[0].dtype == DType::int32)
      scan(TypeTag<int32_t>{}, check);
    else
      scan(TypeTag<uint32_t>{}, check);
  };
  bool all_fit = true;
  scan_any([&](int64_t, bool fits) { all_fit &= fits; });
  if (all_fit) return;
  // Once more for the number that the error shows.
  scan_any([&](int64_t sum, bool fits) {
    if (!fits) throw_unfitting("cumsum", concat(sum), inputs[0].dtype);
  });
}

void CumProd::run_task(std::span<const Tensor> inputs, std::span<const Tensor> outputs, int64_t task) const {
  visit(inputs[0].dtype, [&](auto tag) {
    using T = typename decltype(tag)::type;
    scan_task<Wide<T>, T, T>(inputs[0], outputs[0], axis, reverse, task, Wide<T>(1),
                             [](Wide<T>& product, const T& value, int64_t) {
                               if constexpr (std::is_same_v<T, bool>)
                                 product = product && value;
                               else
                                 product *= static_cast<Wide<T>>(value);
                               return static_cast<T>(product);
                             });
  });
}

void LogCumSumExp::run_task(std::span<const Tensor> inputs, std::span<const Tensor> outputs, int64_t task) const {
  visit(inputs[0].dtype, [&](auto tag) {
    using T = typename decltype(tag)::type;
    if constexpr (is_half_type<T> || std::is_floating_point_v<T>) {
      scan_task<Wide<T>, T, T>(inputs[0], outputs[0], axis, reverse, task, -std::numeric_limits<Wide<T>>::infinity(),
                               [](Wide<T>& sum, const T& value, int64_t) {
                                 sum = log_add(sum, static_cast<Wide<T>>(value));
                                 return static_cast<T>(sum);
                               });
    } else {
      throw TypeError("logcumsumexp: no kernel for ", inputs[0].dtype);
    }
  });
}

void LinearRecurrence::run_task(std::span<const Tensor> inputs, std::span<const Tensor> outputs, int64_t task) const {
  const auto lanes = lanes_of<3>({&inputs[0], &inputs[1], &outputs[0]}, axis);
  const int64_t length = inputs[0].shape[static_cast<size_t>(axis)];
  visit(inputs[0].dtype, [&](auto tag) {
    using T = typename decltype(tag)::type;
    lanes.for_each_group(task, [&](const auto& at, const auto& by, int64_t count) {
      const Way a_way(at[0], lanes.step(0), length, reverse), b_way(at[1], lanes.step(1), length, reverse),
          h_way(at[2], lanes.step(2), length, reverse);
      const T *a = inputs[0].as<T>() + a_way.start, *b = inputs[1].as<T>() + b_way.start;
      T* h = outputs[0].as<T>() + h_way.start;
      Wide<T> states[kWidth];
      for (int64_t i = 0; i < length; ++i, a += a_way.step, b += b_way.step, h += h_way.step) {
        for (int64_t l = 0; l < count; ++l) {
          const auto added = static_cast<Wide<T>>(b[l * by[1]]);
          if constexpr (std::is_same_v<T, bool>)
            states[l] = i == 0 ? added : (a[l * by[0]] && states[l]) || added;
          else
            states[l] = i == 0 ? added : static_cast<Wide<T>>(a[l * by[0]]) * states[l] + added;
          h[l * by[2]] = static_cast<T>(states[l]);
        }
      }
    });
  });
}

void CumExtremum::run_task(std::span<const Tensor> inputs, std::span<const Tensor> outputs, int64_t task) const {
  const int64_t length = inputs[0].shape[static_cast<size_t>(axis)];
  visit(inputs[0].dtype, [&](auto tag) {
    using T = typename decltype(tag)::type;
    if constexpr (is_complex_type<T>) {
      throw TypeError(name(), ": no kernel for ", inputs[0].dtype);
    } else {
      using Value = std::conditional_t<is_half_type<T>, float, T>;
      struct State {
        Value extremum;
        int64_t index;
      };
      const auto scan = [&](auto index_tag) {
        using Index = typename decltype(index_tag)::type;
        scan_task<State, T, Index>(
            inputs[0], outputs[0], axis, reverse, task, State{}, [&](State& state, const T& element, int64_t i) {
              const auto value = static_cast<Value>(element);
              const auto is_number = [](Value v) { return !std::is_floating_point_v<Value> || !std::isnan(double(v)); };
              const bool beats = largest ? !(value < state.extremum) : !(value > state.extremum);
              // Written so that a NaN beats everything, and only a NaN beats a NaN.
              if (i == 0 || !is_number(value) || (beats && is_number(state.extremum)))
                state = {value, reverse ? length - 1 - i : i};
              return static_cast<Index>(state.index);
            });
      };
      if (outputs[0].dtype == DType::int64)
        scan(TypeTag<int64_t>{});
      else
        scan(TypeTag<int32_t>{});
    }
  });
}

}  // namespace ingot
