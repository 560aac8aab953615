#include "ingot/autograd/custom_function.h"

#include "ingot/graph/error.h"
#include "ingot/graph/grad_mode.h"
#include "ingot/ops/apply.h"
#include "ingot/ops/batching.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/reduction.h"

namespace ingot {

namespace {

using Forward = std::function<CustomResult(const Arrays&)>;

struct SharedRules {
  Forward forward;
  CustomRules rules;
};

/// The given arrays and which places they had among all; the rest is undefined.
struct Present {
  Arrays arrays;
  std::vector<size_t> places;

  explicit Present(const Arrays& all) {
    for (size_t i = 0; i < all.size(); ++i) {
      if (!all[i].defined()) continue;
      arrays.push_back(all[i]);
      places.push_back(i);
    }
  }
};

void check_results(const char* rule, const char* what, const Arrays& found, const Arrays& like) {
  if (found.size() != like.size())
    throw ValueError("custom function: its ", rule, " must give ", like.size(), " ", what, "s, got ", found.size());
  for (size_t i = 0; i < like.size(); ++i)
    if (found[i].defined() && found[i].shape() != like[i].shape())
      throw ShapeError("custom function: its ", rule, " gave a ", what, " ", i, " of shape ", found[i].shape(),
                       " for an array of shape ", like[i].shape());
}

Arrays checked(const char* rule, const char* what, Arrays found, const Arrays& like) {
  check_results(rule, what, found, like);
  for (size_t i = 0; i < like.size(); ++i)
    if (found[i].defined() && found[i].dtype() != like[i].dtype()) found[i] = astype(found[i], like[i].dtype());
  return found;
}

/// Zeros in place of what is undefined.
Arrays filled(const Arrays& arrays, const Arrays& like) {
  Arrays full = arrays;
  for (size_t i = 0; i < full.size(); ++i)
    if (!full[i].defined()) full[i] = zeros_like(like[i]);
  return full;
}

Arrays zeros_like_all(const Arrays& arrays) { return filled(Arrays(arrays.size()), arrays); }

// Note [Custom functions in the graph]
// The function runs on its inputs without being recorded, and what it computes there becomes further inputs of a node
// whose results are those values, unchanged. So evaluation, jit and checkpoints see nothing but the values; vmap batches
// what computes them as anything else; and derivatives, which follow what is recorded, meet the node alone.

/// Passes on the results of a custom function, which are inputs too: (inputs, outputs, residuals) -> outputs.
struct Custom final : Define<Custom, CustomOp> {
  static constexpr const char* kName = "custom_function";
  size_t arity, results;
  std::shared_ptr<const SharedRules> shared;
  Custom(size_t inputs, size_t outputs, std::shared_ptr<const SharedRules> with)
      : arity(inputs), results(outputs), shared(std::move(with)) {}
  // What is computed does not depend on the rules: plans are shared between calls that differ in them.
  auto attributes() const { return std::tie(arity, results); }
  Lowering lowering() const override { return Lowering::expand; }

  std::vector<Array> expand(const std::vector<Array>& inputs) const override {
    return {inputs.begin() + static_cast<std::ptrdiff_t>(arity),
            inputs.begin() + static_cast<std::ptrdiff_t>(arity + results)};
  }

  std::vector<Array> vjp(const Call& call, const std::vector<Array>& cotangents) const override {
    std::vector<bool> needed;
    for (size_t i = 0; i < arity; ++i) needed.push_back(call.needs(i));
    const CustomCall made = seen(call);
    Arrays found = pull_back(made, cotangents, needed);
    for (size_t i = 0; i < arity; ++i)
      if (!needed[i]) found[i] = Array();
    found.resize(call.arity());
    return found;
  }

  std::vector<Array> jvp(const Call& call, const std::vector<Array>& tangents) const override {
    const Arrays moving(tangents.begin(), tangents.begin() + static_cast<std::ptrdiff_t>(arity));
    return push_forward(seen(call), moving);
  }

