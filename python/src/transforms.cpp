#include "ingot/autograd/transforms.h"

#include "bind.h"

namespace ingot::python {

namespace {

/// A Python function of a list of arrays that returns a list of arrays.
Function flat(const py::function& function) {
  return [function](const Arrays& arguments) { return py::cast<Arrays>(function(arguments)); };
}

Arrays defined_or_zero(const std::vector<std::optional<Array>>& arrays) {
  Arrays out;
  for (const auto& array : arrays) out.push_back(array.value_or(Array()));
  return out;
}

}  // namespace

// Functions of flat lists; ingot/transforms.py gives them the shapes that people use.
void register_transforms(py::module_& m) {
  m.def(
      "_vjp",
      [](const py::function& f, const Arrays& primals, const std::vector<std::optional<Array>>& cotangents) {
        return vjp(flat(f), primals, defined_or_zero(cotangents));
      },
      "f"_a, "primals"_a, "cotangents"_a);
  m.def(
      "_jvp",
      [](const py::function& f, const Arrays& primals, const std::vector<std::optional<Array>>& tangents) {
        return jvp(flat(f), primals, defined_or_zero(tangents));
      },
      "f"_a, "primals"_a, "tangents"_a);
  m.def(
      "_value_and_grad",
      [](const py::function& f, const Arrays& primals, const std::vector<size_t>& argnums) {
        return value_and_grad(flat(f), primals, argnums);
      },
      "f"_a, "primals"_a, "argnums"_a);
  m.def(
      "_vmap",
      [](const py::function& f, const Arrays& arguments, const std::vector<int64_t>& in_axes) {
        // How many outputs there are is known once `f` has run; Python moves their axes.
        std::vector<int64_t> out_axes;
        const Function counted = [&](const Arrays& slices) {
          Arrays outputs = flat(f)(slices);
          out_axes.assign(outputs.size(), 0);
          return outputs;
        };
        return vmap(counted, arguments, in_axes, out_axes);
      },
      "f"_a, "arguments"_a, "in_axes"_a);
}

}  // namespace ingot::python
