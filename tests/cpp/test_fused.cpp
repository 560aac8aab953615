// Random fused steps on the CPU backend against the reference backend: every shape of program, operands of any strides,
// outputs in the memory of inputs, one thread and two. A number as argument repeats one case.
#include <ingot/cpu/threads.h>
#include <ingot/engine/backend.h>

#include <algorithm>
#include <cstdlib>
#include <random>

#include "check.h"

namespace {

using namespace ingot;

enum class Form { pointwise, rows, columns };

/// Memory of one operand: all of it is compared, so that a write outside the operand's window shows.
struct Memory {
  std::vector<std::byte> bytes;
  int64_t origin = 0;  ///< element that the operand begins at
};

class Case {
 public:
  explicit Case(uint64_t seed) : random_(seed) {
    make_space();
    make_inputs();
    const int64_t operations = below(8) + (form_ != Form::pointwise);
    for (int64_t i = 0; i < operations; ++i) {
      if (form_ != Form::pointwise && (below(3) == 0 || i + 1 == operations)) {
        add_reduction();
      } else {
        add_pointwise();
      }
    }
    make_outputs();
  }

  /// Empty if both backends agree.
  std::string difference() const {
    const auto one = run(cpu_backend(), 1, true), two = run(cpu_backend(), 2, true);
    const auto expected = run(reference_backend(), 1, false);
    for (size_t k = 0; k < step_.outputs.size(); ++k) {
      if (one[k].bytes != two[k].bytes) return concat("output ", k, " depends on the number of threads\n", step_);
      if (const std::string text = compare(k, one[k], expected[k]); !text.empty()) return text;
    }
    return {};
  }

 private:
  int64_t below(int64_t n) { return static_cast<int64_t>(random_() % static_cast<uint64_t>(n)); }
  bool chance(int64_t one_in) { return below(one_in) == 0; }
  size_t axes() const { return step_.space.size(); }
  bool is_reduced(size_t axis) const {
    return axis >= step_.outer_axes && axis < step_.outer_axes + step_.reduced_axes;
  }

  void make_space() {
    const int64_t count = below(5);
    int64_t total = 1;
    for (int64_t i = 0; i < count; ++i) {
      int64_t length = chance(60)   ? 0
                       : chance(12) ? 1
                       : chance(10) ? 1 + below(40000)
                       : chance(5)  ? 1 + below(300)
                                    : 1 + below(9);
      while (total * length > 300000) length /= 4;
      total *= std::max<int64_t>(1, length);
      step_.space.push_back(length);
    }
    form_ = static_cast<Form>(below(3));
    if (count == 0) form_ = Form::pointwise;
    if (count == 1 && form_ == Form::columns) form_ = Form::rows;
    const int64_t inner = form_ == Form::columns ? 1 + below(count - 1) : 0;
    step_.reduced_axes = form_ == Form::pointwise ? 0 : static_cast<uint32_t>(1 + below(count - inner));
    step_.outer_axes = static_cast<uint32_t>(count - inner) - step_.reduced_axes;
    row_length_ = 1;
    for (size_t axis = 0; axis < axes(); ++axis)
      if (is_reduced(axis)) row_length_ *= step_.space[axis];
  }

  /// Strides of any order and sign, with gaps and repeats; 0 where `still` says so.
  Operand make_operand(DType dtype, const std::vector<bool>& still, bool may_repeat, Memory& memory) {
    std::vector<size_t> order(axes());
    for (size_t i = 0; i < order.size(); ++i) order[i] = i;
    if (chance(3)) std::shuffle(order.begin(), order.end(), random_);
    Operand operand;
    operand.dtype = dtype;
    operand.strides = Strides(axes(), 0);
    int64_t stride = chance(4) ? 1 + below(3) : 1, lowest = 0, highest = 0;
    for (size_t i = order.size(); i-- > 0;) {
      const size_t axis = order[i];
      if (still[axis] || (may_repeat && chance(6))) continue;
      const int64_t signed_stride = chance(8) ? -stride : stride, last = std::max<int64_t>(0, step_.space[axis] - 1);
      operand.strides[axis] = signed_stride;
      (signed_stride < 0 ? lowest : highest) += signed_stride * last;
      stride *= last + 1;
      if (chance(8)) stride += below(5);
    }
    memory.origin = -lowest;
    memory.bytes.resize(static_cast<size_t>(highest - lowest + 1) * size_of(dtype));
    return operand;
  }

