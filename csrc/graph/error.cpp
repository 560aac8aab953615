#include "ingot/graph/error.h"

#include <sstream>

namespace ingot::detail {

void write_text(std::ostream& out, const void* text) { out << static_cast<const char*>(text); }

std::string join(const MessagePart* parts, size_t count) {
  std::ostringstream out;
  for (size_t i = 0; i < count; ++i) parts[i].write(out, parts[i].value);
  return out.str();
}

}  // namespace ingot::detail
