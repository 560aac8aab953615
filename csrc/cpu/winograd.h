// What a kernel pack offers for Winograd's convolutions by 3 x 3 kernels: tiles of 4 x 4 results from 6 x 6 elements of
// the image, with 36 multiplications instead of 144 (Lavin and Gray, "Fast Algorithms for Convolutional Neural
// Networks", 2015).
#pragma once

#include <cstdint>

namespace ingot::cpu {

/// Results that a tile has along an axis, elements that it reads, and products that it takes along both.
inline constexpr int64_t kWinogradTile = 4, kWinogradReach = 6, kWinogradProducts = 36;

/// out[f * out_plane + r * depth + c] = product f of the kernel at in + r * row_stride + c * depth_stride, whose elements
/// lie `line_stride` and `column_stride` apart.
struct WinogradWeights {
  const void* in;
  int64_t line_stride, column_stride;
  bool turned;  ///< the last element comes first
  int64_t rows, row_stride, depth, depth_stride;
  void* out;
  int64_t out_plane;
};

/// out[f * out_plane + c * out_channel + t] = product f of tile t of channel c. Tiles are counted row by row; the first
/// begins at row and column `first` of the image, outside of which all is zero.
struct WinogradImage {
  const void* in;
  int64_t channels, channel_stride;
  int64_t height, width, row_stride;
  int64_t first_row, first_column;
  int64_t tile_rows, tile_columns;
  void* out;
  int64_t out_channel, out_plane;
  void* rows;  ///< scratch: `rows_bytes(tile_columns)`
};

/// Neighbouring tiles whose results are neighbours in memory: `count` of them, from tile `at` on. Results that would lie
/// beyond `lines` rows and `columns` columns are left out.
struct WinogradStretch {
  int64_t at, count, lines, columns;
  int64_t out;  ///< where the first result belongs
};

/// out[r * out_row + stretch.out + line * out_line + column]: the sum over c of weights(r, c) and image(c), both as the
/// transforms above lay them out, transformed back.
struct WinogradMultiply {
  const void* weights;
  int64_t weights_plane;
  const void* image;
  int64_t image_plane, image_channel;
  int64_t depth, rows;
  const WinogradStretch* stretches;  ///< none lies across a multiple of `panel_tiles`
  int64_t stretch_count;
  void* out;
  int64_t out_row, out_line;
  void* products;  ///< scratch of `products_bytes`
};

struct WinogradFns {
  int64_t panel_tiles, lanes;
  int64_t (*rows_bytes)(int64_t tile_columns);
  int64_t products_bytes;
  void (*weights)(const WinogradWeights&);
  void (*image)(const WinogradImage&);
  void (*multiply)(const WinogradMultiply&);
};

}  // namespace ingot::cpu
