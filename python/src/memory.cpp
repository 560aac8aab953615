#include "bind.h"
#include "ingot/graph/buffer.h"

namespace ingot::python {

void register_memory(py::module_& parent) {
  py::module_ m = parent.def_submodule("memory", "What the arrays of this process hold, in bytes, and limits on it.");
  m.def("active", memory::active,
        "Bytes in arrays that are alive.\n\nExample:\n    >>> ingot.memory.active() >= 0\n    True");
  m.def("peak", memory::peak, "The most that was ever active since the last `reset_peak`.");
  m.def("reset_peak", memory::reset_peak, "Starts `peak` anew.");
  m.def("cached", memory::cached, "Bytes freed and kept for reuse.");
  m.def("set_cache_limit", memory::set_cache_limit, "bytes"_a,
        "Sets the most that the cache may keep, and returns the old limit. Shrinks the cache at once.");
  m.def("set_limit", memory::set_limit, "bytes"_a,
        "Sets the most that may be active, in bytes (0: no limit), and returns the old limit; at first it is nine "
        "tenths of the machine's memory. Beyond it, MemoryError.");
  m.def("clear_cache", memory::clear_cache, "Gives all cached memory back to the system.");
  m.def("live_buffers", memory::live_buffers, "The number of buffers alive, for leak tests.");
}

}  // namespace ingot::python
