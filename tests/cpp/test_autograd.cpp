// Gradients in C++.
#include "check.h"

using namespace ingot;

namespace {

Array leaf(std::initializer_list<double> values) {
  Array x = array(values);
  x.set_requires_grad();
  return x;
}

void gradient_of_a_polynomial() {
  const Array x = leaf({2, 3});
  backward(x * x + 3 * x + 5);
  CHECK(check::near(x.grad(), {7, 9}));
}

void gradients_accumulate() {
  const Array x = leaf({1, 2});
  backward(sum(square(x)));
  backward(sum(square(x)));
  CHECK(check::near(x.grad(), {4, 8}));
}

void second_order() {
  const Array x = leaf({2});
  const Array first = gradients({pow(x, 3)}, {x}, {}, {.create_graph = true})[0];
  CHECK(check::near(first, {12}));
  CHECK(check::near(gradients({first}, {x})[0], {12}));
}

void nothing_is_recorded_without_grad_mode() {
  const Array x = leaf({1});
  const GradMode off(false);
  CHECK(!(x * 2).requires_grad());
}

void forward_mode_agrees() {
  const auto [outputs, tangents] =
      jvp([](const Arrays& in) { return Arrays{sin(in[0])}; }, {array({0.5})}, {array({1.0})});
  CHECK(check::near(outputs[0], {std::sin(0.5)}));
  CHECK(check::near(tangents[0], {std::cos(0.5)}));
}

void errors() {
  CHECK_THROWS(GradError, "", backward(array({1.0})));
  const Array x = leaf({1});
  const Array y = x * x;
  backward(y);
  CHECK_THROWS(GradError, "", backward(y));
}

}  // namespace

int main() {
  return check::run({
      {"gradient of a polynomial", gradient_of_a_polynomial},
      {"gradients accumulate", gradients_accumulate},
      {"second order", second_order},
      {"nothing is recorded without grad mode", nothing_is_recorded_without_grad_mode},
      {"forward mode agrees", forward_mode_agrees},
      {"errors", errors},
  });
}