  std::vector<Array> vmap(const Call&, const std::vector<Array>& inputs, const BatchAxes& axes,
                          int64_t batch) const override {
    const auto first = static_cast<std::ptrdiff_t>(arity);
    if (shared->rules.vmap) {
      const Arrays given(inputs.begin(), inputs.begin() + first);
      auto [found, places] = shared->rules.vmap(given, BatchAxes(axes.begin(), axes.begin() + first), batch);
      if (found.size() != results || places.size() != results)
        throw ValueError("custom function: its vmap must give ", results, " outputs and as many axes, got ",
                         found.size(), " and ", places.size());
      for (size_t k = 0; k < found.size(); ++k) {
        if (places[k] > 0) found[k] = moveaxis(found[k], places[k], 0);
        if (places[k] < 0) found[k] = give_batch(found[k], -1, batch);
        if (found[k].ndim() == 0 || found[k].shape(0) != batch)
          throw ShapeError("custom function: its vmap gave output ", k, " of shape ", found[k].shape(),
                           " for a batch of ", batch);
      }
      return found;
    }
    Arrays batched = inputs;
    BatchAxes batched_axes = axes;
    for (size_t i = arity; i < inputs.size(); ++i) {
      batched[i] = give_batch(inputs[i], axes[i], batch);
      batched_axes[i] = 0;
    }
    std::vector<Spec> specs;
    for (size_t k = 0; k < results; ++k) specs.push_back(batched[arity + k].peek().spec());
    return apply_tuple(make_ref<Custom>(arity, results, batched_rules(batched_axes, batch)), batched, specs);
  }

 private:
  CustomCall seen(const Call& call) const {
    CustomCall made;
    for (size_t i = 0; i < arity; ++i) made.inputs.push_back(call.in(i));
    for (size_t k = 0; k < results; ++k) made.outputs.push_back(call.out(k));
    for (size_t i = arity + results; i < call.arity(); ++i) made.residuals.push_back(call.in(i));
    return made;
  }

  Arrays pull_back(const CustomCall& made, const Arrays& cotangents, const std::vector<bool>& needed) const {
    const CustomRules& rules = shared->rules;
    if (rules.vjp) return checked("vjp", "gradient", rules.vjp(made, cotangents, needed), made.inputs);
    if (!rules.jvp) return ingot::vjp(again(), made.inputs, cotangents).second;
    // The rule is linear in the tangents, so its transpose can be taken anywhere: at zero.
    const Function along = [&](const Arrays& tangents) {
      return filled(checked("jvp", "tangent", rules.jvp(made, tangents), made.outputs), made.outputs);
    };
    return ingot::vjp(along, zeros_like_all(made.inputs), cotangents).second;
  }

  Arrays push_forward(const CustomCall& made, const Arrays& tangents) const {
    const CustomRules& rules = shared->rules;
    if (rules.jvp) return checked("jvp", "tangent", rules.jvp(made, tangents), made.outputs);
    if (!rules.vjp) return ingot::jvp(again(), made.inputs, tangents).second;
    // Pulling back is linear in the cotangents, and its own transpose pushes forward.
    std::vector<bool> moves;
    for (const Array& tangent : tangents) moves.push_back(tangent.defined());
    const Function back = [&](const Arrays& cotangents) {
      return filled(checked("vjp", "gradient", rules.vjp(made, cotangents, moves), made.inputs), made.inputs);
    };
    return ingot::vjp(back, zeros_like_all(made.outputs), tangents).second;
  }

  Function again() const {
    return [forward = shared->forward](const Arrays& inputs) { return forward(inputs).outputs; };
  }

