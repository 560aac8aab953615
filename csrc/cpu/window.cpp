#include "ingot/cpu/window.h"

#include <algorithm>
#include <bit>

namespace ingot::cpu {
namespace {

int log_size(DType dtype) { return std::countr_zero(size_of(dtype)); }

/// Appends axis `axis` of the step to a group, merged into the group's last axis if every operand walks the two as one.
void append_axis(const FusedStep& step, size_t axis, Group group, Space& space, std::vector<Access>& accesses) {
  const int64_t length = step.space[axis];
  if (length == 1) return;
  const auto stride = [&](size_t operand) {
    return operand < step.inputs.size() ? step.inputs[operand].strides[axis]
                                        : step.outputs[operand - step.inputs.size()].strides[axis];
  };
  Shape& axes = space.axes[group];
  bool merges = !axes.empty();
  for (size_t k = 0; merges && k < accesses.size(); ++k)
    merges = accesses[k].strides[group].back() == stride(k) * length;
  if (merges) {
    axes.back() *= length;
    for (size_t k = 0; k < accesses.size(); ++k) accesses[k].strides[group].back() = stride(k);
  } else {
    axes.push_back(length);
    for (size_t k = 0; k < accesses.size(); ++k) accesses[k].strides[group].push_back(stride(k));
  }
}

/// Bytes of all inputs together from which they count as far: no second-level cache keeps them for the next step. To an
/// epilogue, which has its kernel's time to wait for them, only what the third level does not keep is far.
constexpr int64_t kFar = 1024 * 1024, kFarFromWindow = 16 * 1024 * 1024;
/// Bytes that are near all the same.
constexpr int64_t kNear = 64 * 1024;

/// Returns the bytes that the operand spans.
int64_t find_uniform(const Space& space, Access& access) {
  int64_t elements = 1;
  for (int g = 0; g < kGroups; ++g) {
    const Shape& axes = space.axes[g];
    const Strides& strides = access.strides[g];
    access.stride[g] = axes.empty() ? 0 : strides.back();
    for (size_t i = 0; i + 1 < axes.size(); ++i)
      if (strides[i] != strides[i + 1] * axes[i + 1]) access.uniform[g] = false;
    for (size_t i = 0; i < axes.size(); ++i)
      if (strides[i] != 0) elements *= axes[i];
  }
  return elements << access.log_size;
}

/// Calls `f(offset in elements, first, count)` for runs of positions that lie at one stride.
template <class F>
void for_each_run(const Space& space, const Access& access, Range range, F&& f) {
  if (access.uniform[range.group]) return f(range.start * access.stride[range.group], int64_t{0}, range.count);
  const int64_t length = space.axes[range.group].back();
  for (int64_t done = 0; done < range.count;) {
    const int64_t position = range.start + done;
    const int64_t count = std::min(range.count - done, length - position % length);
    f(access.offset(space, range.group, position) >> access.log_size, done, count);
    done += count;
  }
}

/// Calls `f(pointer into the operand, its window, pointer into the packed rows, rows, columns)` for rectangles that are
/// regular in the operand.
template <class Byte, class PackedByte, class F>
void for_each_rectangle(const Space& space, const Access& access, Byte* base, Range rows, Range columns,
                        PackedByte* packed, int64_t row_stride, F&& f) {
  for_each_run(space, access, rows, [&](int64_t row_offset, int64_t first_row, int64_t row_count) {
    for_each_run(space, access, columns, [&](int64_t column_offset, int64_t first_column, int64_t column_count) {
      f(base + ((row_offset + column_offset) << access.log_size),
        Window{access.stride[rows.group], access.stride[columns.group]},
        packed + ((first_row * row_stride + first_column) << access.log_size), row_count, column_count);
    });
  });
}

}  // namespace

bool Access::regular(const Space& space, Range range) const {
  if (uniform[range.group]) return true;
  if (range.count == 0) return false;
  const int64_t length = space.axes[range.group].back();
  return range.start % length + range.count <= length;
}

int64_t Access::offset(const Space& space, Group group, int64_t position) const {
  if (uniform[group]) return (position * stride[group]) << log_size;
  int64_t elements = 0;
  const Shape& axes = space.axes[group];
  for (size_t i = axes.size(); i-- > 0;) {
    elements += position % axes[i] * strides[group][i];
    position /= axes[i];
  }
  return elements << log_size;
}

Space make_space(const FusedStep& step, const std::optional<WindowAxes>& window, std::vector<Access>& accesses) {
  Space space;
  accesses.resize(step.inputs.size() + step.outputs.size());
  for (size_t k = 0; k < step.inputs.size(); ++k) accesses[k].log_size = log_size(step.inputs[k].dtype);
  for (size_t k = 0; k < step.outputs.size(); ++k)
    accesses[step.inputs.size() + k].log_size = log_size(step.outputs[k].dtype);
  const bool reduces = step.reduced_axes > 0;
  const bool columns = reduces && step.inner_axes() > 0;
  const auto group_of = [&](size_t axis) {
    if (window) return axis < window->block ? block : axis < window->block + window->row ? row : column;
    if (!reduces) return row;
    if (axis < step.outer_axes) return columns ? block : row;
    return columns && axis < step.outer_axes + step.reduced_axes ? row : column;
  };
  for (size_t axis = 0; axis < step.space.size(); ++axis) append_axis(step, axis, group_of(axis), space, accesses);
  if (!reduces && !window && !space.axes[row].empty()) {
    space.axes[column].push_back(space.axes[row].back());
    space.axes[row].pop_back();
    for (Access& access : accesses) {
      access.strides[column].push_back(access.strides[row].back());
      access.strides[row].pop_back();
    }
  }
  for (int g = 0; g < kGroups; ++g)
    for (int64_t length : space.axes[g]) space.count[g] *= length;
  int64_t bytes = 0;
  for (size_t k = 0; k < accesses.size(); ++k) {
    const int64_t own = find_uniform(space, accesses[k]);
    if (k < step.inputs.size()) bytes += own;
    accesses[k].far = own >= kNear;
  }
  if (bytes < (window ? kFarFromWindow : kFar))
    for (Access& access : accesses) access.far = false;
  return space;
}

void gather(const Pack& pack, const Space& space, const Access& access, const std::byte* base, Range rows,
            Range columns, std::byte* out, int64_t row_stride) {
  const auto copy = pack.move[access.log_size].copy;
  for_each_rectangle(space, access, base, rows, columns, out, row_stride,
                     [&](const std::byte* in, Window from, std::byte* to, int64_t row_count, int64_t column_count) {
                       copy(to, {row_stride, 1}, in, from, row_count, column_count);
                     });
}

void scatter(const Pack& pack, const Space& space, const Access& access, std::byte* base, Range rows, Range columns,
             const std::byte* in, int64_t row_stride) {
  const auto copy = pack.move[access.log_size].copy;
  for_each_rectangle(space, access, base, rows, columns, in, row_stride,
                     [&](std::byte* out, Window to, const std::byte* from, int64_t row_count, int64_t column_count) {
                       copy(out, to, from, {row_stride, 1}, row_count, column_count);
                     });
}

}  // namespace ingot::cpu
