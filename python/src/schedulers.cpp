#include "bind.h"
#include "ingot/optim/combined.h"
#include "ingot/optim/cycles.h"
#include "ingot/optim/schedules.h"

namespace ingot::python {

namespace {

using optim::Optimizer;
using optim::Scheduler;
using Numbers = std::variant<double, std::vector<double>>;
using Factors = std::variant<optim::LambdaLR::Factor, std::vector<optim::LambdaLR::Factor>>;

/// One value, or one per group.
template <class T>
std::vector<T> listed(const std::variant<T, std::vector<T>>& given) {
  if (const T* one = std::get_if<T>(&given)) return {*one};
  return std::get<std::vector<T>>(given);
}

/// A schedule that a subclass in Python gives by `get_lr`.
class PythonScheduler final : public Scheduler {
 public:
  PythonScheduler(Optimizer& optimizer, int64_t last_epoch) : Scheduler(optimizer, last_epoch) {}
  std::vector<double> get_lr() const override { PYBIND11_OVERRIDE(std::vector<double>, Scheduler, get_lr); }

 protected:
  double next(size_t) const override {
    throw TypeError("LRScheduler: a subclass must write get_lr(), which returns one rate per group");
  }
};

py::object value_of(const Scheduler::Field& field) {
  return std::visit([](auto* value) -> py::object { return py::cast(*value); }, field);
}

py::object field_named(Scheduler& scheduler, const std::string& name) {
  py::object found;
  scheduler.for_each_field([&](const char* each, Scheduler::Field field) {
    if (name == each) found = value_of(field);
  });
  return found;
}

py::dict state_dict(Scheduler& scheduler) {
  py::dict out;
  scheduler.for_each_field([&](const char* name, Scheduler::Field field) { out[name] = value_of(field); });
  const auto parts = scheduler.children();
  if (parts.empty()) return out;
  py::list nested;
  for (Scheduler* part : parts) nested.append(state_dict(*part));
  out["_schedulers"] = nested;
  return out;
}

void load_state_dict(Scheduler& scheduler, const py::dict& state) {
  scheduler.for_each_field([&](const char* name, Scheduler::Field field) {
    if (!state.contains(name)) throw KeyError("load_state_dict: the scheduler's state has no \"", name, "\"");
    const py::object value = state[name];
    std::visit(
        [&](auto* target) {
          using Value = std::decay_t<decltype(*target)>;
          // torch keeps milestones as a dictionary of counts.
          if constexpr (std::is_same_v<Value, std::vector<double>>) {
            const py::object list = py::hasattr(value, "elements") ? py::list(value.attr("elements")()) : value;
            *target = py::cast<Value>(list);
          } else {
            *target = py::cast<Value>(value);
          }
        },
        field);
  });
  const auto parts = scheduler.children();
  if (parts.empty()) return;
  const auto nested = py::cast<py::list>(state["_schedulers"]);
  if (nested.size() != parts.size())
    throw ValueError("load_state_dict: expected the states of ", parts.size(), " schedulers, got ", nested.size());
  for (size_t i = 0; i < parts.size(); ++i) load_state_dict(*parts[i], py::cast<py::dict>(nested[i]));
}

template <class S>
using Class = py::class_<S, Scheduler, std::shared_ptr<S>>;
using KeepOptimizer = py::keep_alive<1, 2>;

void register_base(py::module_& m) {
  py::class_<Scheduler, PythonScheduler, std::shared_ptr<Scheduler>> base(
      m, "LRScheduler",
      "Base of all schedulers, and of schedules written in Python: a subclass writes `get_lr`, which returns one rate "
      "per group from `last_epoch`, `base_lrs` and `optimizer.param_groups`, and sets its own attributes before "
      "`super().__init__(optimizer)`.\n\n"
      "Example:\n"
      "    >>> class Halving(ingot.optim.lr_scheduler.LRScheduler):\n"
      "    ...     def get_lr(self):\n"
      "    ...         return [rate / 2 ** self.last_epoch for rate in self.base_lrs]\n"
      "    >>> optimizer = ingot.optim.SGD([ingot.nn.Parameter(ingot.ones(2))], lr=1.0)\n"
      "    >>> scheduler = Halving(optimizer)\n"
      "    >>> scheduler.step()\n"
      "    >>> scheduler.get_last_lr()\n"
      "    [0.5]",
      py::dynamic_attr());
  base.def(py::init<Optimizer&, int64_t>(), "optimizer"_a, "last_epoch"_a = -1, KeepOptimizer());
  // A subclass's get_lr can be called only once its object is there.
  const py::object make = base.attr("__init__");
  base.attr("__init__") = py::cpp_function(
      [make](const py::object& self, const py::object& optimizer, int64_t last_epoch) {
        make(self, optimizer, last_epoch);
        py::cast<Scheduler&>(self).begin();
      },
      py::name("begin"), py::is_method(base), "optimizer"_a, "last_epoch"_a = -1);
  base.def(
          "step",
          [](Scheduler& self, const std::optional<double>& epoch) {
            if (epoch) {
              self.step_to(*epoch);
            } else {
              self.step();
            }
          },
          "epoch"_a = py::none(),
          "Sets the rates of the next epoch (or step, if it is called after each one), or of `epoch`.")
      .def("get_last_lr", &Scheduler::last_lr, "The rates that it set last, one per group.")
      .def("get_lr", &Scheduler::get_lr, "The rates of this epoch, one per group.")
      .def("state_dict", &state_dict, "What resuming needs, by torch's names.")
      .def("load_state_dict", &load_state_dict, "state_dict"_a,
           "Takes over what `state_dict` gave. Raises KeyError if something is missing.")
      .def_property("last_epoch", &Scheduler::last_epoch, &Scheduler::set_last_epoch, "The epoch of the present rates.")
      .def_property_readonly(
          "optimizer", [](const Scheduler& self) -> Optimizer& { return self.optimizer(); },
          py::return_value_policy::reference, "Whose rates it sets.")
      .def(
          "__getattr__",
          [](Scheduler& self, const std::string& name) {
            if (const py::object value = field_named(self, name)) return value;
            throw py::attribute_error(concat("this scheduler has no attribute '", name, "'"));
          },
          "name"_a);
}

void register_formulas(py::module_& m) {
  const auto lambda = [](auto tag, py::module_& module, const char* name, const char* doc) {
    using S = typename decltype(tag)::type;
    Class<S>(module, name, doc)
        .def(py::init([](Optimizer& optimizer, const Factors& lr_lambda, int64_t last_epoch) {
               return std::make_shared<S>(optimizer, listed(lr_lambda), last_epoch);
             }),
             "optimizer"_a, "lr_lambda"_a, "last_epoch"_a = -1, KeepOptimizer());
  };
  lambda(TypeTag<optim::LambdaLR>{}, m, "LambdaLR",
         "The initial rate times `lr_lambda(epoch)`; one function, or a list of one per group.");
  lambda(TypeTag<optim::MultiplicativeLR>{}, m, "MultiplicativeLR",
         "Each rate is the one before times `lr_lambda(epoch)`; one function, or a list of one per group.");
  Class<optim::StepLR>(m, "StepLR",
                       "Multiplies the rate by `gamma` every `step_size` epochs.\n\n"
                       "Example:\n"
                       "    >>> optimizer = ingot.optim.SGD([ingot.nn.Parameter(ingot.ones(2))], lr=1.0)\n"
                       "    >>> scheduler = ingot.optim.lr_scheduler.StepLR(optimizer, step_size=2, gamma=0.5)\n"
                       "    >>> for _ in range(4):\n"
                       "    ...     scheduler.step()\n"
                       "    >>> scheduler.get_last_lr()\n"
                       "    [0.25]")
      .def(py::init<Optimizer&, int64_t, double, int64_t>(), "optimizer"_a, "step_size"_a, "gamma"_a = 0.1,
           "last_epoch"_a = -1, KeepOptimizer());
  Class<optim::MultiStepLR>(m, "MultiStepLR", "Multiplies the rate by `gamma` at each of the epochs `milestones`.")
      .def(py::init<Optimizer&, const std::vector<int64_t>&, double, int64_t>(), "optimizer"_a, "milestones"_a,
           "gamma"_a = 0.1, "last_epoch"_a = -1, KeepOptimizer());
  Class<optim::ConstantLR>(m, "ConstantLR", "The rate times `factor` until epoch `total_iters`.")
      .def(py::init<Optimizer&, double, int64_t, int64_t>(), "optimizer"_a, "factor"_a = 1.0 / 3, "total_iters"_a = 5,
           "last_epoch"_a = -1, KeepOptimizer());
  Class<optim::LinearLR>(m, "LinearLR",
                         "A factor that goes from `start_factor` to `end_factor` in a straight line until epoch "
                         "`total_iters`: a warm-up, for one.")
      .def(py::init<Optimizer&, double, double, int64_t, int64_t>(), "optimizer"_a, "start_factor"_a = 1.0 / 3,
           "end_factor"_a = 1.0, "total_iters"_a = 5, "last_epoch"_a = -1, KeepOptimizer());
  Class<optim::ExponentialLR>(m, "ExponentialLR", "Multiplies the rate by `gamma` every epoch.")
      .def(py::init<Optimizer&, double, int64_t>(), "optimizer"_a, "gamma"_a, "last_epoch"_a = -1, KeepOptimizer());
  Class<optim::PolynomialLR>(m, "PolynomialLR", "The initial rate times `(1 - epoch / total_iters) ** power`, then 0.")
      .def(py::init<Optimizer&, int64_t, double, int64_t>(), "optimizer"_a, "total_iters"_a = 5, "power"_a = 1.0,
           "last_epoch"_a = -1, KeepOptimizer());
  Class<optim::CosineAnnealingLR>(
      m, "CosineAnnealingLR",
      "Half a cosine wave from the initial rate to `eta_min` in `T_max` epochs (Loshchilov and Hutter, 2017).")
      .def(py::init<Optimizer&, int64_t, double, int64_t>(), "optimizer"_a, "T_max"_a, "eta_min"_a = 0.0,
           "last_epoch"_a = -1, KeepOptimizer());
  Class<optim::CosineAnnealingWarmRestarts>(
      m, "CosineAnnealingWarmRestarts",
      "Half a cosine wave that begins anew after `T_0` epochs, and then after periods that are `T_mult` times as long "
      "each. `step(epoch)` takes parts of an epoch, too.")
      .def(py::init<Optimizer&, int64_t, int64_t, double, int64_t>(), "optimizer"_a, "T_0"_a, "T_mult"_a = 1,
           "eta_min"_a = 0.0, "last_epoch"_a = -1, KeepOptimizer());
}

void register_cycles(py::module_& m) {
  Class<optim::CyclicLR>(
      m, "CyclicLR",
      "Triangles between `base_lr` and `max_lr` (Smith, 2017); the momentum, if `cycle_momentum`, goes down while the "
      "rate goes up. `mode` is 'triangular', 'triangular2' (halved in each cycle) or 'exp_range' (times `gamma ** "
      "step`), or `scale_fn` is a factor of the cycle or of the step, as `scale_mode` says. `step` is called after "
      "every batch.\n\nRaises ValueError for an optimizer without momentum if that is to be cycled.")
      .def(py::init([](Optimizer& optimizer, const Numbers& base_lr, const Numbers& max_lr, int64_t step_size_up,
                       const std::optional<int64_t>& step_size_down, const std::string& mode, double gamma,
                       const std::function<double(double)>& scale_fn, const std::string& scale_mode,
                       bool cycle_momentum, double base_momentum, double max_momentum, int64_t last_epoch) {
             return std::make_shared<optim::CyclicLR>(
                 optimizer, listed(base_lr), listed(max_lr),
                 optim::CyclicLROptions{step_size_up,
                                        step_size_down,
                                        mode,
                                        gamma,
                                        scale_fn,
                                        scale_mode == "cycle",
                                        {cycle_momentum, base_momentum, max_momentum}},
                 last_epoch);
           }),
           "optimizer"_a, "base_lr"_a, "max_lr"_a, "step_size_up"_a = 2000, "step_size_down"_a = py::none(),
           "mode"_a = "triangular", "gamma"_a = 1.0, "scale_fn"_a = py::none(), "scale_mode"_a = "cycle",
           "cycle_momentum"_a = true, "base_momentum"_a = 0.8, "max_momentum"_a = 0.9, "last_epoch"_a = -1,
           KeepOptimizer());
  Class<optim::OneCycleLR>(
      m, "OneCycleLR",
      "One rise from `max_lr / div_factor` to `max_lr` and one fall far below it (Smith and Topin, 2018), in "
      "`total_steps` steps or `epochs * steps_per_epoch`. `step` is called after every batch.\n\nRaises ValueError if "
      "neither is given, and after the last step.")
      .def(py::init([](Optimizer& optimizer, const Numbers& max_lr, const std::optional<int64_t>& total_steps,
                       const std::optional<int64_t>& epochs, const std::optional<int64_t>& steps_per_epoch,
                       double pct_start, const std::string& anneal_strategy, bool cycle_momentum, double base_momentum,
                       double max_momentum, double div_factor, double final_div_factor, bool three_phase,
                       int64_t last_epoch) {
             if (!total_steps && !(epochs && steps_per_epoch))
               throw ValueError("OneCycleLR: expected total_steps, or epochs and steps_per_epoch");
             if (anneal_strategy != "cos" && anneal_strategy != "linear")
               throw ValueError("OneCycleLR: anneal_strategy must be \"cos\" or \"linear\", got \"", anneal_strategy,
                                "\"");
             return std::make_shared<optim::OneCycleLR>(
                 optimizer, listed(max_lr), total_steps ? *total_steps : *epochs * *steps_per_epoch,
                 optim::OneCycleLROptions{pct_start,
                                          anneal_strategy == "cos",
                                          {cycle_momentum, base_momentum, max_momentum},
                                          div_factor,
                                          final_div_factor,
                                          three_phase},
                 last_epoch);
           }),
           "optimizer"_a, "max_lr"_a, "total_steps"_a = py::none(), "epochs"_a = py::none(),
           "steps_per_epoch"_a = py::none(), "pct_start"_a = 0.3, "anneal_strategy"_a = "cos",
           "cycle_momentum"_a = true, "base_momentum"_a = 0.85, "max_momentum"_a = 0.95, "div_factor"_a = 25.0,
           "final_div_factor"_a = 1e4, "three_phase"_a = false, "last_epoch"_a = -1, KeepOptimizer());
}

void register_combined(py::module_& m) {
  using Schedulers = std::vector<std::shared_ptr<Scheduler>>;
  Class<optim::SequentialLR>(m, "SequentialLR",
                             "One scheduler after another: the next takes over at each of the epochs `milestones`.\n\n"
                             "Example:\n"
                             "    >>> from ingot.optim.lr_scheduler import CosineAnnealingLR, LinearLR, SequentialLR\n"
                             "    >>> optimizer = ingot.optim.SGD([ingot.nn.Parameter(ingot.ones(2))], lr=1.0)\n"
                             "    >>> warm_up = LinearLR(optimizer, start_factor=0.1, total_iters=5)\n"
                             "    >>> decay = CosineAnnealingLR(optimizer, T_max=20)\n"
                             "    >>> scheduler = SequentialLR(optimizer, [warm_up, decay], milestones=[5])")
      .def(py::init<Optimizer&, Schedulers, std::vector<int64_t>, int64_t>(), "optimizer"_a, "schedulers"_a,
           "milestones"_a, "last_epoch"_a = -1, KeepOptimizer(), py::keep_alive<1, 3>());
  Class<optim::ChainedScheduler>(m, "ChainedScheduler",
                                 "All schedulers at each step, each continuing from what the one before set.")
      .def(py::init([](const Schedulers& schedulers, const py::object& optimizer) {
             if (!optimizer.is_none() && !schedulers.empty() &&
                 &schedulers[0]->optimizer() != &py::cast<Optimizer&>(optimizer))
               throw ValueError("ChainedScheduler: the schedulers belong to another optimizer");
             return std::make_shared<optim::ChainedScheduler>(schedulers);
           }),
           "schedulers"_a, "optimizer"_a = py::none(), py::keep_alive<1, 2>());
  Class<optim::ReduceLROnPlateau>(
      m, "ReduceLROnPlateau",
      "Multiplies the rate by `factor` when the metric given to `step` has not improved (`mode`: 'min' or 'max') for "
      "more than `patience` steps, by a part `threshold` of the best ('rel') or that much ('abs').")
      .def(py::init([](Optimizer& optimizer, const std::string& mode, double factor, int64_t patience, double threshold,
                       const std::string& threshold_mode, int64_t cooldown, const Numbers& min_lr, double eps) {
             if (mode != "min" && mode != "max")
               throw ValueError("ReduceLROnPlateau: mode must be \"min\" or \"max\", got \"", mode, "\"");
             if (threshold_mode != "rel" && threshold_mode != "abs")
               throw ValueError("ReduceLROnPlateau: threshold_mode must be \"rel\" or \"abs\", got \"", threshold_mode,
                                "\"");
             return std::make_shared<optim::ReduceLROnPlateau>(
                 optimizer, optim::PlateauOptions{mode == "max", factor, patience, threshold, threshold_mode == "rel",
                                                  cooldown, listed(min_lr), eps});
           }),
           "optimizer"_a, "mode"_a = "min", "factor"_a = 0.1, "patience"_a = 10, "threshold"_a = 1e-4,
           "threshold_mode"_a = "rel", "cooldown"_a = 0, "min_lr"_a = 0.0, "eps"_a = 1e-8, KeepOptimizer())
      .def(
          "step",
          [](optim::ReduceLROnPlateau& self, const std::optional<double>& metrics, const py::object&) {
            if (!metrics) return self.step();
            self.step(*metrics);
          },
          "metrics"_a = py::none(), "epoch"_a = py::none(), "Looks at the metric of one more epoch.");
}

}  // namespace

void register_schedulers(py::module_& parent) {
  py::module_ optim = py::reinterpret_borrow<py::module_>(parent.attr("optim"));
  py::module_ m = optim.def_submodule("lr_scheduler", "Schedules of learning rates.");
  register_base(m);
  register_formulas(m);
  register_cycles(m);
  register_combined(m);
}

}  // namespace ingot::python
