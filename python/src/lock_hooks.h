// What the engine asks of Python while it works: to let go of the GIL, and whether the user pressed Ctrl-C.
#pragma once

namespace ingot::python {

/// Sets Python's error to what a signal handler raised when the engine was interrupted: KeyboardInterrupt, as a rule.
void restore_interrupt() noexcept;

}  // namespace ingot::python