  void make_inputs() {
    const DType dtypes[] = {DType::float32, DType::float32, DType::float32, DType::float64, DType::complex64,
                            DType::int32,   DType::int64,   DType::uint8,   DType::int8,    DType::bool_};
    const DType computed = dtypes[below(10)];
    for (int64_t i = 0, count = 1 + below(4); i < count; ++i) {
      std::vector<bool> still(axes());
      if (chance(4))
        for (size_t axis = 0; axis < axes(); ++axis) still[axis] = is_reduced(axis);
      if (chance(8)) still.assign(axes(), true);
      DType stored = computed;
      if (computed == DType::float32 && chance(4)) stored = chance(2) ? DType::float16 : DType::bfloat16;
      Memory memory;
      const Operand operand = make_operand(stored, still, true, memory);
      visit(stored, [&]<class T>(TypeTag<T>) {
        T* data = reinterpret_cast<T*>(memory.bytes.data());
        for (size_t k = 0; k < memory.bytes.size() / sizeof(T); ++k)
          data[k] = convert<T>(static_cast<double>(below(2000) - 1000) / 250);
      });
      Instr load{};
      load.kind = Instr::Kind::load;
      load.dtype = computed;
      load.index = static_cast<uint16_t>(i);
      load.reduced = form_ != Form::pointwise;
      for (size_t axis = 0; axis < axes(); ++axis)
        if (is_reduced(axis) && operand.strides[axis] != 0) load.reduced = false;
      push(load, false);
      step_.inputs.push_back(operand);
      inputs_.push_back(std::move(memory));
    }
  }

  void push(const Instr& instr, bool after_reduction) {
    step_.code.push_back(instr);
    after_reduction_.push_back(after_reduction);
  }

  /// A register that `accepts` takes, or -1.
  template <class F>
  int choose(F&& accepts) {
    std::vector<int> candidates;
    for (size_t r = 0; r < step_.code.size(); ++r)
      if (accepts(r)) candidates.push_back(static_cast<int>(r));
    return candidates.empty() ? -1 : candidates[static_cast<size_t>(below(static_cast<int64_t>(candidates.size())))];
  }

  /// The engine uses results of reductions in the same step only along rows that are not too long.
  bool reusable() const { return form_ == Form::rows && row_length_ <= cpu_backend().traits().longest_row; }

  void add_reduction() {
    const int source = choose([&](size_t r) { return !after_reduction_[r] || (reusable() && !step_.code[r].reduced); });
    if (source < 0) return;
    const DType dtype = step_.code[static_cast<size_t>(source)].dtype;
    const ReduceKind kinds[] = {ReduceKind::sum, ReduceKind::max, ReduceKind::min, ReduceKind::all, ReduceKind::any};
    Instr reduce{};
    reduce.kind = Instr::Kind::reduce;
    reduce.reduce = kinds[below(5)];
    const bool orders = reduce.reduce == ReduceKind::max || reduce.reduce == ReduceKind::min;
    if (orders && (is_complex(dtype) || row_length_ == 0)) reduce.reduce = ReduceKind::sum;
    if (dtype == DType::bool_ && reduce.reduce != ReduceKind::any) reduce.reduce = ReduceKind::all;
    const bool truth = reduce.reduce == ReduceKind::all || reduce.reduce == ReduceKind::any;
    reduce.dtype = truth ? DType::bool_ : dtype;
    reduce.reduced = true;
    reduce.source_count = 1;
    reduce.sources[0] = static_cast<uint16_t>(source);
    push(reduce, true);
  }

