// Modules between C++ and Python.
//
// Note [Ownership of modules]
// A module that Python has made or seen is owned by its Python object, and C++ parents hold that object: their shared
// pointers to the child carry a PythonOwner. So attributes and methods that a Python subclass added live as long as the
// child does, a child is always the same object, and, because a parent shows those references to the garbage collector,
// cycles through modules are collected.
#pragma once

#include "bind.h"
#include "ingot/nn/module.h"

namespace ingot::python {

/// The deleter of a shared pointer that keeps a Python object alive instead of owning the module.
struct PythonOwner {
  PyObject* object;
  void operator()(nn::Module*) const;
};

/// A shared pointer to the module inside a Python object. Throws TypeError if it is none.
nn::ModulePtr own(py::handle object);
/// The Python object of a module.
py::object to_python(const nn::ModulePtr& module);
/// The Python object of a child, which is handed over to Python if C++ made it.
py::object child_of(nn::Module& parent, const std::string& name, const nn::ModulePtr& child);
/// The module inside an instance of a Module class; null while its `__init__` has not run.
nn::Module* module_of(PyObject* object);
/// Slots that all module classes share: attributes, calls, garbage collection.
void set_up_module_type(PyHeapTypeObject* type);
/// Classes bound here, as opposed to subclasses made in Python.
void add_builtin_class(py::handle type);
bool is_builtin_class(PyObject* type);

/// A call of a module that has hooks.
py::object call_with_hooks(py::handle self, py::tuple arguments, py::dict named);
/// Makes calls from C++ see the hooks in the __dict__ of a module, or forget them.
void follow_hooks(const py::object& self);

// Called by register_nn_module and register_nn_layers.
void register_nn_hooks(py::module_& nn, const py::object& module_type);
/// `_parameters`, `_buffers` and `_modules`.
void register_nn_registries(py::module_& nn, py::object module_type);
/// `state_dict` and `load_state_dict`.
void register_nn_state(py::module_& nn, const py::object& module_type);
void register_nn_init(py::module_& nn);
void register_nn_embedding(py::module_& nn);
/// Adaptive maxima, norms of windows, and the inverse of max pooling.
void register_nn_adaptive_pooling(py::module_& nn);
/// Layers of sequence models.
void register_nn_sequence(py::module_& nn);
/// The functions behind them.
void register_nn_sequence_functions(py::module_& functional);

/// What a Python subclass of a module tells C++.
class PythonSide {
 public:
  virtual ~PythonSide() = default;
  /// The configuration of the C++ class below, by which `__init__` makes it again.
  virtual Json base_config() const = 0;
  /// What the C++ class below shows between the parentheses of `repr`.
  virtual std::string base_extra_repr() const = 0;
};

/// The `forward` that a Python subclass defines (or its `__call__`), if any.
std::optional<Array> call_override(py::handle self, const py::function& forward, const Array& x);
std::string class_name(py::handle self);
/// What `load` needs to make an instance of a Python class again.
Json describe_instance(py::handle self);

/// The C++ object behind an instance of a Python subclass of `Base`.
template <class Base>
class PythonModule final : public Base, public PythonSide {
 public:
  using Base::Base;
  using Base::forward;

  Array forward(const Array& x) override {
    const WithGil gil;
    const auto result = call_override(self(), py::get_override(static_cast<const Base*>(this), "forward"), x);
    return result ? *result : Base::forward(x);
  }
  std::string type_name() const override {
    const WithGil gil;
    return class_name(self());
  }
  std::string extra_repr() const override {
    const WithGil gil;
    const py::function override_ = py::get_override(static_cast<const Base*>(this), "extra_repr");
    return override_ ? py::cast<std::string>(override_()) : Base::extra_repr();
  }
  Json config() const override {
    const WithGil gil;
    return describe_instance(self());
  }
  Json base_config() const override { return Base::config(); }
  std::string base_extra_repr() const override { return Base::extra_repr(); }

 private:
  py::object self() const { return py::cast(static_cast<const Base*>(this)); }
};

/// A class of modules with everything that all of them need.
template <class M, class Parent>
class ModuleClass : public py::class_<M, Parent, PythonModule<M>, std::shared_ptr<M>> {
 public:
  using Class = py::class_<M, Parent, PythonModule<M>, std::shared_ptr<M>>;

  ModuleClass(py::module_& m, const char* name, const char* doc)
      : Class(m, name, doc, py::dynamic_attr(), py::custom_type_setup(set_up_module_type)) {
    add_builtin_class(*this);
    this->attr("__module__") = "ingot.nn";
  }
};

/// `forward` of one input, of the bound class itself: what `super().forward(x)` reaches.
template <class M, class C>
void def_forward(C& type) {
  type.def("forward", [](M& self, const ArrayLike& x) { return self.M::forward(x); }, "x"_a, "Computes the result.");
}

}  // namespace ingot::python