  /// The rules under vmap: each one batched, where gradients of what all share add up.
  std::shared_ptr<const SharedRules> batched_rules(const BatchAxes& axes, int64_t batch) const {
    const auto one = shared;
    const size_t inputs = arity, outputs = results;
    SharedRules many;
    many.forward = [one, axes, batch, inputs](const Arrays& given) {
      size_t outputs_of_one = 0;
      std::vector<int64_t> out_axes;
      const Function flat = [&](const Arrays& slices) {
        CustomResult result = one->forward(slices);
        outputs_of_one = result.outputs.size();
        result.outputs.insert(result.outputs.end(), result.residuals.begin(), result.residuals.end());
        out_axes.assign(result.outputs.size(), 0);
        return result.outputs;
      };
      const Arrays all =
          ingot::vmap(flat, given, {axes.begin(), axes.begin() + static_cast<std::ptrdiff_t>(inputs)}, out_axes);
      const auto border = all.begin() + static_cast<std::ptrdiff_t>(outputs_of_one);
      return CustomResult{{all.begin(), border}, {border, all.end()}};
    };
    /// Calls `rule` on slices of a call and of what `moving` holds; `batched` tells which of that has a batch axis.
    const auto mapped = [axes, inputs, outputs](const CustomCall& made, const Arrays& moving,
                                                const BatchAxes& moving_axes,
                                                const std::function<Arrays(const CustomCall&, const Arrays&)>& rule) {
      const Present present(moving);
      Arrays arguments = made.inputs;
      arguments.insert(arguments.end(), made.outputs.begin(), made.outputs.end());
      arguments.insert(arguments.end(), made.residuals.begin(), made.residuals.end());
      BatchAxes in_axes(axes);
      const size_t before = arguments.size();
      for (size_t j = 0; j < present.places.size(); ++j) {
        arguments.push_back(present.arrays[j]);
        in_axes.push_back(moving_axes[present.places[j]]);
      }
      std::vector<size_t> places;
      size_t count = 0;
      std::vector<int64_t> out_axes;
      const Function flat = [&](const Arrays& slices) {
        const auto at = [&](size_t i) { return slices.begin() + static_cast<std::ptrdiff_t>(i); };
        const CustomCall slice{
            {at(0), at(inputs)}, {at(inputs), at(inputs + outputs)}, {at(inputs + outputs), at(before)}};
        Arrays directions(moving.size());
        for (size_t j = 0; j < present.places.size(); ++j) directions[present.places[j]] = slices[before + j];
        const Arrays found = rule(slice, directions);
        count = found.size();
        Present defined(found);
        places = std::move(defined.places);
        out_axes.assign(places.size(), 0);
        return defined.arrays;
      };
      const Arrays stacked = ingot::vmap(flat, arguments, in_axes, out_axes);
      Arrays result(count);
      for (size_t j = 0; j < places.size(); ++j) result[places[j]] = stacked[j];
      return result;
    };
    if (one->rules.vjp) {
      many.rules.vjp = [one, mapped, axes](const CustomCall& made, const Arrays& cotangents,
                                           const std::vector<bool>& needed) {
        Arrays found =
            mapped(made, cotangents, BatchAxes(cotangents.size(), 0),
                   [&](const CustomCall& slice, const Arrays& given) { return one->rules.vjp(slice, given, needed); });
        for (size_t i = 0; i < found.size(); ++i)
          if (found[i].defined() && axes[i] < 0) found[i] = sum(found[i], Axes{0});
        return found;
      };
    }
    if (one->rules.jvp) {
      many.rules.jvp = [one, mapped, axes](const CustomCall& made, const Arrays& tangents) {
        return mapped(made, tangents,
                      BatchAxes(axes.begin(), axes.begin() + static_cast<std::ptrdiff_t>(tangents.size())),
                      [&](const CustomCall& slice, const Arrays& given) { return one->rules.jvp(slice, given); });
      };
    }
    return std::make_shared<const SharedRules>(std::move(many));
  }
};

}  // namespace

Arrays custom_function(const Forward& forward, CustomRules rules, const Arrays& inputs) {
  CustomResult result;
  {
    const GradMode off(false);
    result = forward(inputs);
  }
  if (result.outputs.empty()) throw ValueError("custom function: it must return at least one array");
  std::vector<Spec> specs;
  for (const Array& output : result.outputs) specs.push_back(output.peek().spec());
  Arrays operands = inputs;
  operands.insert(operands.end(), result.outputs.begin(), result.outputs.end());
  operands.insert(operands.end(), result.residuals.begin(), result.residuals.end());
  auto shared = std::make_shared<const SharedRules>(SharedRules{forward, std::move(rules)});
  return apply_tuple(make_ref<Custom>(inputs.size(), result.outputs.size(), std::move(shared)), operands,
                     std::move(specs));
}

}  // namespace ingot
