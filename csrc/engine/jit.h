// Recording a function once and replaying its plan.
#pragma once

#include <functional>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "ingot/graph/array.h"

namespace ingot {

/// One recorded run of a function: a plan, the handles it read, and the handles and gradients it changed.
///
/// A recording holds for arguments of the same shapes, dtypes and devices as those it was made with; choosing the
/// recording (by those, and by whatever else the function depends on) is the caller's job, with the help of `valid`.
class Recording {
 public:
  using Function = std::function<std::vector<Array>(const std::vector<Array>&)>;

  /// Calls `function` with placeholders shaped as `arguments`. No value is computed and no handle stays changed.
  /// Throws TraceError if the function asks for a value, or if a recording is under way on this thread already.
  Recording(const Function& function, const std::vector<Array>& arguments);
  ~Recording();
  Recording(Recording&&) noexcept;

  /// True if a result requires grad: `run` gives results without a graph, so a caller that records gradients must call
  /// the function itself.
  bool needs_graph() const;
  /// False if a handle that the function used has another shape or dtype by now, or a gradient that was there is
  /// missing (or the reverse).
  bool valid() const;
  /// Runs the plan: reads the handles as they are now, writes those that the function changed, and returns the results.
  /// Throws ValueError if `arguments` do not match those of the recording, TraceError inside another recording. If the
  /// plan fails, the handles are as before, but for values that it was already overwriting, and gradients that it was to
  /// replace unread: those are lost.
  std::vector<Array> run(std::span<const Array> arguments) const;
  std::vector<Array> run(std::initializer_list<Array> arguments) const {
    return run(std::span(arguments.begin(), arguments.size()));
  }
  /// The plan as text, one line per step: what was fused, shapes, bytes and arithmetic.
  std::string describe() const;

  struct State;

 private:
  std::unique_ptr<State> state_;
};

/// True while a function is being recorded on this thread.
bool is_recording() noexcept;

}  // namespace ingot
