#include "random_args.h"

#include "ingot/ops/creation.h"

namespace ingot::python {

namespace {

bool is_sequence_of_ints(const py::object& object) {
  Shape ignored;
  return !object.is_none() && !is_array(object.ptr()) && !PyIndex_Check(object.ptr()) && load_ints(object, ignored);
}

}  // namespace

DrawArgs::DrawArgs(const char* name, const py::args& args, const py::object& shape_keyword,
                   const py::object& size_keyword, std::optional<DType> dtype_keyword, py::object first,
                   py::object second)
    : dtype(dtype_keyword), parameters{std::move(first), std::move(second)} {
  std::vector<py::object> given;
  for (py::handle arg : args) {
    // A number is no dtype, though Python's types are.
    if (!dtype && !is_number(arg.ptr()) && !is_array(arg.ptr()) && !PySequence_Check(arg.ptr())) {
      if ((dtype = dtype_from_python(arg))) continue;
    }
    given.push_back(py::reinterpret_borrow<py::object>(arg));
  }
  if (!shape_keyword.is_none() && !size_keyword.is_none())
    throw TypeError(name, ": give `shape` or its other name `size`, not both");
  py::object where = shape_keyword.is_none() ? size_keyword : shape_keyword;
  if (where.is_none() && !given.empty()) {
    const bool open = parameters[0].is_none() && parameters[1].is_none();
    size_t at = given.size();
    if (is_sequence_of_ints(given[0]))
      at = 0;
    else if (is_sequence_of_ints(given.back()))
      at = given.size() - 1;
    else if (is_int(given[0].ptr()) && open && given.size() != 2)
      at = 0;
    if (at < given.size()) {
      where = given[at];
      given.erase(given.begin() + static_cast<std::ptrdiff_t>(at));
    }
  }
  for (py::object& parameter : parameters) {
    if (given.empty() || !parameter.is_none()) continue;
    parameter = given.front();
    given.erase(given.begin());
  }
  if (!given.empty()) throw TypeError(name, ": too many arguments; expected a shape and two parameters");
  if (where.is_none()) return;
  shape.emplace();
  if (!load_ints(where, *shape))
    throw TypeError(name, ": a shape is an int or a tuple of ints, got ", py::cast<std::string>(py::repr(where)));
}

Array DrawArgs::parameter(size_t i, double otherwise) const {
  const py::object& given = parameters[i];
  if (given.is_none()) return full({}, otherwise, DType::float64);
  if (is_number(given.ptr())) return full({}, py::cast<Scalar>(given), DType::float64);
  return from_python(given);
}

bool DrawArgs::plain() const {
  for (const py::object& each : parameters)
    if (!each.is_none() && !is_number(each.ptr())) return false;
  return true;
}

double DrawArgs::number(size_t i, double otherwise) const {
  return parameters[i].is_none() ? otherwise : py::cast<Scalar>(parameters[i]).to_double();
}

Shape DrawArgs::full_shape(const char* name) const {
  if (shape) return *shape;
  return broadcast_shapes(parameter(0, 0).shape(), parameter(1, 0).shape(), name);
}

}  // namespace ingot::python
