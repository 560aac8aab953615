// Other values for arrays that code holds on to: a module's parameters, for one call.
#pragma once

#include "ingot/autograd/transforms.h"

namespace ingot {

/// Makes each of `handles` stand for its replacement, of whatever shape, while it lives; what was assigned to them
/// meanwhile goes with it. Throws ValueError unless there are as many of both. Other threads see the replacements too.
class Substitution {
 public:
  Substitution(const Arrays& handles, const Arrays& replacements);
  ~Substitution();
  Substitution(const Substitution&) = delete;
  Substitution& operator=(const Substitution&) = delete;

 private:
  Arrays handles_;
  std::vector<NodeRef> originals_;
};

}  // namespace ingot