  void add_pointwise() {
    const bool only_kept = form_ != Form::pointwise && chance(4);
    const auto usable = [&](size_t r) {
      if (only_kept) return step_.code[r].reduced && !(form_ == Form::columns && after_reduction_[r]);
      return !after_reduction_[r] || reusable();
    };
    const int first = choose(usable);
    if (first < 0) return;
    const DType dtype = step_.code[static_cast<size_t>(first)].dtype;
    const int second = choose([&](size_t r) { return usable(r) && step_.code[r].dtype == dtype; });
    const int condition = choose([&](size_t r) { return usable(r) && step_.code[r].dtype == DType::bool_; });
    Instr instr{};
    instr.kind = Instr::Kind::pointwise;
    instr.dtype = dtype;
    instr.sources[0] = static_cast<uint16_t>(first);
    instr.sources[1] = static_cast<uint16_t>(second);
    instr.source_count = 2;
    switch (below(8)) {
      case 0:
        instr.opcode = Opcode::cast;
        instr.source_count = 1;
        instr.dtype = is_integer(dtype) || dtype == DType::bool_ ? DType::float32
                      : is_complex(dtype)                        ? dtype
                                                                 : DType::float64;
        break;
      case 1:
        // Of values as they were loaded: computed ones may be equal in one precision only.
        if (step_.code[instr.sources[0]].kind != Instr::Kind::load ||
            step_.code[instr.sources[1]].kind != Instr::Kind::load)
          return;
        instr.opcode = Opcode::equal;
        instr.dtype = DType::bool_;
        break;
      case 2:
        instr.opcode = is_complex(dtype) ? Opcode::add : Opcode::maximum;
        break;
      case 3:
        instr.opcode = dtype == DType::bool_ ? Opcode::multiply : Opcode::subtract;
        break;
      case 4:
        if (condition < 0) return;
        instr.opcode = Opcode::where;
        instr.source_count = 3;
        instr.sources[2] = instr.sources[1];
        instr.sources[1] = instr.sources[0];
        instr.sources[0] = static_cast<uint16_t>(condition);
        break;
      case 5:
        instr.opcode = is_floating(dtype) ? Opcode::tanh : Opcode::real;
        instr.dtype = to_real(dtype);
        instr.source_count = 1;
        break;
      default:
        instr.opcode = Opcode::add;
    }
    bool kept = form_ != Form::pointwise, after = false;
    for (int k = 0; k < instr.source_count; ++k) {
      kept &= step_.code[instr.sources[k]].reduced;
      after |= after_reduction_[instr.sources[k]];
    }
    instr.reduced = kept;
    push(instr, after);
  }

  bool kept_output(size_t k) const { return step_.code[step_.outputs[k].reg].reduced; }

  void make_outputs() {
    for (int64_t k = 0, count = 1 + below(3); k < count; ++k) {
      const auto reg = static_cast<uint16_t>(k == 0 ? static_cast<int64_t>(step_.code.size()) - 1
                                                    : below(static_cast<int64_t>(step_.code.size())));
      std::vector<bool> still(axes());
      for (size_t axis = 0; axis < axes(); ++axis) still[axis] = step_.code[reg].reduced && is_reduced(axis);
      const DType computed = step_.code[reg].dtype;
      Memory memory;
      Operand operand =
          make_operand(computed == DType::float32 && chance(5) ? DType::bfloat16 : computed, still, false, memory);
      operand.reg = reg;
      step_.outputs.push_back(operand);
      outputs_.push_back(std::move(memory));
      shared_with_.push_back(chance(2) ? find_shared(static_cast<size_t>(k)) : -1);
    }
  }

