#include "result_form.h"

namespace ingot::python {

ResultForm::ResultForm(const py::object& result) : result_(result) {
  const py::list leaves = result.attr("leaves");
  std::vector<bool> is_array(leaves.size(), false);
  for (const py::handle position : result.attr("positions")) is_array[py::cast<size_t>(position)] = true;
  size_t leaf = 0;
  plain_ = add(result.attr("structure"), leaves, is_array, leaf);
}

bool ResultForm::add(const py::handle& structure, const py::list& leaves, const std::vector<bool>& is_array,
                     size_t& leaf) {
  const py::object kind = structure.attr("kind");
  if (kind.is_none()) {
    const size_t here = leaf++;
    if (is_array[here])
      parts_.push_back({Kind::array});
    else
      parts_.push_back({Kind::constant, 0, leaves[here]});
    return true;
  }
  const auto is = [&](const PyTypeObject& type) { return kind.ptr() == reinterpret_cast<const PyObject*>(&type); };
  if (kind.is(py::type::of(py::none()))) {
    parts_.push_back({Kind::constant, 0, py::none()});
    return true;
  }
  if (!is(PyTuple_Type) && !is(PyList_Type) && !is(PyDict_Type)) return false;
  const py::tuple children = structure.attr("children");
  const Kind container = is(PyTuple_Type) ? Kind::tuple : is(PyList_Type) ? Kind::list : Kind::dictionary;
  parts_.push_back({container, static_cast<uint32_t>(children.size()), structure.attr("names")});
  for (const py::handle child : children)
    if (!add(child, leaves, is_array, leaf)) return false;
  return true;
}

py::object ResultForm::fill(const std::vector<Array>& arrays) const {
  if (!plain_) return result_.attr("rebuild")(arrays);
  size_t part = 0, array = 0;
  return build(arrays, part, array);
}

py::object ResultForm::build(const std::vector<Array>& arrays, size_t& part, size_t& array) const {
  const Part& here = parts_[part++];
  switch (here.kind) {
    case Kind::array:
      return py::reinterpret_steal<py::object>(wrap(arrays[array++]));
    case Kind::constant:
      return here.value;
    case Kind::tuple: {
      py::tuple out(here.count);
      for (uint32_t i = 0; i < here.count; ++i) out[i] = build(arrays, part, array);
      return out;
    }
    case Kind::list: {
      py::list out(here.count);
      for (uint32_t i = 0; i < here.count; ++i) out[i] = build(arrays, part, array);
      return out;
    }
    case Kind::dictionary:
      break;
  }
  py::dict out;
  for (uint32_t i = 0; i < here.count; ++i)
    out[py::handle(PyTuple_GET_ITEM(here.value.ptr(), i))] = build(arrays, part, array);
  return out;
}

int ResultForm::traverse(visitproc visit, void* arg) const {
  Py_VISIT(result_.ptr());
  for (const Part& part : parts_) Py_VISIT(part.value.ptr());
  return 0;
}

}  // namespace ingot::python
