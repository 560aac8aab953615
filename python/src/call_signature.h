// What tells one call of a jitted function from another that needs a recording of its own.
#pragma once

#include <span>
#include <vector>

#include "bind.h"

namespace ingot::python {

/// Arguments taken apart: arrays, and words and objects that say everything else a recording depends on. Containers are
/// opened as `ingot.tree.flatten(..., modules=False)` opens them.
///
/// One per call of a jitted function: for the usual arguments it neither allocates nor runs Python.
class CallSignature {
 public:
  /// Throws TypeError for an argument that is neither an array nor hashable.
  CallSignature(PyObject* args, PyObject* kwargs);
  ~CallSignature();
  CallSignature(const CallSignature&) = delete;
  CallSignature& operator=(const CallSignature&) = delete;

  std::span<const Array> arrays() const { return {many_.empty() ? few_ : many_.data(), array_count_}; }
  /// Compared one by one; types and objects that are equal only to themselves appear as their addresses.
  std::span<const uint64_t> words() const { return words_; }
  uint64_t hash() const { return hash_; }
  /// Compared by `==`, and of equal types if their words are equal.
  std::span<PyObject* const> objects() const { return objects_; }
  /// Whose addresses are among the words; they must stay alive, or the signature is void.
  std::span<PyObject* const> types() const { return types_; }
  std::span<PyObject* const> identities() const { return identities_; }

 private:
  void add(PyObject* value);
  void add_sequence(PyObject* value);
  void add_dictionary(PyObject* value);
  void add_dataclass(PyObject* value);
  void add_array(Array array);
  void add_static(PyObject* value);
  void add_object(PyObject* value);
  void add_container(uint64_t tag, PyObject* value, Py_ssize_t count);
  void push(uint64_t word) { words_.push_back(word); }
  void push_type(PyObject* value);
  void release() noexcept;

  SmallVector<uint64_t, 64> words_;
  SmallVector<PyObject*, 16> objects_;  // held
  SmallVector<PyObject*, 4> types_;
  SmallVector<PyObject*, 4> identities_;  // held
  uint64_t hash_ = 0;
  static constexpr size_t kFew = 8;
  Array few_[kFew];
  std::vector<Array> many_;
  size_t array_count_ = 0;
};

/// A signature that is kept, with what its words and objects need to stay meaningful.
class KeptSignature {
 public:
  /// `forget` is called with the weak reference of an object that ended: the signature is void then.
  KeptSignature(const CallSignature& call, PyObject* forget);

  /// False if the two certainly differ.
  bool may_match(const CallSignature& call) const { return hash_ == call.hash(); }
  /// May run Python's `==`.
  bool matches(const CallSignature& call) const;
  bool refers_by(PyObject* weak_reference) const;
  /// For the garbage collector.
  int traverse(visitproc visit, void* arg) const;

 private:
  uint64_t hash_;
  std::vector<uint64_t> words_;
  std::vector<py::object> objects_;
  std::vector<py::object> types_;
  std::vector<py::object> weak_references_;
};

}  // namespace ingot::python
