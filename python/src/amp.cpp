#include "bind.h"
#include "ingot/engine/eval.h"
#include "ingot/graph/autocast_mode.h"
#include "ingot/optim/grad_scaler.h"
#include "optim_groups.h"

namespace ingot::python {

namespace {

using optim::GradScaler;
using optim::Optimizer;

py::object scaled(const GradScaler& scaler, const py::object& outputs) {
  if (is_array(outputs.ptr())) return py::cast(scaler.scale(unwrap(outputs.ptr())));
  if (!PyList_Check(outputs.ptr()) && !PyTuple_Check(outputs.ptr()))
    throw TypeError("GradScaler.scale: expected an array, or a list or tuple of them, got ",
                    Py_TYPE(outputs.ptr())->tp_name);
  py::list all;
  for (py::handle each : outputs) all.append(scaled(scaler, py::reinterpret_borrow<py::object>(each)));
  return PyTuple_Check(outputs.ptr()) ? py::object(py::tuple(all)) : all;
}

void step(GradScaler& scaler, const py::object& optimizer) {
  auto& target = py::cast<Optimizer&>(optimizer);
  py::object own_step = py::type::of(optimizer).attr("step");
  // What another optimizer of the class has hooks for is nothing to this one (ingot/optim/_hooks.py).
  if (py::hasattr(own_step, "_calls_hooks") && !py::hasattr(optimizer, "_hooks"))
    own_step = own_step.attr("__wrapped__");
  const bool python_step = !own_step.is(py::type::of<Optimizer>().attr("step"));
  if (!python_step) return scaler.step(target);
  // A step in Python runs or does not.
  if (!scaler.options().enabled) {
    optimizer.attr("step")();
    return;
  }
  if (!scaler.is_unscaled(target)) scaler.unscale(target);
  if (!item<bool>(scaler.found_inf(target))) optimizer.attr("step")();
}

py::dict state_dict(const GradScaler& scaler) {
  const optim::GradScalerOptions& options = scaler.options();
  if (!options.enabled) return {};
  return py::dict("scale"_a = scaler.get_scale(), "growth_factor"_a = options.growth_factor,
                  "backoff_factor"_a = options.backoff_factor, "growth_interval"_a = options.growth_interval,
                  "_growth_tracker"_a = scaler.growth_tracker());
}

void load_state_dict(GradScaler& scaler, const py::dict& state) {
  optim::GradScalerOptions& options = scaler.options();
  if (!options.enabled) return;
  for (const char* name : {"scale", "growth_factor", "backoff_factor", "growth_interval", "_growth_tracker"})
    if (!state.contains(name)) throw KeyError("load_state_dict: the scaler's state has no \"", name, "\"");
  scaler.set_scale(py::cast<double>(state["scale"]));
  options.growth_factor = py::cast<double>(state["growth_factor"]);
  options.backoff_factor = py::cast<double>(state["backoff_factor"]);
  options.growth_interval = py::cast<int64_t>(state["growth_interval"]);
  scaler.set_growth_tracker(py::cast<int64_t>(state["_growth_tracker"]));
}

}  // namespace

void register_amp(py::module_& parent) {
  py::module_ m = parent.def_submodule("amp", "Mixed precision.");
  m.def("_autocast_dtype", autocast_dtype, "The low dtype in use on this thread, or None.");
  m.def("_set_autocast_dtype", set_autocast_dtype, "dtype"_a, "Sets it.");

  const optim::GradScalerOptions defaults;
  py::class_<GradScaler>(
      m, "GradScaler",
      "Loss scaling for float16: multiplies the loss by a scale and divides the gradients by it, skips a step whose "
      "gradients hold an infinity or NaN, and adjusts the scale. May be part of a jitted step.\n\n"
      "Raises ValueError unless growth is above 1, backoff between 0 and 1, and scale and interval are positive.\n\n"
      "Example:\n"
      "    >>> model = ingot.nn.Linear(2, 1)\n"
      "    >>> optimizer, scaler = ingot.optim.SGD(model.parameters(), lr=0.1), ingot.amp.GradScaler()\n"
      "    >>> with ingot.amp.autocast(dtype=ingot.float16):\n"
      "    ...     loss = model(ingot.ones((4, 2))).mean()\n"
      "    >>> scaler.scale(loss).backward()\n"
      "    >>> scaler.step(optimizer)\n"
      "    >>> scaler.update()")
      .def(py::init([](const std::string&, double init_scale, double growth_factor, double backoff_factor,
                       int64_t growth_interval, bool enabled) {
             return std::make_unique<GradScaler>(
                 optim::GradScalerOptions{init_scale, growth_factor, backoff_factor, growth_interval, enabled});
           }),
           "device"_a = "cpu", "init_scale"_a = defaults.init_scale, "growth_factor"_a = defaults.growth_factor,
           "backoff_factor"_a = defaults.backoff_factor, "growth_interval"_a = defaults.growth_interval,
           "enabled"_a = true)
      .def("scale", &scaled, "outputs"_a, "The loss (or each of several) times the scale.")
      .def("unscale_", &GradScaler::unscale, "optimizer"_a,
           "Divides the gradients by the scale, for instance before clipping them; `step` does it if nobody has. "
           "Raises ValueError if it was done since the last `update`.")
      .def("step", &step, "optimizer"_a, "The optimizer's step, skipped if a gradient is not finite.")
      .def(
          "update",
          [](GradScaler& self, const std::optional<double>& new_scale) {
            self.update();
            if (new_scale) self.set_scale(*new_scale);
          },
          "new_scale"_a = py::none(), "Ends a step: adjusts the scale, or sets it.")
      .def("get_scale", &GradScaler::get_scale, "The scale as a number.")
      .def(
          "is_enabled", [](const GradScaler& self) { return self.options().enabled; }, "False if it does nothing.")
      .def("state_dict", &state_dict, "What resuming needs, by torch's names.")
      .def("load_state_dict", &load_state_dict, "state_dict"_a, "Takes over what `state_dict` gave.");
}

}  // namespace ingot::python
