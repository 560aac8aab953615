// Attention, block by block. Scores are made transposed, keys by queries: then everything that runs over the keys of a
// query (its maximum, its sum, what it is scaled by) runs down the lanes of vectors, and no product needs more than the
// transposed queries that each block begins with.
#include <algorithm>
#include <cmath>
#include <limits>

#include "ingot/cpu/attention_fns.h"
#include "ingot/cpu/packs/parts.h"
#include "ingot/cpu/packs/transpose.h"
#include "ingot/cpu/packs/vector_exp.h"

namespace ingot::cpu {
namespace {

using namespace Eigen::internal;

template <class T>
class Head {
 public:
  explicit Head(const AttentionHead& head)
      : head_(head), free_(reinterpret_cast<T*>(head.workspace + kGemmWorkspace)) {}

 protected:
  static constexpr int64_t kLane = kLanes<T>;
  static constexpr T kNothing = -std::numeric_limits<T>::infinity();

  /// Memory for `elements`, of the workspace.
  T* take(int64_t elements) {
    T* taken = free_;
    free_ += elements;
    return taken;
  }

  static MatrixView from(const MatrixView& matrix, int64_t row) { return {at(matrix, row), matrix.strides}; }
  static T* at(const MatrixView& matrix, int64_t row) {
    return static_cast<T*>(matrix.data) + row * matrix.strides.row_stride;
  }

  /// Which queries are worked on. There is memory for whole vectors of them; what is beyond `count` is never kept.
  void set_queries(int64_t first, int64_t count) {
    first_ = first;
    count_ = count;
    padded_ = (count + kLane - 1) / kLane * kLane;
  }
  /// The keys that some of these queries see.
  int64_t visible_keys() const { return head_.causal ? std::min(head_.keys, first_ + count_) : head_.keys; }

  /// Rows [first, first + count) of a matrix, transposed: (columns, padded queries).
  void transpose_queries(const MatrixView& from, int64_t columns, T* out) const {
    const T* source = at(from, first_);
    if (from.strides.column_stride == 1) {
      transpose_padded(out, padded_, source, from.strides.row_stride, columns, count_);
      return;
    }
    for (int64_t c = 0; c < columns; ++c) {
      for (int64_t i = 0; i < count_; ++i)
        out[c * padded_ + i] = source[i * from.strides.row_stride + c * from.strides.column_stride];
      std::fill(out + c * padded_ + count_, out + (c + 1) * padded_, T(0));
    }
  }

  void scale_all(T* data, int64_t elements, T factor) const {
    const Vector<T> by = spread(factor);
    for (int64_t i = 0; i < elements; i += kLane) pstoreu(data + i, pmul(ploadu<Vector<T>>(data + i), by));
  }

  void multiply(T* c, int64_t c_row, const T* a, Window a_strides, const T* b, Window b_strides, int64_t m, int64_t n,
                int64_t k, bool add) const {
    Gemm gemm{};
    gemm.c = c;
    gemm.c_row = c_row;
    gemm.a = a;
    gemm.a_strides = a_strides;
    gemm.b = b;
    gemm.b_strides = b_strides;
    gemm.m = m;
    gemm.n = n;
    gemm.k = k;
    gemm.accumulate = add;
    gemm.workspace = head_.workspace;
    head_.gemm(gemm);
  }

  /// out (keys, padded queries) = a matrix times transposed queries.
  void against_queries(T* out, const MatrixView& matrix, int64_t keys, const T* transposed, int64_t channels) const {
    multiply(out, padded_, at(matrix, 0), matrix.strides, transposed, {padded_, 1}, keys, padded_, channels, false);
  }

  /// Scores of keys [key, key + keys) for queries that are transposed and scaled; -inf where they are not to be seen.
  /// `rows` holds those keys.
  void find_scores(T* scores, const T* transposed, const MatrixView& rows, int64_t key, int64_t keys) const {
    against_queries(scores, rows, keys, transposed, head_.depth);
    if (head_.mask.data) head_.bool_mask ? hide(scores, key, keys) : shift(scores, key, keys);
    if (!head_.causal || key + keys <= first_ + 1) return;
    // Query first + i sees keys up to its own number: of key j, the first lanes are hidden.
    for (int64_t j = std::max<int64_t>(0, first_ + 1 - key); j < keys; ++j)
      std::fill_n(scores + j * padded_, std::min(padded_, key + j - first_), kNothing);
  }

