#include "ingot/ops/node_watch.h"

#include <utility>

namespace ingot {

constinit thread_local NodeWatch* NodeWatch::current_ = nullptr;
constinit thread_local const Node* NodeWatch::differentiated_ = nullptr;

NodeWatch* NodeWatch::install(NodeWatch* watch) noexcept { return std::exchange(current_, watch); }

}  // namespace ingot
