// From C++ exceptions to Python's.
#pragma once

#include <pybind11/pybind11.h>

namespace ingot::python {

/// Sets Python's error from the exception being handled; call inside `catch (...)`.
void set_python_error() noexcept;

/// What `.cuda()` of arrays and modules does.
[[noreturn]] void throw_no_cuda();

/// Runs `f` for a C slot: an exception becomes Python's error and `failure` the result.
template <class F, class R = decltype(std::declval<F>()())>
R guarded(F&& f, R failure = R{}) noexcept {
  try {
    return f();
  } catch (...) {
    set_python_error();
    return failure;
  }
}

}  // namespace ingot::python
