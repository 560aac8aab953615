// Modules as text.
#include <unordered_set>

#include "ingot/graph/error.h"
#include "ingot/nn/container.h"

namespace ingot::nn {

namespace {

/// A module whose children are being printed.
struct Open {
  const Module* module;
  std::vector<std::string> children;
};

std::string indented(const std::string& text, const std::string& indent) {
  std::string result;
  for (const char c : text) {
    result += c;
    if (c == '\n') result += indent;
  }
  return result;
}

bool is_list(const Module* module) { return dynamic_cast<const ModuleList*>(module) != nullptr; }

/// A child of a list that stands for itself and for equal ones behind it: `(0-1): 2 x Linear(...)`.
std::string run_of_equals(const Open& list, size_t first, size_t last) {
  const std::string& text = list.children[first];
  if (first == last) return concat('(', list.module->children()[first].first, "): ", text);
  return concat('(', first, '-', last, "): ", last - first + 1, " x ", text);
}

std::string text_of(const Open& open) {
  const std::string extra = open.module->extra_repr();
  const std::string name = open.module->type_name();
  if (open.children.empty()) return name + '(' + extra + ')';
  std::string text = name + '(';
  if (!extra.empty()) text += "\n  " + extra;
  for (size_t first = 0; first < open.children.size();) {
    size_t last = first;
    while (is_list(open.module) && last + 1 < open.children.size() && open.children[last + 1] == open.children[first])
      ++last;
    text += "\n  " + indented(run_of_equals(open, first, last), "  ");
    first = last + 1;
  }
  return text + "\n)";
}

}  // namespace

std::string Module::repr() const {
  std::vector<Open> open{{this, {}}};
  std::unordered_set<const Module*> printed{this};
  while (true) {
    Open& top = open.back();
    const size_t next = top.children.size();
    if (next < top.module->children().size()) {
      const Module* child = top.module->children()[next].second.get();
      if (next > 0 && is_list(top.module) && child == top.module->children()[next - 1].second.get()) {
        top.children.push_back(top.children.back());
      } else if (!printed.insert(child).second && !child->children().empty()) {
        top.children.push_back(child->type_name() + "(...)");  // printing it again would never end on a cyclic graph
      } else {
        open.push_back({child, {}});
      }
    } else {
      std::string text = text_of(top);
      open.pop_back();
      if (open.empty()) return text;
      open.back().children.push_back(std::move(text));
    }
  }
}

}  // namespace ingot::nn
