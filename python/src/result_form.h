// The form of what a jitted function returns, to be filled with the arrays of each call.
#pragma once

#include <vector>

#include "bind.h"

namespace ingot::python {

/// Plain containers of arrays and constants are rebuilt without Python; anything else by the function it came with.
class ResultForm {
 public:
  /// From an `ingot._transforms.Result`.
  explicit ResultForm(const py::object& result);

  py::object fill(const std::vector<Array>& arrays) const;
  /// For the garbage collector.
  int traverse(visitproc visit, void* arg) const;

 private:
  enum class Kind : uint8_t { array, constant, tuple, list, dictionary };
  /// A part and, after it, its children.
  struct Part {
    Kind kind;
    uint32_t count = 0;
    py::object value = {};  ///< a constant, or the keys of a dictionary
  };
  bool add(const py::handle& structure, const py::list& leaves, const std::vector<bool>& is_array, size_t& leaf);
  py::object build(const std::vector<Array>& arrays, size_t& part, size_t& array) const;

  py::object result_;
  std::vector<Part> parts_;
  bool plain_;
};

}  // namespace ingot::python
