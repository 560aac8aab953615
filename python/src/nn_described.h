// Python classes and functions from tables of options (csrc/nn/options.h).
#pragma once

#include <type_traits>

#include "guards.h"
#include "ingot/nn/options.h"
#include "nn_bind.h"

namespace pybind11::detail {

template <>
struct type_caster<ingot::nn::Reduction> {
  PYBIND11_TYPE_CASTER(ingot::nn::Reduction, const_name("str"));
  bool load(handle source, bool) {
    if (!PyUnicode_Check(source.ptr())) return false;
    value = ingot::nn::parse_reduction(pybind11::cast<std::string>(source));
    return true;
  }
  static handle cast(ingot::nn::Reduction reduction, return_value_policy, handle) {
    return pybind11::str(ingot::nn::name_of(reduction)).release();
  }
};

}  // namespace pybind11::detail

namespace ingot::python {

/// How an option of type T arrives from Python.
template <class T>
struct ArgumentOf {
  using Type = T;
  static T take(Type&& value) { return std::move(value); }
  static py::object give(const T& value) { return py::cast(value); }
};
template <>
struct ArgumentOf<Array> {
  using Type = std::optional<ArrayLike>;
  static Array take(Type&& value) { return value ? std::move(value->value) : Array(); }
  static py::object give(const Array& value) { return value.defined() ? py::cast(value) : py::none(); }
};
template <class T>
using Argument = typename ArgumentOf<T>::Type;

template <class O, class... T, bool... R>
O assemble(const std::tuple<nn::Field<O, T, R>...>& fields, Argument<T>&&... values) {
  O options;
  std::apply([&](const auto&... field) { ((options.*(field.member) = ArgumentOf<T>::take(std::move(values))), ...); },
             fields);
  return options;
}

template <class O, class T, bool R>
auto argument_of(const nn::Field<O, T, R>& field) {
  if constexpr (R) {
    return py::arg(field.name);
  } else {
    static const O defaults{};
    return py::arg_v(field.name, ArgumentOf<T>::give(defaults.*(field.member)));
  }
}

/// Makes the C++ side of an instance: another class if its Python class may override what the C++ class does.
template <class M, class O>
void make_module(py::detail::value_and_holder& slot, O&& options) {
  if (Py_TYPE(slot.inst) == slot.type->type) {
    slot.value_ptr() = new M(std::forward<O>(options));
  } else {
    slot.value_ptr() = static_cast<M*>(new PythonModule<M>(std::forward<O>(options)));
  }
}

template <class O>
concept HasDType = requires(O options) { options.dtype; };

template <class M, class O, class C, class... T, bool... R>
void def_init(C& type, const std::tuple<nn::Field<O, T, R>...>& fields) {
  std::apply(
      [&](const auto&... field) {
        if constexpr (HasDType<O>) {
          type.def(
              "__init__",
              [fields](py::detail::value_and_holder& slot, Argument<T>... values, const std::optional<Device>& device,
                       std::optional<DType> dtype) {
                if (device) require_available(*device);
                O options = assemble<O, T...>(fields, std::move(values)...);
                if (dtype) options.dtype = *dtype;
                make_module<M>(slot, std::move(options));
              },
              py::detail::is_new_style_constructor(), argument_of(field)..., "device"_a = py::none(),
              "dtype"_a = py::none());
        } else {
          type.def(
              "__init__",
              [fields](py::detail::value_and_holder& slot, Argument<T>... values) {
                make_module<M>(slot, assemble<O, T...>(fields, std::move(values)...));
              },
              py::detail::is_new_style_constructor(), argument_of(field)...);
        }
      },
      fields);
}

/// Adds an attribute that reads an option, and sets it.
void def_option(py::object type, const char* name, std::function<py::object(const nn::Module&)> get,
                std::function<void(nn::Module&, py::handle)> set);

/// Attributes for all options that are no arrays (those are buffers).
template <class M, class O, class... T, bool... R>
void def_options(const py::object& type, const std::tuple<nn::Field<O, T, R>...>& fields) {
  const auto one = [&]<class F, bool Required>(const nn::Field<O, F, Required>& field) {
    if constexpr (!std::is_same_v<F, Array>) {
      def_option(
          type, field.name,
          [field](const nn::Module& self) { return py::cast(static_cast<const M&>(self).options().*(field.member)); },
          [field](nn::Module& self, py::handle value) {
            static_cast<M&>(self).set_option(field.member, py::cast<F>(value));
          });
    }
  };
  std::apply([&](const auto&... field) { (one(field), ...); }, fields);
}

/// A described module's class, but for `forward`.
template <class M, class Parent = nn::Module>
ModuleClass<M, Parent> def_described(py::module_& m, const char* name, const char* doc) {
  ModuleClass<M, Parent> type(m, name, doc);
  def_init<M, typename M::Options>(type, M::Options::fields());
  def_options<M, typename M::Options>(type, M::Options::fields());
  return type;
}

/// A described module of one input.
template <class M>
void def_layer(py::module_& m, const char* name, const char* doc) {
  auto type = def_described<M>(m, name, doc);
  def_forward<M>(type);
}

template <size_t>
using Input = const ArrayLike&;

template <class Result, class O, size_t... I, class... T, bool... R, class F>
void def_option_function(py::module_& m, const char* name, F function, const char* const* inputs, const char* doc,
                         std::index_sequence<I...>, const std::tuple<nn::Field<O, T, R>...>& fields) {
  std::apply(
      [&](const auto&... field) {
        m.def(
            name,
            [function, fields](Input<I>... arrays, Argument<T>... values) -> Result {
              return function(arrays..., assemble<O, T...>(fields, std::move(values)...));
            },
            py::arg(inputs[I])..., argument_of(field)..., doc);
      },
      fields);
}

/// A function of as many arrays as there are names, and of options.
template <class O, size_t n, class F>
void def_function(py::module_& m, const char* name, F function, const char* const (&inputs)[n], const char* doc) {
  def_option_function<Array, O>(m, name, function, inputs, doc, std::make_index_sequence<n>(), O::fields());
}

}  // namespace ingot::python
