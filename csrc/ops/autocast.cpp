#include "ingot/ops/autocast.h"

#include <algorithm>

#include "ingot/graph/autocast_mode.h"
#include "ingot/ops/elementwise.h"

namespace ingot {

namespace {

/// Their time goes into products, which are faster in a low precision and add up in float32 anyway.
constexpr std::string_view kLow[] = {"matmul", "linear", "convolution", "convolution_transpose",
                                     "scaled_dot_product_attention"};
/// Many terms, large exponents or small differences.
constexpr std::string_view kFull[] = {"softmax",  "log_softmax", "logsumexp",  "layer_norm",
                                      "rms_norm", "batch_norm",  "group_norm", "cross_entropy",
                                      "sum",      "mean",        "prod",       "var"};

bool is_castable(DType dtype) { return dtype == DType::float32 || dtype == DType::float16 || dtype == DType::bfloat16; }

}  // namespace

Array autocast(std::string_view function, const Array& x) {
  const auto low = autocast_dtype();
  if (!low || !x.defined() || !is_castable(x.dtype())) return x;
  const auto named = [&](std::string_view name) { return name == function; };
  if (std::any_of(std::begin(kLow), std::end(kLow), named)) return x.dtype() == *low ? x : astype(x, *low);
  if (std::any_of(std::begin(kFull), std::end(kFull), named))
    return x.dtype() == DType::float32 ? x : astype(x, DType::float32);
  return x;
}

}  // namespace ingot
