// What a recording of `jit` depends on without reading it through an array; numbers that the bindings of modules and
// optimizers keep up to date.
#pragma once

#include <cstdint>

namespace ingot::python {

/// Changes whenever some module changes between training and evaluation, and changes back when that one does.
inline uint64_t mode_signature = 0;
/// Counts changes of hyperparameters that are no arrays, and replacements of what is registered in modules.
inline uint64_t settings_version = 0;

}  // namespace ingot::python
