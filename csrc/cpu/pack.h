// What a kernel pack offers: plain functions on raw memory, compiled once per instruction set (csrc/cpu/packs).
#pragma once

#include <cstddef>
#include <cstdint>

#include "ingot/graph/opcode.h"
#include "ingot/ops/decompositions_fns.h"

namespace ingot::cpu {

/// `out[i] = row(x[i], y[i], z[i])` over `count` densely packed elements. `out` may be one of the sources if their
/// elements have one size.
using ElementwiseFn = void (*)(void* out, const void* x, const void* y, const void* z, int64_t count);
/// `out = x * x_scale + y * y_scale`, or minus: scales are one element, or null for 1. Without y, `y_scale` itself is
/// added.
using BlendFn = void (*)(void* out, const void* x, const void* x_scale, const void* y, const void* y_scale,
                         int64_t count);
/// `out[i] = x[i]`, converted. `out` may be `x` if the elements have one size.
using CastFn = void (*)(void* out, const void* x, int64_t count);

/// One kind of reduction of one dtype. Accumulators are wider than the elements where that keeps digits (float32 sums
/// in float64). The order of combination depends on nothing but the arguments, so results do not either.
struct ReduceFns {
  /// Bytes of one accumulator; 0 if this dtype has no such reduction.
  size_t accumulator = 0;
  void (*init)(void* accumulators, int64_t count) = nullptr;
  /// `accumulators[r]` takes in the `columns` elements at `x + r * row_stride`.
  void (*rows)(void* accumulators, const void* x, int64_t rows, int64_t columns, int64_t row_stride) = nullptr;
  /// `accumulators[c]` takes in the elements `x[r * row_stride + c]` of every row r.
  void (*columns)(void* accumulators, const void* x, int64_t rows, int64_t columns, int64_t row_stride) = nullptr;
  /// `accumulators[i]` takes in `others[i]`.
  void (*combine)(void* accumulators, const void* others, int64_t count) = nullptr;
  /// Rounds accumulators to the dtype of the result.
  void (*finish)(void* out, const void* accumulators, int64_t count) = nullptr;
};

/// A rows x columns window on memory; distances in elements.
struct Window {
  int64_t row_stride, column_stride;
};
/// Moves elements of one size.
struct MoveFns {
  void (*copy)(void* out, Window to, const void* in, Window from, int64_t rows, int64_t columns) = nullptr;
  void (*fill)(void* out, const void* value, int64_t count) = nullptr;
};

/// `c = a b`, or `c += a b`. Integers and complex numbers: of each operand one stride must be 1, and `c` is row-major.
/// float32 and float64: any strides, and `c` may be column-major (`c_row` is 1). There `a` is read number by number, and
/// `b` by vectors along n, so it costs least if `b` is dense that way; else it is transposed on the way, or beforehand
/// by `PanelFns`. To exchange the roles of the operands, exchange the strides of all three matrices.
struct Gemm {
  void* c;
  const void* a;
  const void* b;
  int64_t m, n, k;
  int64_t c_row;
  Window a_strides, b_strides;
  bool accumulate;
  int64_t c_column = 1;
  bool b_in_panels = false;
  /// kGemmWorkspace bytes of the calling thread's, aligned to 64. Only for float32 and float64.
  void* workspace = nullptr;
};
inline constexpr size_t kGemmWorkspace = 1024 * 1024;
using GemmFn = void (*)(const Gemm& gemm);
/// How `b` is packed for a Gemm of float32 or float64: panels of `columns` columns one after the other, each of them row
/// by row. The panel that column j begins is at out + j * k; `out` has room for n rounded up to whole panels.
struct PanelFns {
  int64_t columns = 0, lanes = 0;
  void (*pack)(void* out, const void* b, Window strides, int64_t k, int64_t n) = nullptr;
};

/// Where the indices of one axis point to: `out[i] = base + at * stride` for the place `at` that `indices[i]` names,
/// counted from the end if it is negative; or `+=` if `adds`. False if one of them is not among `length`.
struct IndexedAxis {
  int64_t length, stride, base;
  bool adds;
};
using OffsetsFn = bool (*)(int64_t* out, const void* indices, int64_t count, const IndexedAxis& axis);

/// `out[i * out_row + j]`: how far row i of `x` is from column j of `y`, which is dense along its rows, of `y_row`
/// elements. Whole vectors of y are read, `columns` rounded up to `kDistanceColumns`.
struct Distances {
  void* out;
  const void* x;
  const void* y;
  int64_t rows, columns, depth;
  int64_t out_row, y_row;
  Window x_strides;
};
inline constexpr int64_t kDistanceColumns = 32;
using DistancesFn = void (*)(const Distances& distances);

/// Fourier transforms of lines that are dense in memory, as many at a time as a vector has lanes. Complex numbers are
/// pairs of real ones, in which distances are counted.
struct LineTransform {
  enum class Form : uint8_t { complex, to_half, from_half };
  Form form;
  bool forward;
  /// Complex numbers of a line, a power of two; of real lines, pairs of neighbours.
  int64_t length;
  double scale;
  /// exp(-2 pi i k / n) for k < n, n being `length`, or twice that for real lines.
  const void* turns;
  void* out;
  const void* in;
  int64_t lines, in_line, out_line;
  /// `line_workspace(length)` real numbers for each lane, aligned to 64 bytes.
  void* workspace;
};
inline constexpr int64_t line_workspace(int64_t length) { return 4 * (length + 1); }
struct LineTransformFns {
  int64_t lanes = 0;
  void (*run)(const LineTransform& transform) = nullptr;
};

// Families with a header of their own beside this one.
struct ConvolutionFns;
struct PoolingFns;
struct ChannelFns;
struct RowFns;
struct AttentionFns;

struct Pack {
  /// Indexed by the row and by the dtype it computes in (that of its last source). Null where the row does not take the
  /// dtype.
  ElementwiseFn elementwise[kOpcodeCount][kDTypeCount];
  /// The same where x (or y) is one element for all: indexed by which. Only for the arithmetic of two floating numbers.
  ElementwiseFn with_scalar[2][kOpcodeCount][kDTypeCount];
  /// Indexed by whether it subtracts, and by the dtype.
  BlendFn blend[2][kDTypeCount];
  /// Indexed by the dtypes of x and out. float16 and bfloat16 only convert to and from float32.
  CastFn cast[kDTypeCount][kDTypeCount];
  /// Indexed by the kind and the dtype of the elements.
  ReduceFns reduce[6][kDTypeCount];
  /// Indexed by the logarithm of the element size in bytes.
  MoveFns move[5];
  /// Of int32 and of int64.
  OffsetsFn offsets[2];
  /// In float32 and in float64.
  DistancesFn distances[2];
  LineTransformFns line_transform[2];
  /// That of bfloat16, where the processor has one, takes words: two elements that follow each other along k are an
  /// element of the operands, k counts them, and `c` is float32.
  GemmFn gemm[kDTypeCount];
  PanelFns panels[kDTypeCount];
  /// Makes such words of two rows: out[i] = (first[i], second[i]).
  void (*pair)(void* out, const void* first, const void* second, int64_t count);
  const ConvolutionFns* convolution;
  const PoolingFns* pooling;
  const ChannelFns* channels;
  const RowFns* rows;
  const AttentionFns* attention;
  /// The words of `blocks` blocks of Philox from number `first` on, of `random::Stream::words`.
  void (*random_words)(uint32_t* out, const uint32_t key[2], uint64_t first, int64_t blocks);
  /// Null if those of libingot do as well.
  const linalg::MatrixFns* matrices;
};

/// The one symbol of a pack.
inline constexpr const char* kPackSymbol = "ingot_cpu_pack";
using PackFn = const Pack* (*)();

}  // namespace ingot::cpu
