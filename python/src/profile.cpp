#include "profile.h"

#include "ingot/engine/profile.h"

namespace ingot::python {

namespace {

/// Seconds, as Python counts them.
double seconds(int64_t nanoseconds) { return static_cast<double>(nanoseconds) * 1e-9; }

py::list records(const Profile& profile) {
  constexpr const char* kKinds[] = {"step", "eval", "plan", "trace", "replay"};
  py::list out;
  for (const Profile::Record& each : profile.records()) {
    const char* kind = kKinds[static_cast<size_t>(each.kind)];
    const std::string name = each.step ? each.step->name : kind;
    out.append(py::make_tuple(name, kind, each.thread, seconds(each.begin), seconds(each.end - each.begin),
                              each.step ? each.step->bytes : 0, each.step ? each.step->flops : 0.0));
  }
  return out;
}

}  // namespace

void register_profile(py::module_& m) {
  py::class_<Profile>(m, "_Profile", "Records what the engine runs; `ingot.profile` is the public form.")
      .def(py::init<>())
      .def("start", &Profile::start, "Begins to record, from nothing.")
      .def("stop", &Profile::stop, "Ends.")
      .def(
          "elapsed", [](const Profile& self) { return seconds(self.elapsed()); }, "Seconds from start to stop, or now.")
      .def("records", records,
           "Name, kind, number of the thread, begin and duration in seconds, bytes and flops of everything recorded.");
}

}  // namespace ingot::python
