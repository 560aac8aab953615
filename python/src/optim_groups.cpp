#include "optim_groups.h"

#include <algorithm>

#include "array_object.h"
#include "guards.h"
#include "ingot/io/names.h"

namespace ingot::python {

namespace {

using optim::Optimizer;
using optim::Options;

/// A tuple in Python and the hyperparameters it is made of.
struct Tuple {
  const char* name;
  std::vector<const char*> parts;
};
const Tuple* tuple_of(const Options& options, std::string_view name) {
  static const std::vector<Tuple> tuples{{"betas", {"beta1", "beta2"}},
                                         {"etas", {"eta_minus", "eta_plus"}},
                                         {"step_sizes", {"step_size_min", "step_size_max"}},
                                         {"ns_coefficients", {"ns_a", "ns_b", "ns_c"}},
                                         {"eps", {"eps1", "eps2"}}};
  for (const Tuple& tuple : tuples) {
    const bool is_part = std::find(tuple.parts.begin(), tuple.parts.end(), name) != tuple.parts.end();
    if ((name == tuple.name || is_part) && options.contains(tuple.parts[0])) return &tuple;
  }
  return nullptr;
}

/// A hyperparameter that in Python is None or the name of an alternative, and here a flag of that name.
struct Choice {
  const char* name;
  const char* alternative;
};
const Choice* choice_of(const Options& options, std::string_view name) {
  static const std::vector<Choice> choices{{"adjust_lr_fn", "match_rms_adamw"}, {"line_search_fn", "strong_wolfe"}};
  for (const Choice& choice : choices)
    if ((name == choice.name || name == choice.alternative) && options.contains(choice.alternative)) return &choice;
  return nullptr;
}

py::object to_python(const Scalar& value) {
  return std::visit([](auto number) -> py::object { return py::cast(number); }, value.value);
}

double part_from(const char* part, py::handle value) {
  if (std::string_view(part) == "eps1" && value.is_none()) return 0;
  return py::cast<double>(value);
}

Array given_parameter(py::handle item) {
  if (is_array(item.ptr())) return unwrap(item.ptr());
  if (PyTuple_Check(item.ptr()) && PyTuple_GET_SIZE(item.ptr()) == 2 && is_array(PyTuple_GET_ITEM(item.ptr(), 1)))
    return unwrap(PyTuple_GET_ITEM(item.ptr(), 1));
  throw TypeError(
      "an optimizer takes an iterable of arrays, such as model.parameters(), or of dictionaries with \"params\"; it "
      "holds ",
      Py_TYPE(item.ptr())->tp_name);
}

/// Refuses a group that nobody can mean: a frozen Parameter may learn later, an array that is none never will.
void check_learns(const std::vector<Array>& params, bool any_parameter) {
  const auto learns = [](const Array& param) { return param.defined() && param.requires_grad(); };
  if (!any_parameter && !params.empty() && std::none_of(params.begin(), params.end(), learns))
    throw ValueError(
        "an optimizer was given arrays of which none requires grad, so none would ever change; set requires_grad on "
        "them");
}

std::vector<Array> given_parameters(py::handle params) {
  if (is_array(params.ptr())) return given_parameters(py::make_tuple(params));
  std::vector<Array> out;
  bool any_parameter = false;
  for (py::handle item : params) {
    out.push_back(given_parameter(item));
    any_parameter |= !is_array(item.ptr()) || is_parameter(item.ptr());
  }
  check_learns(out, any_parameter);
  return out;
}

}  // namespace

OptimizerNotes& notes_of(Optimizer& optimizer) {
  if (!optimizer.host) {
    optimizer.host = std::shared_ptr<void>(new OptimizerNotes, [](void* notes) {
      const py::gil_scoped_acquire held;
      delete static_cast<OptimizerNotes*>(notes);
    });
  }
  auto& notes = *static_cast<OptimizerNotes*>(optimizer.host.get());
  while (notes.groups.size() < optimizer.groups().size()) notes.groups.emplace_back();
  return notes;
}

std::vector<std::string> python_names(const Options& options) {
  std::vector<std::string> names;
  for (const auto& [name, value] : options) {
    const Tuple* tuple = tuple_of(options, name);
    const Choice* choice = choice_of(options, name);
    const std::string shown = choice ? choice->name : tuple ? tuple->name : name;
    if (std::find(names.begin(), names.end(), shown) == names.end()) names.push_back(shown);
  }
  return names;
}

py::object python_option(const Options& options, const std::string& name) {
  if (const Choice* choice = choice_of(options, name))
    return options.find(choice->alternative)->to_double() != 0 ? py::object(py::str(choice->alternative)) : py::none();
  if (const Tuple* tuple = tuple_of(options, name); tuple && name == tuple->name) {
    py::tuple out(tuple->parts.size());
    for (size_t i = 0; i < out.size(); ++i) {
      const Scalar& part = *options.find(tuple->parts[i]);
      const bool unset = std::string_view(tuple->parts[i]) == "eps1" && part.to_double() == 0;
      out[i] = unset ? py::none() : to_python(part);
    }
    return out;
  }
  const Scalar* value = options.find(name);
  return value ? to_python(*value) : py::object();
}

// ---- one group ----

py::object GroupView::get(const std::string& name) const {
  if (name == "params") {
    py::list out;
    for (const auto& state : group().params) out.append(py::reinterpret_steal<py::object>(wrap_parameter(state.param)));
    return out;
  }
  if (name == "lr" && group().live.contains("lr")) return py::cast(optimizer_->lr(index_));
  if (name == "initial_lr" && group().initial_lr) return py::cast(*group().initial_lr);
  if (const py::object value = python_option(group().options, name)) return value;
  if (notes().contains(name)) return notes()[py::str(name)];
  throw KeyError("no hyperparameter \"", name, "\"", suggestion(name, keys()), "; there are: ", quoted_list(keys()));
}

void GroupView::set(const std::string& name, const py::object& value) const {
  if (name == "params")
    throw TypeError(
        "the parameters of a group cannot be replaced; make an optimizer for the others, or use "
        "add_param_group");
  const Options& options = group().options;
  const bool known = python_option(options, name) || (name == "lr" && group().live.contains("lr"));
  const bool number = PyFloat_Check(value.ptr()) || PyLong_Check(value.ptr()) || is_array(value.ptr());
  if (name == "initial_lr") {
    optimizer_->set_initial_lr(index_, py::cast<double>(value));
  } else if (const Choice* choice = choice_of(options, name)) {
    const bool chosen = !value.is_none() && py::cast<std::string>(value) == choice->alternative;
    if (!chosen && !value.is_none() && py::cast<std::string>(value) != "original")
      throw ValueError(name, ": expected None or \"", choice->alternative, "\", got ",
                       py::cast<std::string>(py::repr(value)));
    optimizer_->set_option(index_, choice->alternative, chosen);
  } else if (const Tuple* tuple = tuple_of(options, name); tuple && name == tuple->name) {
    const auto parts = py::cast<py::sequence>(value);
    if (parts.size() != tuple->parts.size())
      throw ValueError(name, ": expected ", tuple->parts.size(), " numbers, got ", parts.size());
    for (size_t i = 0; i < tuple->parts.size(); ++i)
      optimizer_->set_option(index_, tuple->parts[i], part_from(tuple->parts[i], parts[i]));
  } else if (known && (number || !notes_of(*optimizer_).python_rule)) {
    optimizer_->set_option(index_, name, py::cast<Scalar>(value));
  } else {
    const std::string meant = suggestion(name, keys());
    if (!meant.empty() && !notes().contains(name))
      throw KeyError("no hyperparameter \"", name, "\"", meant, "; there are: ", quoted_list(keys()));
    notes()[py::str(name)] = value;
  }
  if (notes_of(*optimizer_).python_rule) ++settings_version;
}

py::object GroupView::pop(const std::string& name, const py::object& otherwise) const {
  if (notes().contains(name)) return notes().attr("pop")(name);
  if (contains(name)) throw TypeError("\"", name, "\" is a hyperparameter, without which the group cannot be");
  return otherwise;
}

bool GroupView::contains(const std::string& name) const {
  const auto names = keys();
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::vector<std::string> GroupView::keys() const {
  std::vector<std::string> names{"params"};
  if (group().live.contains("lr")) names.push_back("lr");
  for (std::string& name : python_names(group().options)) names.push_back(std::move(name));
  if (group().initial_lr) names.push_back("initial_lr");
  for (const auto& [name, value] : notes()) names.push_back(py::cast<std::string>(name));
  return names;
}

py::dict GroupView::as_dict() const {
  py::dict out;
  for (const std::string& name : keys()) out[py::str(name)] = get(name);
  return out;
}

// ---- what users give ----

std::vector<GivenGroup> given_groups(const py::object& params) {
  if (is_array(params.ptr()) || !py::isinstance<py::iterable>(params))
    throw TypeError("an optimizer takes an iterable of arrays, such as model.parameters() or a list, got ",
                    Py_TYPE(params.ptr())->tp_name);
  std::vector<GivenGroup> groups;
  std::vector<Array> plain;
  bool any_parameter = false;
  for (py::handle item : params) {
    const bool is_view = py::isinstance<GroupView>(item);
    if (!PyDict_Check(item.ptr()) && !is_view) {
      plain.push_back(given_parameter(item));
      any_parameter |= !is_array(item.ptr()) || is_parameter(item.ptr());
      continue;
    }
    py::dict overrides = is_view ? py::cast<const GroupView&>(item).as_dict() : py::dict(item.attr("copy")());
    if (!overrides.contains("params"))
      throw ValueError("a parameter group is a dictionary with \"params\" and hyperparameters; \"params\" is missing");
    groups.push_back({given_parameters(overrides.attr("pop")("params")), overrides});
  }
  if (!groups.empty() && !plain.empty())
    throw TypeError("an optimizer takes arrays or parameter groups (dictionaries), not both at once");
  check_learns(plain, any_parameter);
  if (groups.empty()) groups.push_back({std::move(plain), {}});
  return groups;
}

void add_group(Optimizer& optimizer, const GivenGroup& given) {
  optimizer.add_param_group(given.params);
  const GroupView view(optimizer, optimizer.groups().size() - 1);
  for (const auto& [name, value] : given.overrides)
    view.set(py::cast<std::string>(name), py::reinterpret_borrow<py::object>(value));
}

void check_tuning(const py::kwargs& tuning) {
  for (const auto& [key, value] : tuning) {
    const std::string name = py::cast<std::string>(key);
    if (name == "differentiable" && PyObject_IsTrue(value.ptr()) == 1)
      throw ValueError(
          "differentiable: the result of step() carries no graph here; write the update as array "
          "arithmetic and differentiate that");
    if (name != "foreach" && name != "fused" && name != "capturable" && name != "differentiable")
      throw TypeError("an optimizer got an unexpected keyword argument '", name, "'");
  }
}

}  // namespace ingot::python
