// What every binding file begins with: pybind11, the casters, and the list of registration functions that module.cpp calls.
#pragma once

#include <pybind11/complex.h>
#include <pybind11/functional.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include "casters.h"
#include "gil.h"

namespace ingot::python {

namespace py = pybind11;
using namespace py::literals;

void register_errors(py::module_& m);
void register_dtypes(py::module_& m);
void register_devices(py::module_& m);
void register_array(py::module_& m);
void register_array_methods(py::module_& m);
void register_creation(py::module_& m);
void register_elementwise(py::module_& m);
void register_reductions(py::module_& m);
void register_manipulation(py::module_& m);
void register_matmul(py::module_& m);
void register_indexing(py::module_& m);
void register_softmax(py::module_& m);
void register_random(py::module_& m);
void register_registry(py::module_& m);
void register_interop(py::module_& m);
void register_grad_mode(py::module_& m);
void register_backward(py::module_& m);
void register_transforms(py::module_& m);
void register_eval(py::module_& m);
void register_jit(py::module_& m);
void register_lock_hooks(py::module_& m);
void register_memory(py::module_& m);
void register_nn_module(py::module_& m);
void register_nn_layers(py::module_& m);
void register_nn_losses(py::module_& m);
void register_nn_convolution(py::module_& m);
void register_nn_pooling(py::module_& m);
void register_nn_batch_norm(py::module_& m);
void register_optim(py::module_& m);
void register_scans(py::module_& m);
void register_sorting(py::module_& m);
void register_searching(py::module_& m);
void register_statistics(py::module_& m);
void register_sets(py::module_& m);
void register_distributions(py::module_& m);
void register_rearranging(py::module_& m);
void register_padding(py::module_& m);
void register_windows(py::module_& m);
void register_diagonals(py::module_& m);
void register_scatter(py::module_& m);
void register_einsum(py::module_& m);
void register_interpolation(py::module_& m);
void register_linalg(py::module_& m);
void register_fft(py::module_& m);
void register_custom_function(py::module_& m);
void register_inspection(py::module_& m);
void register_nn_containers(py::module_& m);
void register_nn_activations(py::module_& m);
void register_nn_normalisation(py::module_& m);
void register_nn_regularisation(py::module_& m);
void register_nn_padding(py::module_& m);
void register_nn_recurrent(py::module_& m);
void register_nn_transformer(py::module_& m);
void register_nn_utils(py::module_& m);
void register_schedulers(py::module_& m);
void register_amp(py::module_& m);
void register_files(py::module_& m);

/// Binds `f` as a function of the module and as a method of `array`; the function's first argument is the array, named
/// `first`.
template <class F, class... Extra>
void def_both(py::module_& m, const char* name, const char* first, const F& f, const Extra&... extra) {
  m.def(name, f, py::arg(first), extra...);
  const py::object type = py::reinterpret_borrow<py::object>(reinterpret_cast<PyObject*>(array_type()));
  type.attr(name) = py::cpp_function(f, py::name(name), py::is_method(type), extra...);
}

/// Binds `f` as a method of `array` alone.
template <class F, class... Extra>
void def_method(const char* name, const F& f, const Extra&... extra) {
  const py::object type = py::reinterpret_borrow<py::object>(reinterpret_cast<PyObject*>(array_type()));
  type.attr(name) = py::cpp_function(f, py::name(name), py::is_method(type), extra...);
}

}  // namespace ingot::python
