#include "ingot/autograd/substitution.h"

#include "ingot/graph/error.h"
#include "ingot/graph/observer.h"

namespace ingot {

Substitution::Substitution(const Arrays& handles, const Arrays& replacements) : handles_(handles) {
  if (handles.size() != replacements.size())
    throw ValueError("substitution: expected ", handles.size(), " replacements, got ", replacements.size());
  std::vector<NodeRef> nodes;
  for (const Array& replacement : replacements) nodes.push_back(replacement.node());
  for (const Array& handle : handles_) originals_.push_back(handle.node());  // a recording jit learns of them first
  for (size_t i = 0; i < nodes.size(); ++i) HandleObserver::substitute(handles_[i], nodes[i]);
}

Substitution::~Substitution() {
  for (size_t i = 0; i < handles_.size(); ++i) HandleObserver::substitute(handles_[i], originals_[i]);
}

}  // namespace ingot
