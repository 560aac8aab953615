// Files, read and written as a whole. Every failure is a FileError with the path and the system's reason.
#pragma once

#include <cstdint>
#include <string>

namespace ingot {

/// A regular file open for reading.
class InputFile {
 public:
  /// Throws FileError if the file cannot be opened or is not a regular file (a pipe would block).
  explicit InputFile(std::string path);
  ~InputFile();
  InputFile(const InputFile&) = delete;
  InputFile& operator=(const InputFile&) = delete;

  const std::string& path() const noexcept { return path_; }
  uint64_t size() const noexcept { return size_; }
  /// Reads exactly `count` bytes at `offset`. Throws FileError if they cannot be had.
  void read(uint64_t offset, void* out, uint64_t count) const;

 private:
  std::string path_;
  int descriptor_;
  uint64_t size_ = 0;
};

/// A file that appears at its path complete or not at all: it is written beside it, under another name, until `commit`.
class OutputFile {
 public:
  /// Throws FileError if a file cannot be made there, or if what is there is not a regular file.
  explicit OutputFile(const std::string& path);
  /// Removes what was written, unless committed.
  ~OutputFile();
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  void write(const void* data, uint64_t count);
  /// Makes the content durable and moves it to its path.
  void commit();

 private:
  [[noreturn]] void fail(const char* doing) const;

  std::string path_;
  std::string temporary_;
  int descriptor_ = -1;
};

}  // namespace ingot
