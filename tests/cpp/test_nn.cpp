// Modules: registries, walks, state dicts, layers and losses.
#include "check.h"

using namespace ingot;

namespace {

/// A user's module with a parameter, a buffer and a child.
class Scaled : public nn::Module {
 public:
  Scaled() {
    register_parameter("gain", nn::parameter(full({2}, 3, DType::float32)));
    register_buffer("seen", zeros({1}));
    inner_ = register_module("inner", std::make_shared<nn::Linear>(2, 2));
  }
  Array forward(const Array& x) override { return (*inner_)(x)*get_parameter("gain"); }

 private:
  std::shared_ptr<nn::Linear> inner_;
};

std::vector<std::string> names(const NamedArrays& arrays) {
  std::vector<std::string> result;
  for (const auto& [name, array] : arrays) result.push_back(name);
  return result;
}

void walks_are_in_order() {
  nn::Sequential model(std::make_shared<Scaled>(), nn::ReLU(), nn::Linear(2, 1));
  CHECK((names(model.named_parameters()) ==
         std::vector<std::string>{"0.gain", "0.inner.weight", "0.inner.bias", "2.weight", "2.bias"}));
  CHECK((names(model.named_buffers()) == std::vector<std::string>{"0.seen"}));
  CHECK(model.named_modules().size() == 5);
  CHECK(model.named_modules()[2].first == "0.inner");
}

void shared_parameters_are_listed_once() {
  const auto a = std::make_shared<nn::Linear>(2, 2);
  const auto b = std::make_shared<nn::Linear>(2, 2);
  b->register_parameter("weight", a->weight());
  nn::Sequential model(a, b, a);
  CHECK(model.parameters().size() == 3);
  CHECK(model.named_modules().size() == 3);
  CHECK((names(model.state_dict()) == std::vector<std::string>{"0.weight", "0.bias", "1.weight", "1.bias"}));
  model.load_state_dict({{"2.weight", ones({2, 2})}, {"0.bias", zeros({2})}, {"1.bias", zeros({2})}});
  CHECK(check::near(b->weight(), {1, 1, 1, 1}));
}

void cycles_end() {
  const auto a = std::make_shared<nn::Sequential>();
  const auto b = std::make_shared<nn::Sequential>();
  a->append(b);
  b->append(a);
  CHECK(a->named_modules().size() == 2);
  CHECK(a->repr().find("...") != std::string::npos);
  a->train(false);
  CHECK(!b->training());
  CHECK_THROWS(ValueError, "contain itself", (*a)(zeros({1})));
  b->unregister("0");
}

void deep_trees_are_freed() {
  auto root = std::make_shared<nn::Sequential>();
  for (int i = 0; i < 200'000; ++i) {
    auto parent = std::make_shared<nn::Sequential>();
    parent->append(std::move(root));
    root = std::move(parent);
  }
}

void repr_is_a_tree() {
  nn::Sequential model(nn::Linear(2, 3), nn::Sequential(nn::Tanh(), nn::Dropout(0.25)));
  CHECK(model.repr() ==
        "Sequential(\n"
        "  (0): Linear(in_features=2, out_features=3, bias=True)\n"
        "  (1): Sequential(\n"
        "    (0): Tanh()\n"
        "    (1): Dropout(p=0.25, inplace=False)\n"
        "  )\n"
        ")");
  CHECK(Scaled().type_name() == "Scaled");
}

void state_dicts_copy() {
  nn::Linear a(3, 2), b(3, 2);
  const NamedArrays state = a.state_dict();
  b.load_state_dict(state);
  CHECK(to_vector<float>(a.weight()) == to_vector<float>(b.weight()));
  CHECK(b.weight().requires_grad() && b.weight().is_leaf());
  const std::vector<float> before = to_vector<float>(state[0].second);
  const GradMode off(false);
  a.weight().rebind(a.weight() + 1);
  CHECK(to_vector<float>(state[0].second) == before);
  b.load_state_dict({{"weight", full({2, 3}, 2, DType::float64)}, {"bias", zeros({2}, DType::int32)}});
  CHECK(b.weight().dtype() == DType::float32);
}

void state_dicts_that_do_not_fit() {
  nn::Linear layer(3, 2);
  const std::vector<float> before = to_vector<float>(layer.weight());
  CHECK_THROWS(KeyError, "did you mean \"weight\"",
               layer.load_state_dict({{"weigth", zeros({2, 3})}, {"bias", zeros({2})}}));
  CHECK_THROWS(KeyError, "missing \"bias\"", layer.load_state_dict({{"weight", zeros({2, 3})}}));
  CHECK_THROWS(ShapeError, "(3, 3)", layer.load_state_dict({{"bias", zeros({2})}, {"weight", zeros({3, 3})}}));
  CHECK(to_vector<float>(layer.weight()) == before);
  const auto result = layer.load_state_dict({{"bias", ones({2})}, {"other", zeros({1})}}, false);
  CHECK(result.missing == std::vector<std::string>{"weight"} && result.unexpected == std::vector<std::string>{"other"});
}

void casting_and_devices() {
  nn::Linear layer(3, 2);
  backward(sum(layer(ones({1, 3}))));
  layer.to(DType::float64);
  CHECK(layer.weight().dtype() == DType::float64 && layer.weight().grad().dtype() == DType::float64);
  CHECK(layer(ones({1, 3}, DType::float64)).dtype() == DType::float64);
  layer.to(Device{});
  CHECK_THROWS(TypeError, "floating", layer.to(DType::int32));
}

void bad_names() {
  nn::Module module;
  CHECK_THROWS(ValueError, "a.b", module.register_parameter("a.b", zeros({1})));
  CHECK_THROWS(KeyError, "none", module.get_parameter("x"));
}

void dropout_drops_only_in_training() {
  random::seed(1);
  nn::Dropout layer(0.5);
  const Array x = ones({10'000});
  const double kept = item<double>(mean(astype(layer(x) > 0, DType::float32)));
  CHECK(kept > 0.45 && kept < 0.55);
  CHECK(std::abs(item<double>(mean(layer(x))) - 1) < 0.1);
  layer.eval();
  CHECK(layer(x).is(x));
  CHECK_THROWS(ValueError, "1.5", nn::Dropout(1.5));
}

void linear_starts_in_bounds() {
  nn::Linear layer(100, 50);
  CHECK(item<double>(max(abs(layer.weight()))) <= 0.1);
  CHECK(item<double>(max(abs(layer.weight()))) > 0.09);
  CHECK(!nn::Linear(2, 3, false).bias().defined());
  CHECK_THROWS(ValueError, "-1", nn::Linear(-1, 2));
}

void losses() {
  namespace F = nn::functional;
  const Array a = array({1.0, 2.0}), b = array({3.0, 5.0});
  CHECK(check::near(F::mse_loss(a, b), {6.5}));
  CHECK(check::near(F::mse_loss(a, b, nn::Reduction::none), {4, 9}));
  CHECK_THROWS(ShapeError, "(2, 1)", F::mse_loss(zeros({2, 1}), zeros({2})));

  const Array logits = array<double>({1, 2, 3, 1, 1, 1}, {2, 3});
  const double first = std::log(1 + std::exp(1) + std::exp(2)), second = std::log(3);
  CHECK(check::near(F::cross_entropy(logits, array<int64_t>({0, 2}), nn::Reduction::none), {first, second}));
  const Array one_hot = array<double>({1, 0, 0, 0, 0, 1}, {2, 3});
  CHECK(check::near(F::cross_entropy(logits, one_hot), {(first + second) / 2}));
  CHECK_THROWS(IndexError, "-1", F::cross_entropy(logits, array<int32_t>({0, -1})));
  CHECK_THROWS(IndexError, "3", F::cross_entropy(logits, array<int32_t>({0, 3})));
  CHECK_THROWS(IndexError, "", eval(F::cross_entropy(logits, array<int32_t>({0, -1}) + 0)));
  CHECK_THROWS(ShapeError, "(3,)", F::cross_entropy(logits, zeros({3}, DType::int32)));
  CHECK_THROWS(TypeError, "bool", F::cross_entropy(logits, zeros({2}, DType::bool_)));
}

}  // namespace

int main() {
  return check::run({
      {"walks are in order", walks_are_in_order},
      {"shared parameters are listed once", shared_parameters_are_listed_once},
      {"cycles end", cycles_end},
      {"deep trees are freed", deep_trees_are_freed},
      {"repr is a tree", repr_is_a_tree},
      {"state dicts copy", state_dicts_copy},
      {"state dicts that do not fit", state_dicts_that_do_not_fit},
      {"casting and devices", casting_and_devices},
      {"bad names", bad_names},
      {"dropout drops only in training", dropout_drops_only_in_training},
      {"linear starts in bounds", linear_starts_in_bounds},
      {"losses", losses},
  });
}