  /// `weights` = exp(scores - norm), with one norm for each query.
  void find_weights(T* scores, const T* norm, int64_t keys) const {
    for (int64_t i = 0; i < padded_; i += kLane) {
      const Vector<T> by = ploadu<Vector<T>>(norm + i);
      for (int64_t j = 0; j < keys; ++j) {
        T* score = scores + j * padded_ + i;
        pstoreu(score, exp_vector<T>(psub(ploadu<Vector<T>>(score), by)));
      }
    }
  }

  const AttentionHead& head_;
  int64_t first_ = 0, count_ = 0, padded_ = 0;

 private:
  void hide(T* scores, int64_t key, int64_t keys) const {
    const Window s = head_.mask.strides;
    const auto* mask = static_cast<const uint8_t*>(head_.mask.data) + first_ * s.row_stride + key * s.column_stride;
    for (int64_t j = 0; j < keys; ++j)
      for (int64_t i = 0; i < count_; ++i)
        if (!mask[i * s.row_stride + j * s.column_stride]) scores[j * padded_ + i] = kNothing;
  }
  void shift(T* scores, int64_t key, int64_t keys) const {
    const Window s = head_.mask.strides;
    const T* mask = at(head_.mask, first_) + key * s.column_stride;
    for (int64_t j = 0; j < keys; ++j)
      for (int64_t i = 0; i < count_; ++i) scores[j * padded_ + i] += mask[i * s.row_stride + j * s.column_stride];
  }

  T* free_;
};

// ---- forward ----

template <class T>
class Forward : Head<T> {
 public:
  explicit Forward(const AttentionForward& args) : Head<T>(args.head), args_(args) {}

  void run() {
    scores_ = this->take(kBlockKeys * kMostQueries);
    rescale_ = this->take(kMostQueries);
    T* keys_memory = this->take(kBlockKeys * head_.depth);
    T* values_memory = this->take(kBlockKeys * head_.width);
    begin_blocks();
    this->set_queries(args_.first, args_.count);
    const int64_t visible = this->visible_keys();
    for (int64_t key = 0; key < visible; key += kBlockKeys) {
      const int64_t count = std::min(kBlockKeys, visible - key);
      const MatrixView keys = packed(head_.key, key, count, head_.depth, keys_memory);
      const MatrixView values = packed(head_.value, key, count, head_.width, values_memory);
      for (int64_t b = 0; b < block_count_; ++b) {
        enter(blocks_[b]);
        if (const int64_t seen = std::min(count, this->visible_keys() - key); seen > 0)
          run_block(keys, values, key, seen);
      }
    }
    for (int64_t b = 0; b < block_count_; ++b) {
      enter(blocks_[b]);
      finish(this->visible_keys() > 0);
    }
  }

 private:
  using Head<T>::head_;
  using Head<T>::first_;
  using Head<T>::count_;
  using Head<T>::padded_;
  using Head<T>::kLane;

  /// Queries that are worked on at once, and what is known of them so far.
  struct Block {
    int64_t first, count;
    T *queries, *result, *top, *total;
  };

  void begin_blocks() {
    const int64_t most = block_queries(head_);
    for (int64_t first = 0; first < args_.count; first += most) {
      Block& block = blocks_[block_count_++];
      block.first = args_.first + first;
      block.count = std::min(most, args_.count - first);
      this->set_queries(block.first, block.count);
      block.queries = this->take(head_.depth * padded_);
      block.result = this->take(head_.width * padded_);
      block.top = this->take(padded_);
      block.total = this->take(padded_);
      this->transpose_queries(head_.query, head_.depth, block.queries);
      this->scale_all(block.queries, head_.depth * padded_, static_cast<T>(head_.scale));
      std::fill_n(block.top, padded_, this->kNothing);
      std::fill_n(block.total, padded_, T(0));
    }
  }

  void enter(const Block& block) {
    this->set_queries(block.first, block.count);
    queries_ = block.queries;
    result_ = block.result;
    top_ = block.top;
    total_ = block.total;
  }

