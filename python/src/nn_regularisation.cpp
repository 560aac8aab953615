// Dropout in all its forms.
#include "ingot/nn/dropout.h"
#include "nn_described.h"

namespace ingot::python {

namespace {

namespace F = nn::functional;

constexpr const char* kDropout =
    "While training: zeroes each element with probability `p` and scales the others by 1 / (1 - p). Otherwise passes "
    "its "
    "input on.";
constexpr const char* kAlpha =
    "While training: gives each element SELU's lowest value with probability `p`, then scales and moves all, so that a "
    "mean of 0 and a variance of 1 stay (Klambauer et al., 2017). Otherwise passes its input on.";

std::string channels(const char* shape) {
  return concat(
      "While training: zeroes whole channels of an input ", shape,
      " with probability `p` and scales the others by 1 / (1 - p) (Tompson et al., 2015). Otherwise passes its "
      "input on.");
}

template <class D>
void def_dropout(py::module_& m, const char* name, const std::string& doc, const char* shape) {
  def_layer<D>(
      m, name,
      concat(doc, "\n\nExample:\n    >>> ingot.nn.", name, "(0.5).eval()(ingot.ones(", shape, ")).shape\n    ", shape)
          .c_str());
}

void def_function(py::module_& f, const char* name, Array (*function)(const Array&, double, bool), const char* doc) {
  f.def(
      name, [function](const ArrayLike& input, double p, bool training, bool) { return function(input, p, training); },
      "input"_a, "p"_a = 0.5, "training"_a = true, "inplace"_a = false, doc);
}

}  // namespace

void register_nn_regularisation(py::module_& parent) {
  auto m = py::cast<py::module_>(parent.attr("nn"));
  def_dropout<nn::Dropout>(m, "Dropout", kDropout, "(2,)");
  def_dropout<nn::Dropout1d>(m, "Dropout1d", channels("(N, C, L) or (C, L)"), "(2, 3, 4)");
  def_dropout<nn::Dropout2d>(m, "Dropout2d", channels("(N, C, H, W) or (C, H, W)"), "(2, 3, 4, 4)");
  def_dropout<nn::Dropout3d>(m, "Dropout3d", channels("(N, C, D, H, W) or (C, D, H, W)"), "(2, 3, 4, 4, 4)");
  def_dropout<nn::AlphaDropout>(m, "AlphaDropout", kAlpha, "(2,)");
  def_dropout<nn::FeatureAlphaDropout>(m, "FeatureAlphaDropout", concat("AlphaDropout of whole channels. ", kAlpha),
                                       "(2, 3, 4)");

  auto f = py::cast<py::module_>(m.attr("functional"));
  def_function(f, "dropout", F::dropout, kDropout);
  def_function(
      f, "dropout1d", [](const Array& x, double p, bool training) { return F::feature_dropout(x, 1, p, training); },
      channels("(N, C, L) or (C, L)").c_str());
  def_function(
      f, "dropout2d", [](const Array& x, double p, bool training) { return F::feature_dropout(x, 2, p, training); },
      channels("(N, C, H, W) or (C, H, W)").c_str());
  def_function(
      f, "dropout3d", [](const Array& x, double p, bool training) { return F::feature_dropout(x, 3, p, training); },
      channels("(N, C, D, H, W) or (C, D, H, W)").c_str());
  def_function(f, "alpha_dropout", F::alpha_dropout, kAlpha);
  def_function(f, "feature_alpha_dropout", F::feature_alpha_dropout, kAlpha);
}

}  // namespace ingot::python
