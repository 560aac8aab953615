#include "ingot/engine/eval.h"

#include "bind.h"
#include "errors.h"
#include "ingot/cpu/load_pack.h"
#include "ingot/engine/async.h"
#include "ingot/engine/backend.h"
#include "ingot/engine/threads.h"
#include "profile.h"

namespace ingot::python {

void register_eval(py::module_& m) {
  register_profile(m);
  m.def(
      "_eval", [](const std::vector<Array>& arrays) { eval(arrays); }, "arrays"_a,
      "Computes the values of arrays; `ingot.eval` is the public form.");
  m.def(
      "_async_eval", [](const std::vector<Array>& arrays) { async_eval(arrays); }, "arrays"_a,
      "Begins to compute the values of arrays; `ingot.async_eval` is the public form.");
  m.def(
      "describe_plan", [](const std::vector<Array>& arrays) { return describe_plan(arrays); }, "arrays"_a,
      "The schedule of what evaluating these arrays would run: its steps, and the instructions of their programs.\n\n"
      "Example:\n    >>> x = ingot.ones(3)\n    >>> text = ingot.core.describe_plan([x * 2 + 1])");
  m.def("set_pending_limit", set_pending_limit, "operations"_a,
        "How many operations may be pending in a row before they are evaluated by themselves; 0 is no limit. Returns "
        "the old bound.");
  m.def("get_num_threads", num_threads,
        "Threads that operations may use.\n\nExample:\n    >>> ingot.get_num_threads() >= 1\n    True");
  m.def("set_num_threads", set_num_threads, "count"_a,
        "Sets how many threads operations may use. Results do not depend on it, to the bit.\n\nRaises ValueError "
        "unless at least 1.\n\n"
        "Example:\n    >>> ingot.set_num_threads(ingot.get_num_threads())");
  m.def(
      "backend_name", [] { return backend_for(Device{}).name(); },
      "The backend that runs the CPU: 'cpu', or 'reference' under INGOT_BACKEND=reference.");
  m.def(
      "pack_name", [] { return cpu::pack_name(); },
      "The kernels in use: 'x86-64-v4', ... Raises DeviceError if none fits this machine.");
  m.def("is_available", is_available, "device"_a,
        "True if this build and this machine can run on the device.\n\nExample:\n    >>> ingot.is_available('cpu')\n   "
        " True");
}

}  // namespace ingot::python