  /// Rows [first, first + count) of a matrix, dense where several blocks are to read them: rows far apart would evict
  /// one another from the cache.
  MatrixView packed(const MatrixView& matrix, int64_t first, int64_t count, int64_t columns, T* memory) const {
    const MatrixView rows = this->from(matrix, first);
    if (block_count_ < 4 || matrix.strides.column_stride != 1) return rows;
    const T* source = static_cast<const T*>(rows.data);
    for (int64_t i = 0; i < count; ++i)
      std::copy_n(source + i * matrix.strides.row_stride, columns, memory + i * columns);
    return {memory, {columns, 1}};
  }

  void run_block(const MatrixView& rows, const MatrixView& values, int64_t key, int64_t keys) {
    this->find_scores(scores_, queries_, rows, key, keys);
    take_in(keys);
    if (key > 0) rescale_result();
    this->multiply(result_, padded_, this->at(values, 0), {values.strides.column_stride, values.strides.row_stride},
                   scores_, {padded_, 1}, head_.width, padded_, keys, key > 0);
  }

  /// Turns scores into weights relative to the greatest score so far, and updates that and the sum of all weights.
  void take_in(int64_t keys) {
    for (int64_t i = 0; i < padded_; i += kLane) {
      const Vector<T> before = ploadu<Vector<T>>(top_ + i);
      Vector<T> top[2] = {before, before};
      for (int64_t j = 0; j + 1 < keys; j += 2)
        for (int k = 0; k < 2; ++k) top[k] = pmax(ploadu<Vector<T>>(scores_ + (j + k) * padded_ + i), top[k]);
      top[0] = pmax(top[0], top[1]);
      if (keys % 2) top[0] = pmax(ploadu<Vector<T>>(scores_ + (keys - 1) * padded_ + i), top[0]);
      // A query that has seen nothing yet: -inf must not be taken from -inf. Whatever is finite will do.
      const Vector<T> shift = pmax(top[0], spread(std::numeric_limits<T>::lowest()));
      const Vector<T> rescale = exp_vector<T>(psub(before, shift));
      Vector<T> sum[2] = {pmul(ploadu<Vector<T>>(total_ + i), rescale), spread(T(0))};
      for (int64_t j = 0; j < keys; ++j) {
        T* score = scores_ + j * padded_ + i;
        const Vector<T> weight = exp_vector<T>(psub(ploadu<Vector<T>>(score), shift));
        pstoreu(score, weight);
        sum[j % 2] = padd(sum[j % 2], weight);
      }
      pstoreu(top_ + i, top[0]);
      pstoreu(rescale_ + i, rescale);
      pstoreu(total_ + i, padd(sum[0], sum[1]));
    }
  }

  void rescale_result() {
    for (int64_t i = 0; i < padded_; i += kLane) {
      const Vector<T> by = ploadu<Vector<T>>(rescale_ + i);
      for (int64_t c = 0; c < head_.width; ++c) {
        T* channel = result_ + c * padded_ + i;
        pstoreu(channel, pmul(ploadu<Vector<T>>(channel), by));
      }
    }
  }

  void finish(bool any) {
    T* norm = static_cast<T*>(args_.norm) + first_;
    for (int64_t i = 0; i < padded_; ++i) {
      const bool seen = total_[i] != 0;
      if (i < count_) norm[i] = seen ? top_[i] + std::log(total_[i]) : this->kNothing;
      rescale_[i] = seen ? 1 / total_[i] : T(0);
    }
    T* out = this->at(args_.result, first_);
    if (!any) {
      for (int64_t i = 0; i < count_; ++i) std::fill_n(out + i * args_.result.strides.row_stride, head_.width, T(0));
      return;
    }
    rescale_result();
    transpose_padded_source(out, args_.result.strides.row_stride, result_, padded_, count_, head_.width, false);
  }

  const AttentionForward& args_;
  Block blocks_[kMostBlocks];
  int64_t block_count_ = 0;
  T *queries_ = nullptr, *result_ = nullptr, *scores_ = nullptr, *top_ = nullptr, *total_ = nullptr,
    *rescale_ = nullptr;
};

// ---- backward ----

template <class T>
class Backward : Head<T> {
 public:
  explicit Backward(const AttentionBackward& args) : Head<T>(args.head), args_(args) {
    queries_ = this->take(head_.depth * kMostQueries);
    cotangents_ = this->take(head_.width * kMostQueries);
    weights_ = this->take(kBlockKeys * kMostQueries);
    slopes_ = this->take(kBlockKeys * kMostQueries);
    norm_ = this->take(kMostQueries);
    along_ = this->take(kMostQueries);
  }

