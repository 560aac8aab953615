// Modules as text.
#include <unordered_set>

#include "ingot/nn/module.h"

namespace ingot::nn {

namespace {

/// A module whose children are being printed.
struct Open {
  const Module* module;
  size_t next_child;
};

std::string indented(const std::string& text, const std::string& indent) {
  std::string result;
  for (const char c : text) {
    result += c;
    if (c == '\n') result += indent;
  }
  return result;
}

}  // namespace

std::string Module::repr() const {
  std::string text;
  std::vector<Open> open;
  std::unordered_set<const Module*> printed;

  const auto print = [&](const Module* module) {
    const std::string indent(2 * open.size(), ' ');
    const std::string extra = indented(module->extra_repr(), indent);
    text += module->type_name() + '(';
    if (module->children().empty()) {
      text += extra + ')';
    } else if (!printed.insert(module).second) {
      text += "...)";  // shown above; printing it again would never end on a cyclic graph
    } else {
      if (!extra.empty()) text += '\n' + indent + "  " + extra;
      open.push_back({module, 0});
    }
  };

  print(this);
  while (!open.empty()) {
    Open& top = open.back();
    text += '\n' + std::string(2 * (open.size() - 1), ' ');
    if (top.next_child == top.module->children().size()) {
      text += ')';
      open.pop_back();
    } else {
      const auto& [name, child] = top.module->children()[top.next_child++];
      text += "  (" + name + "): ";
      print(child.get());
    }
  }
  return text;
}

}  // namespace ingot::nn
