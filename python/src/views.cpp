// Arrays that share their elements, as PyTorch's do: what is done in place to a view of an array is done to the array,
// and the reverse. A view remembers its base and the operations that lead from one to the other (`Place`). When it is
// looked at, it takes what the base has become; when it is changed, the base is.
#include <algorithm>
#include <utility>

#include "array_extras.h"
#include "bind.h"
#include "errors.h"
#include "ingot/graph/grad_mode.h"
#include "ingot/ops/conventions.h"
#include "ingot/ops/elementwise.h"
#include "write_through.h"

namespace ingot::python {

namespace {

ArrayObject& object_of(PyObject* array) { return *reinterpret_cast<ArrayObject*>(array); }

/// The array that a place is in; None once nobody can see it.
py::object living_base(const Place& place) { return PyWeakref_Check(place.base.ptr()) ? place.base() : place.base; }

Layout layout_of(const ArrayObject& object) {
  return object.place ? object.place->chain.layout() : Layout::contiguous(object.array.shape());
}

int turns_of(const ArrayObject& object) { return object.place ? object.place->turns : 0; }

/// Views of views of views go one after another, not each within the next.
void forget(std::unique_ptr<Place> place) {
  while (place) {
    const py::object base = std::move(place->base);
    place.reset();
    if (is_array(base.ptr()) && Py_REFCNT(base.ptr()) == 1) place = std::move(object_of(base.ptr()).place);
  }
}

bool remember_place(PyObject* part, PyObject* base, bool temporary) {
  if (Py_REFCNT(part) != 1) return true;  // an object that was there before: `x.contiguous()` may be x itself
  ArrayObject& self = object_of(part);
  const ArrayObject& from = object_of(base);
  std::optional<ViewChain> chain = ViewChain::between(self.array, from.array, layout_of(from));
  if (!chain) return !self.array.peek().evaluated();
  const bool stands_for_another =
      is_parameter(base) || from.owner.defined() || (from.place && !living_base(*from.place).is_none());
  const bool kept_alive = temporary || stands_for_another;
  auto kept = py::reinterpret_steal<py::object>(kept_alive ? Py_NewRef(base) : PyWeakref_NewRef(base, nullptr));
  if (!kept) throw py::error_already_set();
  self.place =
      std::make_unique<Place>(Place{std::move(kept), std::move(*chain), from.array.peek_node(), 0, turns_of(from)});
  if (kept_alive && !PyObject_GC_IsTracked(part)) PyObject_GC_Track(part);
  return true;
}

/// Calls the function `m_self`, and has what it gives share elements with its first argument.
PyObject* call_viewing(PyObject* function, PyObject* const* args, Py_ssize_t count, PyObject* names) {
  const auto call = [&] {
    auto result =
        py::reinterpret_steal<py::object>(PyObject_Vectorcall(function, args, static_cast<size_t>(count), names));
    if (!result) throw py::error_already_set();
    return result;
  };
  return guarded([&] {
    PyObject* const* end = args + count + (names ? PyTuple_GET_SIZE(names) : 0);
    PyObject* const* first = count ? args : std::find_if(args, end, is_array);  // f(dim=0, input=x)
    if (!pytorch_conventions() || first == end || !is_array(*first)) return call().release().ptr();
    // What only an expression holds may be what a module or an array shows of itself: a buffer, a gradient. That of a
    // training step's graph is neither, and may be large.
    const Array& base = unwrap(*first);
    return sharing(*first, !base.requires_grad() || base.is_leaf(), call).release().ptr();
  });
}

py::object viewing(const py::object& function) {
  // Never freed: there is one for each function.
  auto* definition = new PyMethodDef{lasting_text(function.attr("__name__")),
                                     reinterpret_cast<PyCFunction>(reinterpret_cast<void*>(call_viewing)),
                                     METH_FASTCALL | METH_KEYWORDS, lasting_text(documentation_of(function))};
  const auto caller = py::reinterpret_steal<py::object>(PyCFunction_New(definition, function.ptr()));
  return py::reinterpret_steal<py::object>(PyInstanceMethod_New(caller.ptr()));
}

}  // namespace

const char* lasting_text(const py::object& text) { return strdup(py::cast<std::string>(py::str(text)).c_str()); }

py::object documentation_of(const py::object& function) {
  const py::object doc = function.attr("__doc__");
  const py::object signature = py::getattr(function, "__text_signature__", py::none());
  if (signature.is_none()) return doc;
  return py::str("{}{}\n--\n\n{}").format(function.attr("__name__"), signature, doc);
}

bool remember_places(PyObject* parts, PyObject* base, bool temporary) {
  if (is_array(parts)) return remember_place(parts, base, temporary);
  bool all = true;
  if (PyList_Check(parts) || PyTuple_Check(parts))
    for (Py_ssize_t i = 0; i < PySequence_Fast_GET_SIZE(parts); ++i)
      all &= remember_place(PySequence_Fast_GET_ITEM(parts, i), base, temporary);
  return all;
}

void follow_base(PyObject* part) {
  if (object_of(part).place->base.is_none()) return;
  // From the part to the array that all is a part of, and back.
  std::vector<py::object> way{py::reinterpret_borrow<py::object>(part)};
  while (const Place* place = object_of(way.back().ptr()).place.get()) {
    py::object base = living_base(*place);
    if (base.is_none()) break;
    way.push_back(std::move(base));
  }
  for (; way.size() > 1; way.pop_back()) {
    const ArrayObject& base = object_of(way.back().ptr());
    ArrayObject& self = object_of(way[way.size() - 2].ptr());
    Place& place = *self.place;
    if (turns_of(base) != place.base_turns) {
      forget(std::move(self.place));  // its axes are others, and the chain means other elements
      continue;
    }
    if (base.array.peek_node() == place.seen) continue;
    // What was taken without gradients from an array that had some, as in `no_grad`, stays without.
    const bool cut = place.chain.detaches() || (place.seen->requires_grad() && !self.array.requires_grad());
    const GradMode mode(!cut);
    self.array.rebind_unchecked(place.chain.of(base.array).node());
    place.seen = base.array.peek_node();
  }
}

void write_through(PyObject* object) {
  std::vector<std::pair<Array, NodeRef>> changed;
  try {
    bool detached = false;
    for (py::object part = py::reinterpret_borrow<py::object>(object);;) {
      const ArrayObject& self = object_of(part.ptr());
      if (self.owner.defined()) {
        const DType own = self.owner.dtype();
        self.owner.rebind_unchecked((self.array.dtype() == own ? self.array : astype(self.array, own)).node());
      }
      if (!self.place) return;
      py::object base = living_base(*self.place);
      if (base.is_none()) return;
      const Array& whole = unwrap(base.ptr());
      detached |= self.place->chain.detaches();
      const GradMode mode(grad_enabled() && !detached);
      const Array result = self.place->chain.written(whole, self.array);
      changed.emplace_back(whole, whole.peek_node());
      if (detached) {
        whole.rebind_unchecked(result.node());
      } else {
        whole.rebind(result);
      }
      self.place->seen = whole.peek_node();
      part = std::move(base);
    }
  } catch (...) {
    for (const auto& [array, before] : changed) array.rebind_unchecked(before);
    throw;
  }
}

void change_axes(PyObject* object, const Array& changed) {
  ArrayObject& self = object_of(object);
  const bool other_axes = pytorch_conventions() && changed.peek_node() != self.array.peek_node();
  std::optional<ViewChain> chain;
  if (other_axes) chain = ViewChain::between(changed, self.array, layout_of(self));
  if (changed.shape() != self.array.shape()) {
    if (self.array.requires_grad() && self.array.is_leaf())
      throw GradError("the shape of an array that requires grad cannot be changed in place; make a new array");
    self.array.rebind_unchecked(changed.node());
  } else {
    self.array.rebind(changed);
  }
  if (!other_axes) return;
  if (chain && self.place && !self.place->base.is_none()) {
    self.place->chain.append(*chain);
    ++self.place->turns;
    return;
  }
  part_ways(object);
  if (chain) self.place->chain = *std::move(chain);
}

void part_ways(PyObject* object) {
  if (!pytorch_conventions()) return;
  ArrayObject& self = object_of(object);
  ViewChain dense(Layout::contiguous(self.array.shape()));
  auto place = std::make_unique<Place>(Place{py::none(), std::move(dense), {}, turns_of(self) + 1, 0});
  forget(std::exchange(self.place, std::move(place)));
}

void forget_place(PyObject* part) { forget(std::move(object_of(part).place)); }

void register_views(py::module_& m) {
  m.def(
      "_is_dense",
      [](const py::object& x) {
        const Array& array = unwrap(x.ptr());
        return is_contiguous(array.shape(), layout_of(object_of(x.ptr())).strides);
      },
      "x"_a, "Whether PyTorch would have the elements of this array, or of this view, one after another in memory.");
  m.def("_viewing", viewing, "function"_a,
        "A function that calls `function`, and under PyTorch's conventions has the arrays that it gives share their "
        "elements with its first argument. A method of a class that it is assigned to.");
}

}  // namespace ingot::python
