// Schedules, quasi-Newton steps, averages and loss scaling, from C++.
#include "check.h"

using namespace ingot;

namespace {

Array leaf(std::initializer_list<double> values) {
  Array x = array(values);
  x.set_requires_grad();
  return x;
}

void warm_up_then_decay() {
  optim::SGD optimizer({leaf({1})}, {.lr = 1});
  const auto warm_up = std::make_shared<optim::LinearLR>(optimizer, 0.5, 1.0, 2);
  const auto decay = std::make_shared<optim::ExponentialLR>(optimizer, 0.5);
  optim::SequentialLR schedule(optimizer, {warm_up, decay}, {2});
  std::vector<double> rates{optimizer.lr()};
  for (int i = 0; i < 4; ++i) {
    schedule.step();
    rates.push_back(optimizer.lr());
  }
  CHECK((rates == std::vector<double>{0.5, 0.75, 1, 0.5, 0.25}));
  CHECK(schedule.last_lr() == std::vector<double>{0.25});
}

void a_recording_sees_rate_and_momentum() {
  const Array w = leaf({0}), other = leaf({0});
  optim::SGD recorded({w}, {.lr = 1, .momentum = 0.5}), eager({other}, {.lr = 1, .momentum = 0.5});
  const auto step = [](const Array& param, optim::Optimizer& optimizer, const Array& x) {
    optimizer.zero_grad();
    backward(sum(param * x));
    optimizer.step();
  };
  const Array x = array({1.0});
  step(w, recorded, x);
  step(other, eager, x);
  const Recording recording(
      [&](const std::vector<Array>& arguments) {
        step(w, recorded, arguments[0]);
        return std::vector<Array>{};
      },
      {x});
  const uint64_t before = optim::settings_version();
  for (const double momentum : {0.5, 0.25, 0.75}) {
    for (optim::Optimizer* optimizer :
         {static_cast<optim::Optimizer*>(&recorded), static_cast<optim::Optimizer*>(&eager)}) {
      optimizer->set_option(0, "momentum", momentum);
      optimizer->set_lr(momentum * 2);
    }
    recording.run({x});
    step(other, eager, x);
  }
  CHECK(optim::settings_version() == before);
  CHECK(check::near(w, to_vector<double>(other)));
  recorded.set_option(0, "weight_decay", 0.1);
  CHECK(optim::settings_version() != before);
}

void lbfgs_finds_the_minimum() {
  const Array x = leaf({-1.2}), y = leaf({1});
  optim::LBFGS optimizer({x, y}, {.max_iter = 50, .strong_wolfe = true});
  const Array first = optimizer.step([&] {
    optimizer.zero_grad();
    const Array loss = sum(100.0 * square(y - square(x)) + square(1.0 - x));
    backward(loss);
    return loss;
  });
  CHECK(check::near(first, {24.2}));
  CHECK(check::near(x, {1}, 1e-3));
  CHECK(check::near(y, {1}, 1e-3));
  CHECK_THROWS(TypeError, "closure", optimizer.step());
}

void bad_steps_are_skipped() {
  const Array w = leaf({1, 1});
  optim::Adam optimizer({w}, {.lr = 0.5});
  optim::GradScaler scaler({.init_scale = 8});
  const auto step = [&](double value) {
    optimizer.zero_grad();
    backward(scaler.scale(sum(w * value)));
    scaler.step(optimizer);
    scaler.update();
  };
  step(1);
  CHECK(check::near(w, {0.5, 0.5}));
  step(std::numeric_limits<double>::infinity());
  CHECK(check::near(w, {0.5, 0.5}));
  CHECK(scaler.get_scale() == 4);
}

void averages_change_places_with_parameters() {
  const Array w = leaf({1});
  optim::EMA average({w}, 0.75);
  w.rebind_unchecked(array({5.0}).node());
  average.update();
  average.swap();
  CHECK(check::near(w, {2}));
  average.swap();
  CHECK(check::near(w, {5}));
}

void autocast_lowers_products() {
  const Array x = ones({2, 2});
  {
    const AutocastScope low(DType::bfloat16);
    CHECK(matmul(x, x).dtype() == DType::bfloat16);
    CHECK(softmax(matmul(x, x), -1).dtype() == DType::float32);
  }
  CHECK(matmul(x, x).dtype() == DType::float32);
}

}  // namespace

int main() {
  return check::run({
      {"warm-up, then decay", warm_up_then_decay},
      {"a recording sees rate and momentum", a_recording_sees_rate_and_momentum},
      {"L-BFGS finds the minimum", lbfgs_finds_the_minimum},
      {"bad steps are skipped", bad_steps_are_skipped},
      {"averages change places with parameters", averages_change_places_with_parameters},
      {"autocast lowers products", autocast_lowers_products},
  });
}
