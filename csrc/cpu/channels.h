// What a kernel pack offers for statistics of channels.
#pragma once

#include <cstdint>

namespace ingot::cpu {

/// Densely packed (images, all channels, plane): of `channels` channels from `first` on, mean and biased variance.
struct ChannelBlock {
  const void* in;
  int64_t images, all_channels, plane;
  int64_t first, channels;
  void* mean;      ///< of all channels
  void* variance;  ///< of all channels
};

/// For float32.
struct ChannelFns {
  void (*moments)(const ChannelBlock&);
};

}  // namespace ingot::cpu
