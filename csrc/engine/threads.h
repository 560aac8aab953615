// How many threads operations may use.
#pragma once

namespace ingot {

/// Threads that an operation may use, the calling one included: INGOT_NUM_THREADS, or the cores this process may run on.
/// Results do not depend on it, to the bit.
int num_threads();
/// From the next operation on. Throws ValueError unless count is at least 1.
void set_num_threads(int count);

}  // namespace ingot
