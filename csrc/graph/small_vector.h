// A vector of small trivially copyable values that lives in place up to N of them: shapes rarely have more axes.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <span>
#include <type_traits>

namespace ingot {

template <class T, size_t N>
class SmallVector {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  using value_type = T;

  SmallVector() noexcept = default;
  explicit SmallVector(size_t count, T value = T{}) { resize(count, value); }
  SmallVector(std::initializer_list<T> values) : SmallVector(values.begin(), values.end()) {}
  SmallVector(const T* first, const T* last) { assign(first, last); }
  explicit SmallVector(std::span<const T> values) : SmallVector(values.data(), values.data() + values.size()) {}
  SmallVector(const SmallVector& other) : SmallVector(other.begin(), other.end()) {}
  SmallVector(SmallVector&& other) noexcept { steal(other); }
  ~SmallVector() { free_heap(); }

  SmallVector& operator=(const SmallVector& other) {
    if (this != &other) assign(other.begin(), other.end());
    return *this;
  }
  SmallVector& operator=(SmallVector&& other) noexcept {
    if (this != &other) {
      free_heap();
      steal(other);
    }
    return *this;
  }

  size_t size() const noexcept { return size_; }
  bool empty() const noexcept { return size_ == 0; }
  T* data() noexcept { return heap_ ? heap_ : inline_; }
  const T* data() const noexcept { return heap_ ? heap_ : inline_; }
  T* begin() noexcept { return data(); }
  T* end() noexcept { return data() + size_; }
  const T* begin() const noexcept { return data(); }
  const T* end() const noexcept { return data() + size_; }
  T& operator[](size_t i) noexcept { return data()[i]; }
  const T& operator[](size_t i) const noexcept { return data()[i]; }
  T& back() noexcept { return data()[size_ - 1]; }
  const T& back() const noexcept { return data()[size_ - 1]; }

  void push_back(T value) {
    reserve(size_ + 1);
    data()[size_++] = value;
  }
  void pop_back() noexcept { --size_; }
  void clear() noexcept { size_ = 0; }
  void resize(size_t count, T value = T{}) {
    reserve(count);
    for (size_t i = size_; i < count; ++i) data()[i] = value;
    size_ = static_cast<uint32_t>(count);
  }
  void insert(size_t position, T value) {
    push_back(value);
    std::rotate(begin() + position, end() - 1, end());
  }
  void erase(size_t position) noexcept {
    std::move(begin() + position + 1, end(), begin() + position);
    --size_;
  }

  bool operator==(const SmallVector& other) const noexcept {
    return std::equal(begin(), end(), other.begin(), other.end());
  }
  operator std::span<const T>() const noexcept { return {data(), size_}; }

 private:
  void assign(const T* first, const T* last) {
    const size_t count = static_cast<size_t>(last - first);
    reserve(count);
    if (count) std::memcpy(data(), first, count * sizeof(T));
    size_ = static_cast<uint32_t>(count);
  }
  void reserve(size_t count) {
    if (count <= capacity_) return;
    const size_t grown = std::max<size_t>(count, 2 * capacity_);
    T* heap = new T[grown];
    std::memcpy(heap, data(), size_ * sizeof(T));
    free_heap();
    heap_ = heap;
    capacity_ = static_cast<uint32_t>(grown);
  }
  void steal(SmallVector& other) noexcept {
    size_ = other.size_;
    capacity_ = other.capacity_;
    heap_ = other.heap_;
    if (!heap_) std::copy_n(other.inline_, size_, inline_);
    other.heap_ = nullptr;
    other.size_ = 0;
    other.capacity_ = N;
  }
  void free_heap() noexcept {
    delete[] heap_;
    heap_ = nullptr;
    capacity_ = N;
  }

  uint32_t size_ = 0;
  uint32_t capacity_ = N;
  T* heap_ = nullptr;
  T inline_[N];
};

}  // namespace ingot
