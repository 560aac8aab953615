#include "ingot/ops/registry.h"

#include "bind.h"

namespace ingot::python {

namespace {

const char* name_of(Op::Kind kind) {
  switch (kind) {
    case Op::Kind::source:
      return "source";
    case Op::Kind::pointwise:
      return "pointwise";
    case Op::Kind::linear:
      return "linear";
    case Op::Kind::bilinear:
      return "bilinear";
    case Op::Kind::custom:
      return "custom";
    case Op::Kind::nondifferentiable:
      return "nondifferentiable";
  }
  return "";
}

const char* name_of(Op::Lowering lowering) {
  switch (lowering) {
    case Op::Lowering::view:
      return "view";
    case Op::Lowering::pointwise:
      return "pointwise";
    case Op::Lowering::reduction:
      return "reduction";
    case Op::Lowering::kernel:
      return "kernel";
    case Op::Lowering::expand:
      return "expand";
  }
  return "";
}

const char* name_of(Typing typing) {
  switch (typing) {
#define INGOT_TYPING(name)                                                                                             \
  case Typing::name:                                                                                                   \
    return #name;
    INGOT_TYPING(numeric)
    INGOT_TYPING(arithmetic)
    INGOT_TYPING(real)
    INGOT_TYPING(real_arithmetic)
    INGOT_TYPING(inexact)
    INGOT_TYPING(floating)
    INGOT_TYPING(power)
    INGOT_TYPING(magnitude)
    INGOT_TYPING(part)
    INGOT_TYPING(comparison)
    INGOT_TYPING(ordering)
    INGOT_TYPING(classification)
    INGOT_TYPING(logical)
    INGOT_TYPING(bits)
    INGOT_TYPING(shift)
    INGOT_TYPING(selection)
    INGOT_TYPING(parts)
#undef INGOT_TYPING
  }
  return "";
}

py::dict describe(const OpInfo& op) {
  py::dict out("name"_a = op.name, "kind"_a = name_of(op.kind), "lowering"_a = name_of(op.lowering),
               "differentiable"_a = op.differentiable);
  if (!op.row) return out;
  out["arity"] = op.row->arity;
  out["typing"] = name_of(op.row->typing);
  out["expression"] = op.row->expression;
  out["sample"] = op.row->sample;
  out["reference"] = op.row->reference;
  return out;
}

}  // namespace

void register_registry(py::module_& m) {
  m.def(
      "registered_ops",
      [] {
        py::list out;
        for (const OpInfo& op : registered_ops()) out.append(describe(op));
        return out;
      },
      "Every operation that makes nodes, as dictionaries: name, kind, lowering, differentiable; for rows of the "
      "elementwise table also arity, typing, "
      "expression, sample and reference.\n\nExample:\n    >>> ingot.core.registered_ops()[0]['name']\n    'add'");
}

}  // namespace ingot::python
