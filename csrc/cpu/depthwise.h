// What a kernel pack offers for convolutions plane by plane, of which depthwise ones are made: no channel is read by
// enough others for a product of matrices. Planes are copied row by row, with zeros around them, and stay in the
// first-level cache; for 3 x 3 kernels in float32 their lines are read where they lie.
#pragma once

#include <cstddef>
#include <cstdint>

namespace ingot::cpu {

/// Element i of a row is number lead + i of a copied row. Numbers with the same remainder by `phases` lie side by side:
/// number a is at out[a % phases * line + a / phases]. Up to a vector of zeros may be written behind the last ones.
struct SpreadRows {
  const void* in;
  int64_t rows, row_stride, count, stride;
  void* out;
  int64_t out_row, lead, phases, line;
};

/// Elements of a kernel one below the other: element t finds the first result's input at image[offset + t * row].
struct DepthwiseColumn {
  int64_t taps;  ///< at most `most_taps`
  int64_t offset;
};

/// out[y * out_row + x] = sum over columns c and their elements t of weight(c, t) * image[offset(c) + (y + t) * row + x].
/// Columns may read the image up to a vector beyond the last result's input.
struct DepthwiseProduct {
  const void* image;
  int64_t row;
  const DepthwiseColumn* columns;
  int64_t column_count;
  const void* weights;
  const int64_t* weight_offsets;  ///< of the elements, column after column
  int64_t depth;                  ///< of all columns
  void* gathered;                 ///< scratch for `depth` weights
  int64_t lines, width;
  void* out;
  int64_t out_row;
  const void* ahead;  ///< `ahead_bytes` that are copied next, which is asked for meanwhile
  int64_t ahead_bytes;
};

/// out[y * out_row + x] = sum over i, j < 3 of weight(i, j) * image[first + y * stride + i][x * stride + j - 1], zero
/// outside of the image, whose lines are read where they lie. If it is `transposed`, the image is what a convolution by
/// two with one zero around its input results in, and `out` the sum of that input's parts in it; line 0 is even.
struct DepthwiseLines {
  const void* image;
  int64_t height, width, row;  ///< of the image
  int64_t first, stride;       ///< of 1 or 2
  const void* weights;
  const int64_t* weight_offsets;  ///< of the elements, row after row
  int64_t lines, columns;
  void* out;
  int64_t out_row;
  const void* zeros;  ///< a line of them, as long as the image's
  bool transposed;
};

/// sums[i] += those products of image[offset(c) + (y + t) * row + x] and cotangent[y * cotangent_row + x] that share a
/// lane, where i counts the elements of all columns and a sum is a vector.
struct DepthwiseCorrelation {
  const void* image;
  int64_t row;
  const DepthwiseColumn* columns;
  int64_t column_count;
  const void* cotangent;
  int64_t cotangent_row;
  int64_t lines, width;
  void* sums;
  const void* ahead;  ///< `ahead_bytes` that are copied next, which is asked for meanwhile
  int64_t ahead_bytes;
};

/// sums[3 * i + j] += those products of image[2 * y + i - 1][2 * x + j - 1] and cotangent[y * cotangent_row + x] that
/// share a lane, where a sum is a vector. Outside of the image, whose lines are read where they lie, all is zero.
struct DepthwiseLineCorrelation {
  const void* image;
  int64_t height, width, row;
  const void* cotangent;
  int64_t cotangent_row, lines, columns;
  void* sums;
  const void* zeros;  ///< a line of them, as long as the image's
};

/// out[places[i]] = the sum of the lanes of sums[i].
struct DepthwiseSums {
  const void* sums;
  const int64_t* places;
  int64_t count;
  void* out;
};

/// Takes elements of `even` and `odd` in turns: `width` of them for each row of `out`.
struct ZipRows {
  const void *even, *odd;  ///< may be read up to a whole vector
  int64_t in_row;
  int64_t rows, width;
  void* out;
  int64_t out_row;
};

struct DepthwiseFns {
  int64_t lanes, most_taps;
  void (*spread)(const SpreadRows&);
  void (*multiply)(const DepthwiseProduct&);
  void (*multiply_lines)(const DepthwiseLines&);  ///< null where the dtype has none
  void (*correlate)(const DepthwiseCorrelation&);
  void (*correlate_lines)(const DepthwiseLineCorrelation&);  ///< null where the dtype has none
  void (*add_lanes)(const DepthwiseSums&);
  void (*zip)(const ZipRows&);
};

}  // namespace ingot::cpu
