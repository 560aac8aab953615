#include "ingot/nn/factory.h"

#include "ingot/nn/activation.h"
#include "ingot/nn/dropout.h"
#include "ingot/nn/flatten.h"
#include "ingot/nn/linear.h"
#include "ingot/nn/loss.h"
#include "ingot/nn/sequential.h"

namespace ingot::nn {

namespace {

/// An activation's configuration is empty unless it is in place.
template <class A>
ModulePtr build_activation(const Json& config) {
  const Json* inplace = config.find("inplace");
  return std::make_shared<A>(inplace && inplace->as_bool());
}

template <class L>
ModulePtr build_loss(const Json& config) {
  return std::make_shared<L>(parse_reduction(config.at("reduction").as_string()));
}

ModulePtr build_linear(const Json& config) {
  return std::make_shared<Linear>(config.at("in_features").as_int(), config.at("out_features").as_int(),
                                  config.at("bias").as_bool());
}

ModulePtr build_dropout(const Json& config) {
  return std::make_shared<Dropout>(config.at("p").as_double(), config.at("inplace").as_bool());
}

ModulePtr build_flatten(const Json& config) {
  return std::make_shared<Flatten>(config.at("start_dim").as_int(), config.at("end_dim").as_int());
}

/// Of a module that is nothing but its children.
template <class M>
ModulePtr build_empty(const Json&) {
  return std::make_shared<M>();
}

const Builder kBuilders[] = {
    {"Module", &typeid(Module), build_empty<Module>},
    {"Sequential", &typeid(Sequential), build_empty<Sequential>},
    {"Linear", &typeid(Linear), build_linear},
    {"Dropout", &typeid(Dropout), build_dropout},
    {"Flatten", &typeid(Flatten), build_flatten},
#define INGOT_ACTIVATION_BUILDER(Name, function) {#Name, &typeid(Name), build_activation<Name>},
    INGOT_ACTIVATIONS(INGOT_ACTIVATION_BUILDER)
#undef INGOT_ACTIVATION_BUILDER
        {"MSELoss", &typeid(MSELoss), build_loss<MSELoss>},
    {"CrossEntropyLoss", &typeid(CrossEntropyLoss), build_loss<CrossEntropyLoss>},
};

}  // namespace

std::span<const Builder> builders() { return kBuilders; }

const Builder* find_builder(std::string_view type_name) {
  for (const Builder& builder : kBuilders)
    if (type_name == builder.type_name) return &builder;
  return nullptr;
}

}  // namespace ingot::nn
