// Where an array lives and is computed.
#pragma once

#include <iosfwd>
#include <string>
#include <string_view>

namespace ingot {

/// A CPU or an Apple GPU. Making one never fails; using one that the machine lacks throws DeviceError.
struct Device {
  enum class Kind : unsigned char { cpu, metal };
  Kind kind = Kind::cpu;

  bool operator==(const Device&) const = default;
};

/// Parses "cpu", or "metal", "mps", "gpu" (one and the same device). Throws ValueError for other names.
Device parse_device(std::string_view name);
/// True if this build and this machine can run on it.
bool is_available(Device device);
/// Throws DeviceError, naming what is available, unless `is_available(device)`.
void require_available(Device device);

std::ostream& operator<<(std::ostream& out, Device device);

}  // namespace ingot
