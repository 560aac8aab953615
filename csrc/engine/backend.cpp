#include "ingot/engine/backend.h"

#include <cstdlib>
#include <string_view>

#include "ingot/graph/error.h"

namespace ingot {

namespace {

const Backend& host_backend() {
  const char* name = std::getenv("INGOT_BACKEND");
  if (!name || !*name || std::string_view(name) == "cpu") return cpu_backend();
  if (std::string_view(name) == "reference") return reference_backend();
  throw ValueError("INGOT_BACKEND: unknown backend '", name, "'; expected 'cpu' or 'reference'");
}

}  // namespace

const Backend& backend_for(Device device) {
  require_available(device);
  static const Backend& host = host_backend();
  return host;
}

}  // namespace ingot
