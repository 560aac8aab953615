// Transforms in C++: linearisation, jacobians, custom functions, dual arrays, anomalies.
#include "check.h"

using namespace ingot;

namespace {

const Function kSquares = [](const Arrays& in) { return Arrays{in[0] * in[0]}; };

void a_linearization_runs_its_function_once() {
  int runs = 0;
  const Function f = [&](const Arrays& in) {
    ++runs;
    return Arrays{sin(in[0]) * in[1]};
  };
  const Linearization at(f, {array({0.0, 1.0}), array({2.0, 3.0})});
  for (double scale : {1.0, 2.0}) {
    const Array direction = array({scale, 0.0});
    CHECK(check::near(at.push_forward({direction, Array()})[0], {2 * scale, 0}));
    CHECK(check::near(at.pull_back({direction})[0], {2 * scale, 0}));
  }
  CHECK(runs == 1);
  CHECK(!at.outputs()[0].requires_grad());
  CHECK_THROWS(ShapeError, "(3,)", at.pull_back({array({1.0, 2.0, 3.0})}));
}

void a_linear_function_is_transposed() {
  const Function f = [](const Arrays& in) { return Arrays{in[0] * 3}; };
  CHECK(check::near(linear_transpose(f, {array({7.0})}, {array({2.0})})[0], {6}));
}

void jacobians_choose_their_mode() {
  const Jacobian square = jacobian(kSquares, {array({1.0, 2.0})});
  CHECK(square.mode == JacobianMode::reverse);
  CHECK(check::near(square.blocks[0][0], {2, 0, 0, 4}));
  const Function tall = [](const Arrays& in) { return Arrays{stack({in[0], in[0] * in[0]}, 0)}; };
  const Jacobian column = jacobian(tall, {full({}, 3, DType::float32)});
  CHECK(column.mode == JacobianMode::forward);
  CHECK(check::near(column.blocks[0][0], {1, 6}));
  CHECK(check::near(jacobian(kSquares, {array({1.0, 2.0})}, JacobianMode::forward, 1).blocks[0][0], {2, 0, 0, 4}));
}

Array tripled(const Array& x) {
  CustomRules rules;
  rules.vjp = [](const CustomCall& made, const Arrays& cotangents, const std::vector<bool>&) {
    return Arrays{cotangents[0] * made.residuals[0]};
  };
  const auto forward = [](const Arrays& in) {
    return CustomResult{{in[0] * 3}, {full(in[0].shape(), 10, in[0].dtype())}};
  };
  return custom_function(forward, rules, {x})[0];
}

void custom_rules_are_used() {
  const Function f = [](const Arrays& in) { return Arrays{sum(tripled(in[0]))}; };
  const auto [outputs, gradients] = value_and_grad(f, {array({1.0, 2.0})}, {0});
  CHECK(check::near(outputs[0], {9}));
  CHECK(check::near(gradients[0], {10, 10}));
  // Forward mode is the transpose of the rule for reverse mode; batching batches it.
  CHECK(check::near(
      jvp([](const Arrays& in) { return Arrays{tripled(in[0])}; }, {array({1.0})}, {array({1.0})}).second[0], {10}));
  const Function gradient = [&](const Arrays& in) { return value_and_grad(f, in, {0}).second; };
  CHECK(check::near(vmap(gradient, {array({1.0, 2.0, 3.0})}, {0}, {0})[0], {10, 10, 10}));
}

void dual_arrays_carry_tangents() {
  DualLevel level;
  const Array dual = level.make_dual(array({3.0}), array({1.0}));
  const auto [value, tangent] = level.unpack(dual * dual);
  CHECK(check::near(value, {9}));
  CHECK(check::near(tangent, {6}));
  CHECK(!level.unpack(array({1.0})).second.defined());
  level.close();
  CHECK_THROWS(GradError, "ended", level.make_dual(array({3.0}), array({1.0})));
}

void anomalies_are_found() {
  AnomalyWatch watch({}, [] { return std::string("here"); });
  NodeWatch* before = NodeWatch::install(&watch);
  CHECK_THROWS(AnomalyError, "'log' gave an infinity at index (1,)", log(array({1.0, 0.0})));
  NodeWatch::install(before);
}

void backward_goes_to_the_inputs_asked_for() {
  Array x = array({2.0}), y = array({3.0});
  x.set_requires_grad();
  y.set_requires_grad();
  const Array product = x * y;
  backward({product * 2, product}, {}, {}, {x, product});
  CHECK(check::near(x.grad(), {9}));
  CHECK(check::near(product.grad(), {3}));
  CHECK(!y.grad().defined());
}

}  // namespace

int main() {
  return check::run({
      {"a linearization runs its function once", a_linearization_runs_its_function_once},
      {"a linear function is transposed", a_linear_function_is_transposed},
      {"jacobians choose their mode", jacobians_choose_their_mode},
      {"custom rules are used", custom_rules_are_used},
      {"dual arrays carry tangents", dual_arrays_carry_tangents},
      {"anomalies are found", anomalies_are_found},
      {"backward goes to the inputs asked for", backward_goes_to_the_inputs_asked_for},
  });
}
