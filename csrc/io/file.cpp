#include "ingot/io/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>
#include <utility>

#include "ingot/graph/error.h"

namespace ingot {

namespace {

// The most that one call may ask for on every system.
constexpr uint64_t kChunk = uint64_t{1} << 30;

std::string reason(int error) { return std::generic_category().message(error); }

/// Where a symbolic link leads, so that writing replaces the file and not the link.
std::string resolved(const std::string& path) {
  std::error_code error;
  const std::filesystem::path target = std::filesystem::canonical(path, error);
  return error ? path : target.string();
}

}  // namespace

InputFile::InputFile(std::string path) : path_(std::move(path)) {
  // Without O_NONBLOCK, opening a pipe that nobody writes to would wait forever.
  descriptor_ = ::open(path_.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor_ < 0) throw FileError("cannot open '", path_, "': ", reason(errno));
  struct stat info{};
  const int failed = ::fstat(descriptor_, &info) == 0 ? 0 : errno;
  if (failed || !S_ISREG(info.st_mode)) {
    ::close(descriptor_);
    throw FileError("cannot read '", path_, "': ",
                    failed                  ? reason(failed)
                    : S_ISDIR(info.st_mode) ? reason(EISDIR)
                                            : "it is not a regular file");
  }
  size_ = static_cast<uint64_t>(info.st_size);
}

InputFile::~InputFile() { ::close(descriptor_); }

void InputFile::read(uint64_t offset, void* out, uint64_t count) const {
  auto* bytes = static_cast<char*>(out);
  while (count > 0) {
    const ssize_t got = ::pread(descriptor_, bytes, std::min(count, kChunk), static_cast<off_t>(offset));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw FileError("cannot read '", path_, "': ", reason(errno));
    if (got == 0) throw FileError("cannot read '", path_, "': it became shorter while it was read");
    bytes += got;
    offset += static_cast<uint64_t>(got);
    count -= static_cast<uint64_t>(got);
  }
}

OutputFile::OutputFile(const std::string& path) : path_(resolved(path)) {
  struct stat info{};
  if (::stat(path_.c_str(), &info) == 0 && !S_ISREG(info.st_mode))
    throw FileError("cannot write '", path_,
                    "': ", S_ISDIR(info.st_mode) ? reason(EISDIR) : "it is not a regular file");
  static std::atomic<uint64_t> counter{0};
  do {
    temporary_ = concat(path_, ".", ::getpid(), "-", counter++, ".tmp");
    descriptor_ = ::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  } while (descriptor_ < 0 && errno == EEXIST);
  if (descriptor_ < 0) fail("write");
}

OutputFile::~OutputFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

void OutputFile::fail(const char* doing) const { throw FileError("cannot ", doing, " '", path_, "': ", reason(errno)); }

void OutputFile::write(const void* data, uint64_t count) {
  const auto* bytes = static_cast<const char*>(data);
  while (count > 0) {
    const ssize_t written = ::write(descriptor_, bytes, std::min(count, kChunk));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail("write");
    bytes += written;
    count -= static_cast<uint64_t>(written);
  }
}

void OutputFile::commit() {
  if (::fsync(descriptor_) != 0) fail("write");
  if (::close(std::exchange(descriptor_, -1)) != 0) fail("write");
  if (::rename(temporary_.c_str(), path_.c_str()) != 0) fail("replace");
  temporary_.clear();
  // The new name is durable once the directory is; where a directory cannot be synced the file is complete all the
  // same.
  const std::string directory = std::filesystem::path(path_).parent_path().string();
  if (const int parent = ::open(directory.empty() ? "." : directory.c_str(), O_RDONLY | O_CLOEXEC); parent >= 0) {
    ::fsync(parent);
    ::close(parent);
  }
}

}  // namespace ingot
