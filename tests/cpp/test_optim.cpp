// Optimizers: their formulas, which parameters they touch, recording by jit, and exact resumption.
#include "check.h"

using namespace ingot;

namespace {

Array leaf(std::initializer_list<double> values) {
  Array x = array(values);
  x.set_requires_grad();
  return x;
}

/// One step on a fixed gradient.
void step(optim::Optimizer& optimizer, const Array& param, std::initializer_list<double> grad) {
  param.set_grad(array(grad));
  optimizer.step();
}

void sgd_with_momentum() {
  const Array w = leaf({1});
  optim::SGD optimizer({w}, {.lr = 0.1, .momentum = 0.9, .dampening = 0.5});
  step(optimizer, w, {1});
  CHECK(check::near(w, {0.9}));
  step(optimizer, w, {1});
  CHECK(check::near(w, {0.9 - 0.1 * (0.9 + 0.5)}));
}

void adam_follows_its_formula() {
  const Array w = leaf({1, -2});
  optim::Adam optimizer({w}, {.lr = 0.05, .weight_decay = 0.1});
  double value[2] = {1, -2}, m[2] = {}, v[2] = {};
  for (int t = 1; t <= 1000; ++t) {
    step(optimizer, w, {std::sin(t), std::cos(t)});
    for (int i = 0; i < 2; ++i) {
      const double g = (i ? std::cos(t) : std::sin(t)) + 0.1 * value[i];
      m[i] = 0.9 * m[i] + 0.1 * g;
      v[i] = 0.999 * v[i] + 0.001 * g * g;
      value[i] -= 0.05 * (m[i] / (1 - std::pow(0.9, t))) / (std::sqrt(v[i] / (1 - std::pow(0.999, t))) + 1e-8);
    }
  }
  CHECK(check::near(w, {value[0], value[1]}, 1e-10));
}

void parameters_age_on_their_own() {
  const Array a = leaf({1}), b = leaf({1}), alone = leaf({1});
  optim::Adam optimizer({a, b}, {.lr = 0.1});
  for (int i = 0; i < 5; ++i) step(optimizer, a, {1});
  CHECK(check::near(b, {1}));
  a.set_grad({});
  step(optimizer, b, {2});
  optim::Adam other({alone}, {.lr = 0.1});
  step(other, alone, {2});
  CHECK(to_vector<double>(b) == to_vector<double>(alone));
}

void a_whole_step_can_be_recorded() {
  const auto make = [] {
    random::seed(3);
    return nn::Sequential(nn::Linear(3, 4), nn::Tanh(), nn::Linear(4, 1));
  };
  nn::Sequential eager = make(), recorded = make();
  optim::AdamW eager_optimizer(eager.parameters(), {.lr = 0.01}),
      recorded_optimizer(recorded.parameters(), {.lr = 0.01});
  const auto train = [](nn::Module& model, optim::Optimizer& optimizer, const Array& x) {
    optimizer.zero_grad();
    const Array loss = mean(square(model(x)));
    backward(loss);
    optimizer.step();
    return loss;
  };
  const Array x = random::normal({5, 3});
  eval(x);
  const Recording recording([&](const Arrays& in) { return Arrays{train(recorded, recorded_optimizer, in[0])}; }, {x});
  for (int i = 0; i < 5; ++i) {
    if (i == 3) {
      eager_optimizer.set_lr(0.05);
      recorded_optimizer.set_lr(0.05);
    }
    CHECK(check::near(recording.run({x})[0], to_vector<double>(train(eager, eager_optimizer, x))));
  }
  CHECK(check::near(recorded.parameters()[0], to_vector<double>(eager.parameters()[0])));
}

void a_recorded_step_leaves_unused_parameters_alone() {
  const auto train = [](optim::Optimizer& optimizer, const Array& w, const Array& x) {
    optimizer.zero_grad();
    backward(sum(square(w * x)));
    optimizer.step();
  };
  const Array x = array({0.5});
  const Array a = leaf({1}), b = leaf({1}), c = leaf({1}), d = leaf({1});
  optim::Adam eager({a, b}, {.lr = 0.1}), recorded({c, d}, {.lr = 0.1});
  const Recording recording([&](const Arrays& in) { return train(recorded, c, in[0]), Arrays{}; }, {x});
  for (int i = 0; i < 3; ++i) {
    train(eager, a, x);
    recording.run({x});
  }
  CHECK(check::near(c, to_vector<double>(a)) && check::near(d, {1}));
  train(eager, b, x);
  train(recorded, d, x);
  CHECK(check::near(d, to_vector<double>(b)) && check::near(c, to_vector<double>(a)));
}

void resuming_is_exact() {
  const auto run = [](const Array& w, optim::Optimizer& optimizer, int from, int to) {
    for (int t = from; t < to; ++t) step(optimizer, w, {std::sin(t), std::cos(3 * t)});
  };
  const Array w = leaf({1, 2});
  optim::Adam optimizer({w}, {.lr = 0.1, .amsgrad = true});
  run(w, optimizer, 0, 7);
  const Array resumed = leaf({0, 0});
  resumed.rebind_unchecked(copied(w, w.dtype()).node());
  const NamedArrays state = optimizer.state_dict();
  run(w, optimizer, 7, 12);
  optim::Adam fresh({resumed}, {.lr = 9, .amsgrad = true});
  fresh.load_state_dict(state);
  run(resumed, fresh, 7, 12);
  CHECK(to_vector<double>(w) == to_vector<double>(resumed));
  CHECK(fresh.lr() == 0.1);
}

void groups_and_errors() {
  const Array a = leaf({0}), b = leaf({0});
  optim::SGD optimizer({a}, {.lr = 1});
  optimizer.add_param_group({b}, {{"lr", 0.5}});
  a.set_grad(array({1.0}));
  b.set_grad(array({1.0}));
  optimizer.step();
  CHECK(check::near(a, {-1}) && check::near(b, {-0.5}));
  optimizer.set_lr(0.25);
  CHECK(optimizer.lr(1) == 0.25);
  CHECK_THROWS(ValueError, "more than once", optimizer.add_param_group({a}));
  CHECK_THROWS(KeyError, "momentum", optimizer.add_param_group({leaf({1})}, {{"momentun", 0.5}}));
  CHECK_THROWS(KeyError, "group.1.lr", optim::SGD({leaf({1})}).load_state_dict(optimizer.state_dict()));
  CHECK_THROWS(ValueError, "lr", optim::SGD({leaf({1})}, {.lr = -1}));
  CHECK_THROWS(ValueError, "nesterov", optim::SGD({leaf({1})}, {.nesterov = true}));
  CHECK_THROWS(ValueError, "beta2", optim::Adam({leaf({1})}, {.beta2 = 1}));
  CHECK_THROWS(ValueError, "parameters", optim::Adam({}));
}

}  // namespace

int main() {
  return check::run({
      {"SGD with momentum", sgd_with_momentum},
      {"Adam follows its formula", adam_follows_its_formula},
      {"parameters age on their own", parameters_age_on_their_own},
      {"a whole step can be recorded", a_whole_step_can_be_recorded},
      {"a recorded step leaves unused parameters alone", a_recorded_step_leaves_unused_parameters_alone},
      {"resuming is exact", resuming_is_exact},
      {"groups and errors", groups_and_errors},
  });
}
