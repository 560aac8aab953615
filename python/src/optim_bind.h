// Python classes of update rules, from tables of their arguments.
#pragma once

#include <tuple>
#include <type_traits>

#include "optim_groups.h"

namespace ingot::python {

/// An argument of a rule's constructor: a member of its options `O`, or several that Python takes as one tuple.
template <class O, class First, class... More>
struct Hyperparameter {
  using Type = std::conditional_t<sizeof...(More) == 0, First, std::tuple<First, More...>>;

  Type get(const O& options) const {
    return std::apply([&](auto... member) { return Type(options.*member...); }, members);
  }
  void set(O& options, const Type& value) const {
    std::apply([&](auto... member) { std::tie(options.*member...) = std::tuple<First, More...>(value); }, members);
  }

  const char* name;
  std::tuple<First O::*, More O::*...> members;
};

template <class O, class... T>
Hyperparameter<O, T...> hyperparameter(const char* name, T O::*... members) {
  return {name, {members...}};
}

/// The class of a rule with options `O`. An argument's default is the members' initial value.
template <class Rule, class O, class... P, class... K>
void def_rule(py::module_& m, const char* name, const std::tuple<P...>& positional,
              const std::tuple<K...>& keyword_only, const char* doc) {
  const O defaults;
  const auto define = [&](const P&... p, const K&... k) {
    py::class_<Rule, optim::Optimizer>(m, name, doc)
        .def(py::init([p..., k...](const py::object& params, const typename P::Type&... of_p,
                                   const typename K::Type&... of_k, const py::kwargs& tuning) {
               O options;
               (p.set(options, of_p), ...);
               (k.set(options, of_k), ...);
               return make_optimizer<Rule>(params, options, tuning);
             }),
             "params"_a, (py::arg(p.name) = p.get(defaults))..., py::kw_only(), (py::arg(k.name) = k.get(defaults))...);
  };
  std::apply(define, std::tuple_cat(positional, keyword_only));
}

}  // namespace ingot::python
