#include "ingot/autograd/anomaly.h"

#include "ingot/engine/eval.h"
#include "ingot/engine/jit.h"
#include "ingot/graph/grad_mode.h"
#include "ingot/graph/op.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/manipulation.h"
#include "ingot/ops/reduction.h"

namespace ingot {

namespace {

/// Checks are operations too: while it lives nobody watches, and nothing is recorded.
class Unwatched {
 public:
  Unwatched() : watch_(NodeWatch::install(nullptr)), mode_(false) {}
  ~Unwatched() { NodeWatch::install(watch_); }
  Unwatched(const Unwatched&) = delete;
  Unwatched& operator=(const Unwatched&) = delete;

 private:
  NodeWatch* watch_;
  GradMode mode_;
};

std::string described(std::span<const NodeRef> inputs) {
  std::string text;
  for (const NodeRef& input : inputs) {
    if (!text.empty()) text += ", ";
    text += concat(input->dtype(), " ", input->shape());
  }
  return text.empty() ? "no inputs" : text;
}

}  // namespace

bool AnomalyWatch::is_anomalous(const NodeRef& node) const {
  if (!is_inexact(node->dtype()) || node->size() == 0) return false;
  const Array x(node);
  if (options_.nan && item<bool>(any(isnan(x)))) return true;
  return options_.inf && item<bool>(any(isinf(x)));
}

std::string AnomalyWatch::describe(const NodeRef& node) const {
  const Array x(node);
  const bool nan = item<bool>(any(isnan(x)));
  const std::vector<bool> wrong = to_vector<bool>(reshape(nan ? isnan(x) : isinf(x), Shape{x.size()}));
  int64_t count = 0, first = -1;
  for (size_t i = 0; i < wrong.size(); ++i) {
    count += wrong[i];
    if (wrong[i] && first < 0) first = static_cast<int64_t>(i);
  }
  Shape index(x.shape().size());
  for (size_t axis = index.size(); axis-- > 0; first /= x.shape()[axis]) index[axis] = first % x.shape()[axis];
  return concat(nan ? "NaN" : "an infinity", " at index ", index, " (", count, " of ", x.size(), " values)");
}

std::string AnomalyWatch::made_at(const Node& node) const {
  const auto found = sites_.find(&node);
  if (found == sites_.end() || found->second.empty()) return "";
  return concat(", called at ", found->second);
}

void AnomalyWatch::on_made(const NodeRef& node) {
  if (is_recording() || node->traced()) return;
  sites_[node.get()] = site_();
  if (node->is_tuple()) return;  // its results come one by one
  const Unwatched checking;
  const std::vector<NodeRef> inputs(node->inputs().begin(), node->inputs().end());  // evaluation lets go of them
  eval(Array(node));
  if (!is_anomalous(node)) return;
  const NodeRef* cause = nullptr;
  for (const NodeRef& input : inputs)
    if (!input->is_tuple() && is_anomalous(input)) cause = &input;
  const Node* forward = differentiated();
  if (cause) {
    // Whoever made it has been reported, unless nobody did: then it came with the data.
    if (forward || sites_.contains(cause->get()) || !item<bool>(any(isnan(Array(*cause))))) return;
    throw AnomalyError("detect_anomaly: '", node->op().name(), "' got ", describe(*cause),
                       " in data or a parameter of ", (*cause)->dtype(), " ", (*cause)->shape(), made_at(*node));
  }
  if (forward)
    throw AnomalyError("detect_anomaly: the backward of '", forward->op().name(), "' gave ", describe(node), ", by '",
                       node->op().name(), "'. Its forward got ", described(forward->inputs()), " and gave ",
                       forward->dtype(), " ", forward->shape(), made_at(*forward));
  throw AnomalyError("detect_anomaly: '", node->op().name(), "' gave ", describe(node), " from ", described(inputs),
                     made_at(*node));
}

}  // namespace ingot
