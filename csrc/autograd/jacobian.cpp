#include "ingot/autograd/jacobian.h"

#include <algorithm>

#include "ingot/autograd/linearization.h"
#include "ingot/graph/error.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/manipulation.h"

namespace ingot {

namespace {

Shape joined(const Shape& a, const Shape& b) {
  Shape shape(a);
  for (int64_t length : b) shape.push_back(length);
  return shape;
}

int64_t total_size(const Arrays& arrays) {
  int64_t total = 0;
  for (const Array& array : arrays) total += array.size();
  return total;
}

bool any_complex(const Arrays& arrays) {
  return std::any_of(arrays.begin(), arrays.end(), [](const Array& x) { return is_complex(x.dtype()); });
}

JacobianMode resolve(JacobianMode mode, const Arrays& primals, const Arrays& outputs) {
  const bool from_complex = any_complex(primals), to_complex = any_complex(outputs);
  if (mode == JacobianMode::automatic) {
    if (to_complex && !from_complex) return JacobianMode::forward;
    if (from_complex && !to_complex) return JacobianMode::reverse;
    return total_size(outputs) <= total_size(primals) ? JacobianMode::reverse : JacobianMode::forward;
  }
  if (mode == JacobianMode::reverse && to_complex && !from_complex)
    throw TypeError("jacrev: a complex result has no gradient by a real argument; use jacfwd");
  if (mode == JacobianMode::forward && from_complex && !to_complex)
    throw TypeError(
        "jacfwd: a real result has no derivative by a complex argument that one number could hold; use "
        "jacrev, which gives gradients by the convention of backward()");
  return mode;
}

/// `sweep` applied to all unit arrays shaped like `x`, stacked along a new first axis: one list entry per result.
Arrays by_units(const Array& x, int64_t chunk, const std::function<Arrays(const Array&)>& sweep) {
  const int64_t count = x.size();
  if (chunk <= 0 || chunk > count) chunk = count;
  std::vector<Arrays> columns;
  for (int64_t start = 0; start < count; start += chunk) {
    const int64_t rows = std::min(chunk, count - start);
    const Array units = reshape(eye(rows, count, start, x.dtype()), joined({rows}, x.shape()));
    std::vector<int64_t> out_axes;
    const Function counted = [&](const Arrays& slices) {
      Arrays found = sweep(slices[0]);
      out_axes.assign(found.size(), 0);
      return found;
    };
    const Arrays part = vmap(counted, {units}, {0}, out_axes);
    columns.resize(part.size());
    for (size_t i = 0; i < part.size(); ++i) columns[i].push_back(part[i]);
  }
  Arrays stacked;
  for (const Arrays& parts : columns) stacked.push_back(parts.size() == 1 ? parts[0] : concatenate(parts, 0));
  return stacked;
}

}  // namespace

Jacobian jacobian(const Function& f, const Arrays& primals, JacobianMode mode, int64_t chunk) {
  for (size_t i = 0; i < primals.size(); ++i)
    if (!is_inexact(primals[i].dtype()))
      throw TypeError("jacobian: argument ", i, " has dtype ", primals[i].dtype(),
                      "; only floating and complex arrays have derivatives. Convert it with astype(float32)");
  const Linearization at(f, primals);
  const Arrays& outputs = at.outputs();
  for (const Array& output : outputs)
    if (!is_inexact(output.dtype()))
      throw TypeError("jacobian: the function must return floating or complex arrays, got ", output.dtype());

  Jacobian result{outputs, std::vector<Arrays>(outputs.size(), Arrays(primals.size())),
                  resolve(mode, primals, outputs)};
  const bool reverse = result.mode == JacobianMode::reverse;
  for (size_t k = 0; k < outputs.size(); ++k)
    for (size_t i = 0; i < primals.size(); ++i)
      if (outputs[k].size() == 0 || primals[i].size() == 0)
        result.blocks[k][i] =
            zeros(joined(outputs[k].shape(), primals[i].shape()), reverse ? primals[i].dtype() : outputs[k].dtype());

  if (reverse) {
    for (size_t k = 0; k < outputs.size(); ++k) {
      if (outputs[k].size() == 0) continue;
      const Arrays rows = by_units(outputs[k], chunk, [&](const Array& unit) {
        Arrays cotangents(outputs.size());
        cotangents[k] = unit;
        return at.pull_back(cotangents);
      });
      for (size_t i = 0; i < primals.size(); ++i) {
        if (primals[i].size() == 0) continue;
        const Array row = is_complex(outputs[k].dtype()) ? conj(rows[i]) : rows[i];
        result.blocks[k][i] = reshape(row, joined(outputs[k].shape(), primals[i].shape()));
      }
    }
    return result;
  }
  for (size_t i = 0; i < primals.size(); ++i) {
    if (primals[i].size() == 0) continue;
    const Arrays columns = by_units(primals[i], chunk, [&](const Array& unit) {
      Arrays tangents(primals.size());
      tangents[i] = unit;
      return at.push_forward(tangents);
    });
    for (size_t k = 0; k < outputs.size(); ++k) {
      if (outputs[k].size() == 0) continue;
      result.blocks[k][i] = reshape(moveaxis(columns[k], 0, -1), joined(outputs[k].shape(), primals[i].shape()));
    }
  }
  return result;
}

}  // namespace ingot
