// What a kernel pack offers for Winograd's convolutions by 3 x 3 kernels: tiles of 4 x 4 results from 6 x 6 elements of
// the image, with 36 multiplications instead of 144 (Lavin and Gray, "Fast Algorithms for Convolutional Neural
// Networks", 2015). With 5 x 5 kernels the same make 2 x 2 results, instead of 100.
#pragma once

#include <cstdint>

namespace ingot::cpu {

/// Results that a tile has along an axis, elements that it reads, and products that it takes along both.
inline constexpr int64_t kWinogradTile = 4, kWinogradReach = 6, kWinogradProducts = 36;

/// sqrt(1/2) and sqrt(2). The points at which the polynomials are evaluated are 0, these, their negatives and infinity:
/// with them the error is about twice that of the plain sum, a third of what the usual 0, +-1, +-2 give.
inline constexpr double kWinogradLow = 0.70710678118654752440, kWinogradHigh = 1.41421356237309504880;

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

/// out[f * out_plane + t * width + r] = product f of tile t of channel r of the cotangent. Tiles are counted row by row;
/// where they reach beyond `lines` and `columns`, all is zero.
struct WinogradCotangent {
  const void* in;  ///< in[(line * columns + column) * width + r]
  int64_t width;   ///< one vector, or `panel_tiles`
  int64_t lines, columns;
  void* out;
  int64_t out_plane;
};

/// out[(9 * c + tap) * out_stride + r] = (or +=) the gradient of the kernel from channel c of the image to channel r of
/// the cotangent, r < width, by the tiles given, which lie as the transforms above lay them out.
struct WinogradCorrelation {
  const void* image;
  int64_t image_plane, image_channel;
  const void* cotangent;
  int64_t cotangent_plane, width;
  int64_t tiles, channels;
  void* out;
  int64_t out_stride;
  bool accumulates;
  void* products;  ///< scratch of `correlation_bytes`
};

/// out[f * out_plane + i * out_stride + t * width + x] = product f of tile t of column x of plane i. A tile reads 6
/// lines, `width` apart, from line t * results on; up to a vector behind what is asked for may be read and written.
struct WinogradLines {
  const void* in;
  int64_t planes, plane_stride;
  int64_t tiles, results, width;
  void* out;
  int64_t out_stride, out_plane;
};

/// The way back: out[r * out_row + line * width + x] from products[f * plane + r * row_stride + t * width + x], where
/// each tile makes `results` (2 to 4) of the `lines`.
struct WinogradLineSums {
  const void* products;
  int64_t plane, rows, row_stride;
  int64_t results, lines, width;
  void* out;
  int64_t out_row;
};

// 5 x 5 kernels, where each lane is an image: "vectors" are numbers of as many images as there are lanes.

/// out: the products of the kernels whose elements are in[(c * 25 + i) * width + r] for channel c and row r, in the order
/// in which they are multiplied. There must be room for an even number of rows.
struct StackedWeights {
  const void* in;
  int64_t channels, rows, width;  ///< whole vectors of rows, those behind the last are zero
  void* out;
};

/// Vector (r * lines + y) * columns + x of `out`: the sum over c of the kernel of c and r, transformed as above, times the
/// 5 x 5 elements of channel c that begin at first_line + y and first_column + x. Outside of the image all is zero.
struct StackedConvolution {
  const void *weights, *image;  ///< vector (c * height + y) * width + x
  int64_t channels, height, width;
  int64_t first_line, first_column;
  int64_t rows, lines, columns;
  void* out;
  void* scratch;  ///< `stacked_bytes(rows)`
};

/// The distance between the planes of the products. Each kernel and each tile adds to all of them at once: their
/// addresses must not be equal modulo a page, or they would evict one another from the first-level cache.
inline int64_t winograd_plane(int64_t elements) {
  constexpr int64_t kPage = 4096 / sizeof(float), kLine = 64 / sizeof(float);
  return (elements + kPage - 1) / kPage * kPage + kLine;
}

struct WinogradFns {
  int64_t panel_tiles, lanes;
  int64_t (*rows_bytes)(int64_t tile_columns);
  int64_t products_bytes;
  void (*weights)(const WinogradWeights&);
  void (*image)(const WinogradImage&);
  void (*multiply)(const WinogradMultiply&);
  int64_t correlation_bytes;
  void (*cotangent)(const WinogradCotangent&);
  void (*correlate)(const WinogradCorrelation&);
  void (*lines)(const WinogradLines&);
  void (*add_lines)(const WinogradLineSums&);
  void (*stacked_weights)(const StackedWeights&);
  int64_t (*stacked_bytes)(int64_t rows);
  void (*convolve_stacked)(const StackedConvolution&);
};

}  // namespace ingot::cpu
