// Helpers for gradients and parameters.
#pragma once

#include <vector>

#include "ingot/graph/array.h"

namespace ingot::nn::utils {

/// The norm of all arrays as one vector; 0 for none. `norm_type` may be infinity. Throws GradError if it is not finite
/// and `error_if_nonfinite`, for which it is evaluated.
Array get_total_norm(const std::vector<Array>& arrays, double norm_type = 2, bool error_if_nonfinite = false);

/// Scales the gradients of `parameters` down, in place, so that their total norm is at most `max_norm`. Returns the norm
/// that they had. Parameters without a gradient are passed over.
///
/// Pascanu, Mikolov and Bengio, "On the difficulty of training recurrent neural networks" (2013).
Array clip_grad_norm_(const std::vector<Array>& parameters, double max_norm, double norm_type = 2,
                      bool error_if_nonfinite = false);
/// Scales gradients, whose total norm is known, as clip_grad_norm_ does.
void clip_grads_with_norm_(const std::vector<Array>& parameters, double max_norm, const Array& total_norm);
/// Moves every element of the gradients into [-clip_value, clip_value], in place. Throws ValueError for a negative bound.
void clip_grad_value_(const std::vector<Array>& parameters, double clip_value);

/// All parameters one after another. Throws ValueError if there are none.
Array parameters_to_vector(const std::vector<Array>& parameters);
/// Gives parameters the values of a vector. Throws ShapeError unless the lengths agree.
void vector_to_parameters(const Array& vector, const std::vector<Array>& parameters);

}  // namespace ingot::nn::utils
