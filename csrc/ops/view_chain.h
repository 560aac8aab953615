// How one array is seen in another, for host languages in which arrays share their elements.
#pragma once

#include <optional>
#include <vector>

#include "ingot/graph/op.h"

namespace ingot {

/// A chain of operations that say where elements lie and do nothing with them: `x[1:].T.reshape(-1)`.
class ViewChain {
 public:
  /// A chain of no operations, to an array whose elements lie as `layout` says.
  explicit ViewChain(Layout layout) : layout_(std::move(layout)) {}
  /// The chain that made `part` of `base`, whose elements lie as `layout` says; nothing if another operation is between
  /// them, if one had to copy, or if the edges between them are gone (they are, once `part` is evaluated).
  static std::optional<ViewChain> between(const Array& part, const Array& base, const Layout& layout);

  /// The same part of another base of the same shape.
  Array of(const Array& base) const;
  /// `base` with `values` in place of the part. Throws ValueError where the part shows one element several times.
  Array written(const Array& base, const Array& values) const;
  /// True if no gradient flows through.
  bool detaches() const;
  /// Where the elements of the part lie.
  const Layout& layout() const { return layout_; }
  /// Has the chain go on with another.
  void append(const ViewChain& further);

 private:
  struct Step {
    OpRef op;
    Shape shape;

    Array of(const Array& whole) const;
  };
  std::vector<Step> steps_;
  Layout layout_;
};

}  // namespace ingot
