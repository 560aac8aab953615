// Whole matrices of derivatives.
#pragma once

#include "ingot/autograd/transforms.h"

namespace ingot {

enum class JacobianMode {
  automatic,  ///< reverse if there are no more outputs than inputs, else forward
  reverse,    ///< a row at a time: one backward sweep per element of the outputs, batched
  forward,    ///< a column at a time: one forward sweep per element of the inputs, batched
};

struct Jacobian {
  Arrays outputs;
  /// By output, then primal: the derivatives, of the output's shape followed by the primal's.
  std::vector<Arrays> blocks;
  /// How it was computed; never automatic.
  JacobianMode mode;
};

/// The derivatives of every output of `f` by every primal. `f` runs once. `chunk` bounds how many rows (columns) are
/// computed at a time; 0 means all.
///
/// Complex: both modes give the complex derivative of a holomorphic function. Of a complex result by a real argument
/// there is the forward mode only; of a real result by a complex argument the reverse mode only, which gives gradients
/// by the convention of `backward`. Throws TypeError for the others, and for a primal of a dtype without derivatives.
Jacobian jacobian(const Function& f, const Arrays& primals, JacobianMode mode = JacobianMode::automatic,
                  int64_t chunk = 0);

}  // namespace ingot
