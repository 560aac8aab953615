// What is done to an array that stands for another's data.
#pragma once

#include <pybind11/pybind11.h>

#include "ingot/graph/array.h"

namespace ingot::python {

/// After an array's value was replaced: if it is `x.data` of some x, or what `state_dict` gives, x takes the value too,
/// and if it has a place in x, that part of x. Throws what storing into x throws, and then x is as it was.
void write_through(PyObject* object);

// ---- under PyTorch's conventions, where arrays share their elements ----

/// What `sharing` does with what was made. False if an array could not be traced to the base for having been computed.
bool remember_places(PyObject* parts, PyObject* base, bool temporary);
/// Calls `make` for an array, or a list or tuple of arrays, and has in-place changes of those that show elements of
/// `base`, and of nothing else, reach the base, and the reverse (`unwrap`). A base that is no `temporary` is not kept
/// alive by that, unless it stands for another array itself.
template <class Make>
pybind11::object sharing(PyObject* base, bool temporary, Make&& make) {
  pybind11::object parts = make();
  // A graph that had grown long was computed, and does not tell any more what was made of what.
  if (!remember_places(parts.ptr(), base, temporary)) {
    parts = make();
    remember_places(parts.ptr(), base, temporary);
  }
  return parts;
}
/// Has an array become `changed`, a view of what it was, and stay the same part of its base. What was taken from it
/// before goes its own way.
void change_axes(PyObject* object, const Array& changed);
/// Has an array share its elements with nobody any more, because it was given others.
void part_ways(PyObject* object);
/// Drops the place of an array that goes away.
void forget_place(PyObject* part);

}  // namespace ingot::python
