#include "ingot/graph/device.h"

#include <ostream>

#include "ingot/graph/error.h"

namespace ingot {

Device parse_device(std::string_view name) {
  if (name == "cpu") return {Device::Kind::cpu};
  if (name == "metal" || name == "mps" || name == "gpu") return {Device::Kind::metal};
  throw ValueError("device: unknown name '", name, "'; expected 'cpu', or 'metal' (also 'mps', 'gpu')");
}

bool is_available(Device device) { return device.kind == Device::Kind::cpu; }

void require_available(Device device) {
  if (!is_available(device))
    throw DeviceError("device '", device,
                      "' is not available: this build has no Metal support; available devices: 'cpu'");
}

std::ostream& operator<<(std::ostream& out, Device device) {
  return out << (device.kind == Device::Kind::cpu ? "cpu" : "metal");
}

}  // namespace ingot
