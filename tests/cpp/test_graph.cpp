// Arrays and operations as a C++ program meets them.
#include "check.h"

using namespace ingot;

namespace {

void handles_have_reference_semantics() {
  const Array a = array({1.f, 2.f, 3.f});
  const Array b = a;
  b.rebind(b + 1);
  CHECK(a.is(b));
  CHECK(check::near(a, {2, 3, 4}));
}

void rebinding_leaves_recorded_values_alone() {
  const Array a = array({1.f, 2.f});
  const Array doubled = a * 2;
  a.rebind(a + 10);
  CHECK(check::near(doubled, {2, 4}));
  CHECK(check::near(a, {11, 12}));
}

void operations_broadcast_and_promote() {
  const Array column = array<int32_t>({1, 2}, {2, 1});
  const Array row = array({0.5f, 1.5f, 2.5f});
  const Array total = column + row;
  CHECK((total.shape() == Shape{2, 3}));
  CHECK(total.dtype() == DType::float32);
  CHECK(check::near(total, {1.5, 2.5, 3.5, 2.5, 3.5, 4.5}));
}

void numbers_are_weak() {
  CHECK((array<int32_t>({1, 2}) * 2).dtype() == DType::int32);
  CHECK((array({1.f}) * 2.5).dtype() == DType::float32);
  CHECK((1 / array({4.0})).dtype() == DType::float64);
}

void deep_graphs_need_no_stack() {
  Array x = zeros({1});
  for (int i = 0; i < 300'000; ++i) x = x + 1;
  CHECK(item<double>(x) == 300'000);
}

void errors_say_what_came() {
  CHECK_THROWS(ShapeError, "(2, 3)", zeros({2, 3}) + zeros({3, 3}));
  CHECK_THROWS(ShapeError, "(4, 5)", matmul(zeros({2, 3}), zeros({4, 5})));
  CHECK_THROWS(IndexError, "axis", sum(zeros({2}), Axes{3}));
  if (const Device gpu = parse_device("mps"); !is_available(gpu))
    CHECK_THROWS(DeviceError, "cpu", require_available(gpu));
}

}  // namespace

int main() {
  return check::run({
      {"handles have reference semantics", handles_have_reference_semantics},
      {"rebinding leaves recorded values alone", rebinding_leaves_recorded_values_alone},
      {"operations broadcast and promote", operations_broadcast_and_promote},
      {"numbers are weak", numbers_are_weak},
      {"deep graphs need no stack", deep_graphs_need_no_stack},
      {"errors say what came", errors_say_what_came},
  });
}