  /// An input whose memory output `k` may take, or -1.
  int find_shared(size_t k) const {
    const Operand& output = step_.outputs[k];
    for (size_t i = 0; i < step_.inputs.size(); ++i) {
      const Operand& input = step_.inputs[i];
      if (std::find(shared_with_.begin(), shared_with_.end(), static_cast<int>(i)) != shared_with_.end()) continue;
      bool fits = input.strides == output.strides && size_of(input.dtype) == size_of(output.dtype);
      for (size_t axis = 0; axis < axes(); ++axis)
        fits &= output.strides[axis] != 0 || step_.space[axis] <= 1 || (kept_output(k) && is_reduced(axis));
      if (fits) return static_cast<int>(i);
    }
    return -1;
  }

  std::vector<Memory> run(const Backend& backend, int threads, bool share) const {
    set_num_threads(threads);
    std::vector<Memory> inputs = inputs_, outputs = outputs_;
    std::vector<void*> addresses;
    const auto address = [](Memory& memory, DType dtype) {
      return memory.bytes.data() + memory.origin * static_cast<int64_t>(size_of(dtype));
    };
    for (size_t i = 0; i < inputs.size(); ++i) addresses.push_back(address(inputs[i], step_.inputs[i].dtype));
    for (size_t k = 0; k < outputs.size(); ++k) {
      const bool shared = share && shared_with_[k] >= 0;
      addresses.push_back(shared ? addresses[static_cast<size_t>(shared_with_[k])]
                                 : address(outputs[k], step_.outputs[k].dtype));
    }
    backend.compile(step_)->run(addresses);
    for (size_t k = 0; share && k < outputs.size(); ++k)
      if (shared_with_[k] >= 0) outputs[k] = inputs[static_cast<size_t>(shared_with_[k])];
    return outputs;
  }

  std::string compare(size_t k, const Memory& got, const Memory& expected) const {
    Shape shape = step_.space;
    for (size_t axis = 0; axis < axes(); ++axis)
      if (kept_output(k) && is_reduced(axis)) shape[axis] = 1;
    std::string text;
    visit(step_.outputs[k].dtype, [&]<class T>(TypeTag<T>) {
      for (int64_t i = 0, count = element_count(shape); i < count && text.empty(); ++i) {
        int64_t offset = 0, rest = i;
        for (size_t axis = axes(); axis-- > 0; rest /= shape[axis])
          offset += rest % shape[axis] * step_.outputs[k].strides[axis];
        const T a = reinterpret_cast<const T*>(got.bytes.data())[got.origin + offset];
        const T b = reinterpret_cast<const T*>(expected.bytes.data())[expected.origin + offset];
        if (!same(a, b))
          text = concat("output ", k, ", element ", i, ": ", shown(a), " instead of ", shown(b), "\n", step_);
      }
    });
    return text;
  }

  template <class T>
  static std::complex<double> shown(T x) {
    return convert<complex128>(x);
  }
  template <class T>
  static bool same(T a, T b) {
    if constexpr (std::is_integral_v<T>) return a == b;
    const double tolerance = is_half_type<T> ? 2e-2 : 2e-4;
    const complex128 x = shown(a), y = shown(b);
    return x == y || std::abs(x - y) <= tolerance * (1 + std::abs(y));
  }

  std::mt19937_64 random_;
  FusedStep step_;
  Form form_ = Form::pointwise;
  int64_t row_length_ = 1;
  std::vector<bool> after_reduction_;
  std::vector<Memory> inputs_, outputs_;
  std::vector<int> shared_with_;
};

}  // namespace

int main(int argc, char** argv) {
  const uint64_t first = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 0, last = argc > 1 ? first + 1 : 3000;
  return check::run({{"random steps", [&] {
                        for (uint64_t seed = first; seed < last; ++seed)
                          if (const std::string text = Case(seed).difference(); !text.empty())
                            check::fail(__FILE__, __LINE__, concat("case ", seed, ": ", text));
                      }}});
}
