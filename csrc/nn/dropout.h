// Dropout: of elements, of whole channels, and in the form that keeps self-normalising networks normalised.
#pragma once

#include "ingot/nn/options.h"

namespace ingot::nn {

namespace functional {

/// While training: whole channels are zero with probability `p`, the others are scaled by `1 / (1 - p)`. `x` has `axes`
/// axes behind its channels, and a batch in front of them or none. Throws ValueError unless `0 <= p <= 1`, ShapeError
/// for another number of axes (Tompson et al., 2015).
Array feature_dropout(const Array& x, size_t axes, double p = 0.5, bool training = true);

/// While training: elements take SELU's lowest value with probability `p`, and all are scaled and moved so that mean and
/// variance stay 0 and 1 (Klambauer et al., 2017). Throws ValueError unless `0 <= p <= 1`.
Array alpha_dropout(const Array& x, double p = 0.5, bool training = true);
/// The same for whole channels: axes 0 and 1 are batch and channels.
Array feature_alpha_dropout(const Array& x, double p = 0.5, bool training = true);

}  // namespace functional

struct DropoutOptions {
  /// The probability of a zero.
  double p = 0.5;
  /// PyTorch's; changes nothing here, since the engine reuses memory by itself.
  bool inplace = false;

  /// Throws ValueError unless `0 <= p <= 1`.
  void check() const;
  static constexpr auto fields() {
    return std::tuple(option("p", &DropoutOptions::p), option("inplace", &DropoutOptions::inplace));
  }
};

INGOT_LAYER(Dropout, DropoutOptions, functional::dropout(x, o.p, training()))
INGOT_LAYER(Dropout1d, DropoutOptions, functional::feature_dropout(x, 1, o.p, training()))
INGOT_LAYER(Dropout2d, DropoutOptions, functional::feature_dropout(x, 2, o.p, training()))
INGOT_LAYER(Dropout3d, DropoutOptions, functional::feature_dropout(x, 3, o.p, training()))
INGOT_LAYER(AlphaDropout, DropoutOptions, functional::alpha_dropout(x, o.p, training()))
INGOT_LAYER(FeatureAlphaDropout, DropoutOptions, functional::feature_alpha_dropout(x, o.p, training()))

}  // namespace ingot::nn
