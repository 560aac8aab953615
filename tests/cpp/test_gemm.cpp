// The matrix kernels of the pack that this machine uses, for all small shapes and ways to lie in memory, against
// float64: results, and no access beyond the end of an operand.
#include <ingot/cpu/load_pack.h>
#include <ingot/graph/dtype.h>
#include <sys/mman.h>
#include <unistd.h>

#include <random>

#include "check.h"

namespace {

using namespace ingot;
using cpu::Gemm;
using cpu::Window;

/// Elements between two pages that cannot be accessed; they end exactly where the second begins.
template <class T>
class Fenced {
 public:
  explicit Fenced(int64_t count) {
    const auto page = static_cast<size_t>(sysconf(_SC_PAGESIZE)), bytes = static_cast<size_t>(count) * sizeof(T);
    length_ = (bytes + page - 1) / page * page + 2 * page;
    base_ = static_cast<std::byte*>(mmap(nullptr, length_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    mprotect(base_, page, PROT_NONE);
    mprotect(base_ + length_ - page, page, PROT_NONE);
    data = reinterpret_cast<T*>(base_ + length_ - page - bytes);
  }
  ~Fenced() { munmap(base_, length_); }
  Fenced(const Fenced&) = delete;
  Fenced& operator=(const Fenced&) = delete;

  T* data;

 private:
  std::byte* base_;
  size_t length_;
};

enum Order { by_rows, by_columns, scattered };

struct Case {
  int64_t m, n, k;
  Order a, b, c;
  bool accumulate, in_panels;
};

struct Layout {
  Window strides;
  int64_t size;
};
Layout layout(Order order, int64_t rows, int64_t columns, int64_t gap) {
  const Window strides = order == by_rows      ? Window{columns + gap, 1}
                         : order == by_columns ? Window{1, rows + gap}
                                               : Window{2 * columns + 1, 2};
  if (rows == 0 || columns == 0) return {strides, 0};
  return {strides, (rows - 1) * strides.row_stride + (columns - 1) * strides.column_stride + 1};
}

template <class T>
void check_case(const Case& x, std::mt19937_64& random) {
  const auto dtype = static_cast<int>(dtype_of<T>);
  const auto gap = static_cast<int64_t>(random() % 3);
  const Layout a = layout(x.a, x.m, x.k, gap), b = layout(x.b, x.k, x.n, gap), c = layout(x.c, x.m, x.n, gap);
  const Fenced<T> left(a.size), right(b.size), out(c.size);
  // Sums of these are exact, in any order.
  const auto fill = [&](const Fenced<T>& to, int64_t size) {
    for (int64_t i = 0; i < size; ++i) to.data[i] = static_cast<T>(static_cast<int>(random() % 17) - 8) / 8;
  };
  fill(left, a.size);
  fill(right, b.size);
  fill(out, c.size);
  std::vector<double> expected(out.data, out.data + c.size);
  for (int64_t i = 0; i < x.m; ++i) {
    for (int64_t j = 0; j < x.n; ++j) {
      double& element = expected[static_cast<size_t>(i * c.strides.row_stride + j * c.strides.column_stride)];
      if (!x.accumulate) element = 0;
      for (int64_t p = 0; p < x.k; ++p)
        element += static_cast<double>(left.data[i * a.strides.row_stride + p * a.strides.column_stride]) *
                   static_cast<double>(right.data[p * b.strides.row_stride + j * b.strides.column_stride]);
    }
  }

  const cpu::PanelFns& panels = cpu::pack().panels[dtype];
  const int64_t padded = (x.n + panels.columns - 1) / panels.columns * panels.columns;
  const Fenced<T> packed(x.in_panels ? padded * x.k : 1);
  if (x.in_panels) panels.pack(packed.data, right.data, b.strides, x.k, x.n);
  alignas(64) static std::byte workspace[cpu::kGemmWorkspace];
  Gemm gemm{
      out.data,  left.data,   x.in_panels ? packed.data : right.data, x.m, x.n, x.k, c.strides.row_stride, a.strides,
      b.strides, x.accumulate};
  gemm.c_column = c.strides.column_stride;
  gemm.b_in_panels = x.in_panels;
  gemm.workspace = workspace;
  cpu::pack().gemm[dtype](gemm);

  for (size_t i = 0; i < expected.size(); ++i) {
    if (static_cast<double>(out.data[i]) == expected[i]) continue;
    check::fail(__FILE__, __LINE__,
                concat(cpu::pack_name(), ": ", name_of(dtype_of<T>), " product ", x.m, " x ", x.k, " x ", x.n,
                       ", orders ", int{x.a}, int{x.b}, int{x.c}, x.accumulate ? ", accumulated" : "",
                       x.in_panels ? ", in panels" : "", ": element ", i, " is ", out.data[i], ", not ", expected[i]));
  }
}

void check_both(const Case& x, std::mt19937_64& random) {
  check_case<float>(x, random);
  check_case<double>(x, random);
}

Case any(int64_t m, int64_t n, int64_t k, std::mt19937_64& random) {
  const auto order = [&](uint64_t orders) { return static_cast<Order>(random() % orders); };
  return {m, n, k, order(3), order(3), order(2), random() % 2 == 0, random() % 3 == 0};
}

void check_small() {
  std::mt19937_64 random(1);
  const auto up_to = [&](uint64_t most) { return static_cast<int64_t>(1 + random() % most); };
  for (int i = 0; i < 6000; ++i) check_both(any(up_to(40), up_to(70), up_to(40), random), random);
}

/// Several blocks along one axis.
void check_long() {
  std::mt19937_64 random(2);
  const auto up_to = [&](uint64_t most) { return static_cast<int64_t>(1 + random() % most); };
  for (int i = 0; i < 60; ++i) {
    check_both(any(up_to(500), up_to(40), up_to(40), random), random);
    check_both(any(up_to(30), up_to(1500), up_to(40), random), random);
    check_both(any(up_to(30), up_to(40), up_to(2500), random), random);
    check_both(any(up_to(3), up_to(400), up_to(900), random), random);
  }
}

/// What only large operands do: b copied to panels or read row by row, rows of a that evict one another.
void check_large() {
  std::mt19937_64 random(3);
  for (const Case& x : {Case{200, 700, 800, by_rows, by_rows, by_rows, false, false},
                        Case{200, 300, 2300, by_rows, by_columns, by_columns, true, false},
                        Case{1, 3000, 700, by_rows, by_rows, by_rows, false, false},
                        Case{2, 3000, 301, by_columns, by_rows, by_rows, true, false},
                        Case{16, 2000, 301, by_rows, by_rows, by_rows, false, false},
                        Case{64, 150, 4096, by_rows, by_rows, by_rows, false, false},
                        Case{4096, 70, 100, by_columns, by_columns, by_rows, false, false},
                        Case{8, 30, 50000, by_columns, by_columns, by_columns, true, false}})
    check_both(x, random);
}

void check_empty() {
  std::mt19937_64 random(4);
  check_both({5, 7, 0, by_rows, by_rows, by_columns, false, false}, random);
  check_both({5, 7, 0, by_rows, by_rows, by_rows, true, false}, random);
}

}  // namespace

int main() {
  return check::run({{"small", check_small}, {"long", check_long}, {"large", check_large}, {"empty", check_empty}});
}