  void run() {
    clear(args_.by_query, head_.queries, head_.depth);
    clear(args_.by_key, head_.keys, head_.depth);
    clear(args_.by_value, head_.keys, head_.width);
    const int64_t most = block_queries(head_);
    for (int64_t first = 0; first < head_.queries; first += most) {
      this->set_queries(first, std::min(most, head_.queries - first));
      run_queries();
    }
  }

 private:
  using Head<T>::head_;
  using Head<T>::first_;
  using Head<T>::count_;
  using Head<T>::padded_;
  using Head<T>::kLane;

  void clear(const MatrixView& matrix, int64_t rows, int64_t columns) {
    for (int64_t i = 0; i < rows; ++i) std::fill_n(this->at(matrix, i), columns, T(0));
  }

  void run_queries() {
    this->transpose_queries(head_.query, head_.depth, queries_);
    this->scale_all(queries_, head_.depth * padded_, static_cast<T>(head_.scale));
    this->transpose_queries(args_.cotangent, head_.width, cotangents_);
    for (int64_t i = 0; i < count_; ++i) {
      const T norm = *this->at(args_.norm, first_ + i);
      norm_[i] = norm == this->kNothing ? T(0) : norm;
      along_[i] = along(i);
    }
    std::fill(norm_ + count_, norm_ + padded_, T(0));
    std::fill(along_ + count_, along_ + padded_, T(0));
    const int64_t visible = this->visible_keys();
    for (int64_t key = 0; key < visible; key += kBlockKeys) run_keys(key, std::min(kBlockKeys, visible - key));
  }

  /// The product of result and cotangent of one query.
  T along(int64_t i) const {
    const T *result = this->at(args_.result, first_ + i), *cotangent = this->at(args_.cotangent, first_ + i);
    const int64_t a = args_.result.strides.column_stride, b = args_.cotangent.strides.column_stride;
    double sum = 0;
    for (int64_t c = 0; c < head_.width; ++c) sum += static_cast<double>(result[c * a]) * cotangent[c * b];
    return static_cast<T>(sum);
  }

  void run_keys(int64_t key, int64_t keys) {
    this->find_scores(weights_, queries_, this->from(head_.key, key), key, keys);
    this->find_weights(weights_, norm_, keys);
    this->against_queries(slopes_, this->from(head_.value, key), keys, cotangents_, head_.width);
    find_slopes(keys);
    const Window by_key{padded_, 1}, by_query{1, padded_};
    this->multiply(this->at(args_.by_value, key), args_.by_value.strides.row_stride, weights_, by_key,
                   this->at(args_.cotangent, first_), args_.cotangent.strides, keys, head_.width, count_, true);
    this->multiply(this->at(args_.by_key, key), args_.by_key.strides.row_stride, slopes_, by_key,
                   this->at(head_.query, first_), head_.query.strides, keys, head_.depth, count_, true);
    this->multiply(this->at(args_.by_query, first_), args_.by_query.strides.row_stride, slopes_, by_query,
                   this->at(head_.key, key), head_.key.strides, count_, head_.depth, keys, true);
  }

  /// From the gradient by the weights to that by the scores.
  void find_slopes(int64_t keys) {
    const Vector<T> scale = spread(static_cast<T>(head_.scale));
    for (int64_t i = 0; i < padded_; i += kLane) {
      const Vector<T> along = ploadu<Vector<T>>(along_ + i);
      for (int64_t j = 0; j < keys; ++j) {
        T* slope = slopes_ + j * padded_ + i;
        const Vector<T> weight = pmul(ploadu<Vector<T>>(weights_ + j * padded_ + i), scale);
        pstoreu(slope, pmul(weight, psub(ploadu<Vector<T>>(slope), along)));
      }
    }
  }

  const AttentionBackward& args_;
  T *queries_, *cotangents_, *weights_, *slopes_, *norm_, *along_;
};

template <class T>
TypedAttentionFns functions() {
  return {[](const AttentionForward& args) { Forward<T>(args).run(); },
          [](const AttentionBackward& args) { Backward<T>(args).run(); }};
}

}  // namespace

void add_attention(Pack& pack) {
  static const AttentionFns fns{functions<float>(), functions<double>()};
  pack.attention = &fns;
}

}  // namespace ingot::cpu
