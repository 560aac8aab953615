// What a kernel pack offers for convolutions: products whose vectors are read where they lie in a padded image.
#pragma once

#include <cstddef>
#include <cstdint>

#include "ingot/cpu/depthwise.h"
#include "ingot/cpu/winograd.h"
#include "ingot/graph/dtype.h"
#include "ingot/ops/spatial_axes.h"

namespace ingot::cpu {

/// Planes of an image are copied once, with zeros around them. Where a kernel moves in steps (`phases`), positions with
/// the same remainder come to lie side by side: what a vector of neighbouring outputs reads is dense then.
///
/// out[c][phase...][i...] = in[c][first + i * phases + phase...], zero outside.
struct PadPlanes {
  const void* in;
  int64_t channels, channel_stride;
  Triple lengths, strides;  ///< of the planes of `in`
  Triple first, phases;
  Triple out_lengths;  ///< of one phase
  void* out;
  int64_t out_channel_stride;
};

/// out[r * out_stride + p] = sum over k of weights(r, k) * image[offsets[k] + address(p)], where p counts positions of
/// a grid in row-major order.
struct GridProduct {
  const void* image;
  const int64_t* offsets;
  int64_t depth;
  Triple lengths, strides;  ///< of the grid; the last stride is 1
  bool exact;               ///< memory behind the image must not be read
  const void* weights;      ///< as `pack_weights` lays them out
  int64_t rows;
  void* out;
  int64_t out_stride;
  void* panel;  ///< scratch of `panel_bytes`
  /// If not null, line i of the grid sees but zeros where k is not from line_depths[2 * i] up to line_depths[2 * i + 1].
  const int64_t* line_depths;
};

/// weights(r, k) = in[r * row_stride + offsets[k]], in tiles of `tile_rows`: out[tile][k][row in tile].
struct PackWeights {
  const void* in;
  const int64_t* offsets;
  int64_t depth, rows, row_stride;
  void* out;
};

/// Rows become panels of vectors, for each position those of the rows: out[panel][first + p][r] = in[r * row_stride + p],
/// where a panel has `panel_lanes` rows (the last one fewer, in whole vectors that are filled with zeros).
struct TransposeRows {
  const void* in;
  int64_t rows, row_stride, positions;
  void* out;
  int64_t first, panel_positions;
};

/// out[k * out_stride + r] = (or +=) sum over positions p of image[offsets[k] + steps[p]] * vectors(p, r).
struct PixelCorrelation {
  const void* image;
  const int64_t* offsets;
  int64_t depth;
  const int64_t* steps;
  int64_t positions;
  const void* vectors;  ///< as `transpose` lays them out
  int64_t rows;
  void* out;
  int64_t out_stride;  ///< there is room for whole vectors
  bool accumulates;
  int64_t run;  ///< if it is above 1, as many offsets follow one another each time
};

/// out[r * out_stride + k] = sum over parts i of in[i * part_stride + k * in_stride + r].
struct AddUpTransposed {
  const void* in;
  int64_t parts, part_stride;
  int64_t rows, depth, in_stride;
  void* out;
  int64_t out_stride;
};

/// out[r * out_row + k] += sum over vectors i of rows[r * rows_plane + row_steps[i]...] * image[offsets[k] +
/// image_steps[i]...], of their first `lanes` lanes.
struct PlaneCorrelation {
  const void* image;
  const int64_t* offsets;
  int64_t depth;
  const void* rows;
  int64_t row_count, rows_plane;
  const int64_t *row_steps, *image_steps;
  int64_t steps, lanes;
  void* out;
  int64_t out_row;
};

struct ConvolutionFns {
  int64_t tile_rows, lanes, panel_lanes;
  size_t panel_bytes;
  void (*pad)(const PadPlanes&);
  void (*pack_weights)(const PackWeights&);
  void (*multiply)(const GridProduct&);
  void (*transpose)(const TransposeRows&);
  void (*correlate_pixels)(const PixelCorrelation&);
  void (*add_up)(const AddUpTransposed&);
  void (*correlate_planes)(const PlaneCorrelation&);
  /// Null where the dtype has none.
  const WinogradFns* winograd;
  const DepthwiseFns* depthwise;
};

}  // namespace ingot::cpu
