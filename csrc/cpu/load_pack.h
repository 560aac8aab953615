// The kernels for this machine.
#pragma once

#include "ingot/cpu/pack.h"

namespace ingot::cpu {

/// The best pack this machine can run, or the one INGOT_CPU names; opened once. Throws DeviceError, naming what was
/// tried, if there is none.
const Pack& pack();
/// Its name: "x86-64-v4", ...
const char* pack_name();

}  // namespace ingot::cpu
