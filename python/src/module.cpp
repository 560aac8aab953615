// The extension module `ingot._core`. Each line binds one header's worth of the C++ library.
#include "array_extras.h"
#include "bind.h"
#include "text_signatures.h"

namespace {

/// What `from ingot._core import *` brings: no submodules, which the package's own modules of these names give out, and
/// no function that hides a built-in type.
pybind11::list public_names(const pybind11::module_& m) {
  pybind11::list names;
  for (const auto& [name, value] : pybind11::cast<pybind11::dict>(m.attr("__dict__")))
    if (const auto text = pybind11::cast<std::string>(name);
        text[0] != '_' && text != "complex" && !PyModule_Check(value.ptr()))
      names.append(name);
  return names;
}

/// No garbage is made here, but thousands of functions and classes, which would set the collector off again and again.
class CollectorOff {
 public:
  CollectorOff() : was_on_(PyGC_Disable() != 0) {}
  CollectorOff(const CollectorOff&) = delete;
  CollectorOff& operator=(const CollectorOff&) = delete;
  ~CollectorOff() {
    if (was_on_) PyGC_Enable();
  }

 private:
  bool was_on_;
};

}  // namespace

PYBIND11_MODULE(_core, m) {
  using namespace ingot::python;
  const CollectorOff collector_off;
  m.doc() = "The C++ core of Ingot. Use it through the package `ingot`, which gives these names out again.";
  m.attr("__version__") = INGOT_VERSION;
  register_errors(m);
  register_lock_hooks(m);
  register_dtypes(m);
  register_devices(m);
  register_array(m);
  register_creation(m);
  register_elementwise(m);
  register_reductions(m);
  register_manipulation(m);
  register_matmul(m);
  register_indexing(m);
  register_scatter(m);
  register_rearranging(m);
  register_diagonals(m);
  register_einsum(m);
  register_softmax(m);
  register_scans(m);
  register_sorting(m);
  register_searching(m);
  register_sets(m);
  register_statistics(m);
  register_random(m);
  register_distributions(m);
  register_array_methods(m);
  register_interop(m);
  register_inspection(m);
  register_registry(m);
  register_eval(m);
  register_memory(m);
  register_grad_mode(m);
  register_backward(m);
  register_transforms(m);
  register_custom_function(m);
  register_jit(m);
  register_nn_module(m);
  register_nn_containers(m);
  register_nn_layers(m);
  register_nn_losses(m);
  register_nn_convolution(m);
  register_nn_pooling(m);
  register_nn_batch_norm(m);
  register_nn_activations(m);
  register_nn_normalisation(m);
  register_nn_regularisation(m);
  register_nn_padding(m);
  register_nn_recurrent(m);
  register_nn_transformer(m);
  register_nn_utils(m);
  register_optim(m);
  register_schedulers(m);
  register_amp(m);
  register_windows(m);
  register_padding(m);
  register_interpolation(m);
  register_files(m);
  register_linalg(m);
  register_fft(m);
  register_sampled_functions(m);
  register_editing(m);
  register_views(m);
  register_keyword_names(m);
  register_torch_methods(m);
  m.attr("__all__") = public_names(m);
  add_text_signatures(m);
}
