// Activations without parameters, as modules. One row for each that has no options; from it come the class, its entry for model files, and the
// Python binding.
#pragma once

#include "ingot/nn/module.h"
#include "ingot/ops/elementwise.h"

namespace ingot::nn {

/// Base of the rows below.
class Activation : public Module {
 public:
  /// `inplace` is PyTorch's: it is shown and kept, but changes nothing here, since the engine reuses memory by itself.
  explicit Activation(bool inplace) : inplace_(inplace) {}
  bool inplace() const noexcept { return inplace_; }
  std::string extra_repr() const override { return inplace_ ? "inplace=True" : ""; }
  Json config() const override { return inplace_ ? Json::Object{{"inplace", true}} : Json::Object{}; }

 private:
  bool inplace_;
};

/// X(class, elementwise function of ops/elementwise.def)
#define INGOT_ACTIVATIONS(X) X(ReLU, relu) X(Tanh, tanh) X(Sigmoid, sigmoid) X(SiLU, silu)

#define INGOT_ACTIVATION_CLASS(Name, function)                                                                         \
  class Name : public Activation {                                                                                     \
   public:                                                                                                             \
    explicit Name(bool inplace = false) : Activation(inplace) {}                                                       \
    Array forward(const Array& x) override { return ::ingot::function(x); }                                            \
    std::string type_name() const override { return #Name; }                                                           \
  };
INGOT_ACTIVATIONS(INGOT_ACTIVATION_CLASS)
#undef INGOT_ACTIVATION_CLASS

/// `gelu`, exact or by tanh.
class GELU : public Module {
 public:
  /// `approximate`: "none", or "tanh" for `functional::gelu_tanh`. Throws ValueError for anything else.
  explicit GELU(std::string approximate = "none");
  const std::string& approximate() const noexcept { return approximate_; }

  Array forward(const Array& x) override;
  std::string type_name() const override { return "GELU"; }
  std::string extra_repr() const override;
  Json config() const override;

 private:
  std::string approximate_;
};

}  // namespace ingot::nn
