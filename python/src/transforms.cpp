#include "ingot/autograd/transforms.h"

#include "bind.h"
#include "ingot/autograd/forward_ad.h"
#include "ingot/autograd/jacobian.h"
#include "ingot/autograd/linearization.h"
#include "ingot/autograd/substitution.h"

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

JacobianMode mode_named(const std::string& name) {
  if (name == "auto") return JacobianMode::automatic;
  if (name == "reverse") return JacobianMode::reverse;
  if (name == "forward") return JacobianMode::forward;
  throw ValueError("jacobian: mode must be 'auto', 'reverse' or 'forward', got '", name, "'");
}

void register_linearization(py::module_& m) {
  py::class_<Linearization>(m, "_Linearization", "A function at a point, recorded once; see `ingot.linearize`.")
      .def(py::init([](const py::function& f, const Arrays& primals) { return Linearization(flat(f), primals); }),
           "f"_a, "primals"_a)
      .def_property_readonly("outputs", &Linearization::outputs)
      .def(
          "pull_back",
          [](const Linearization& self, const std::vector<std::optional<Array>>& cotangents) {
            return self.pull_back(defined_or_zero(cotangents));
          },
          "cotangents"_a)
      .def(
          "push_forward",
          [](const Linearization& self, const std::vector<std::optional<Array>>& tangents) {
            return self.push_forward(defined_or_zero(tangents));
          },
          "tangents"_a);
  m.def(
      "_jacobian",
      [](const py::function& f, const Arrays& primals, const std::string& mode, int64_t chunk) {
        const Jacobian found = jacobian(flat(f), primals, mode_named(mode), chunk);
        return py::make_tuple(found.outputs, found.blocks, found.mode == JacobianMode::reverse ? "reverse" : "forward");
      },
      "f"_a, "primals"_a, "mode"_a, "chunk"_a);
}

void register_dual_level(py::module_& m) {
  py::class_<DualLevel>(m, "_DualLevel", "Where dual arrays live; see `ingot.autograd.forward_ad`.")
      .def(py::init<>())
      .def("make_dual", &DualLevel::make_dual, "primal"_a, "tangent"_a)
      .def(
          "unpack",
          [](const DualLevel& self, const Array& dual) {
            auto [primal, tangent] = self.unpack(dual);
            return std::pair(primal, tangent.defined() ? std::optional(tangent) : std::nullopt);
          },
          "dual"_a)
      .def("close", &DualLevel::close);
}

}  // namespace

// Functions of flat lists; the package `ingot._transforms` gives them the shapes that people use.
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
  m.def(
      "_call_with",
      [](const py::function& f, const Arrays& handles, const Arrays& replacements) {
        const Substitution substitution(handles, replacements);
        return f();
      },
      "f"_a, "handles"_a, "replacements"_a, "What `f()` returns while the handles stand for other arrays.");
  register_linearization(m);
  register_dual_level(m);
}

}  // namespace ingot::python
