// The exceptions that Ingot throws. Each says what was expected, what came, and what to do.
#pragma once

#include <cstddef>
#include <ostream>
#include <stdexcept>
#include <string>
#include <type_traits>

namespace ingot {

namespace detail {

/// A part of a message: a value, and how to write it.
struct MessagePart {
  const void* value;
  void (*write)(std::ostream&, const void*);
};

void write_text(std::ostream& out, const void* text);
std::string join(const MessagePart* parts, size_t count);

template <class T>
MessagePart message_part(const T& value) {
  if constexpr (std::is_convertible_v<const T&, const char*>)
    return {static_cast<const char*>(value), &write_text};
  else
    return {&value, [](std::ostream& out, const void* at) { out << *static_cast<const T*>(at); }};
}

}  // namespace detail

/// Joins values that have a stream operator into one message: `concat("axis ", axis, " of ", shape)`.
template <class... Parts>
std::string concat(const Parts&... parts) {
  // The stream is elsewhere: one in each of hundreds of instances would be a twentieth of the library.
  const detail::MessagePart list[] = {detail::message_part(parts)...};
  return detail::join(list, sizeof...(parts));
}

/// Base of every error that Ingot raises on purpose. Python sees RuntimeError unless a derived class says otherwise.
class Error : public std::runtime_error {
 public:
  template <class... Parts>
  explicit Error(const Parts&... parts) : std::runtime_error(concat(parts...)) {}
};

/// A value outside what the operation accepts. Python: ValueError.
class ValueError : public Error {
  using Error::Error;
};
/// Shapes that do not fit together. Python: ValueError.
class ShapeError : public ValueError {
  using ValueError::ValueError;
};
/// A dtype or a type of argument that the operation does not take. Python: TypeError.
class TypeError : public Error {
  using Error::Error;
};
/// An index or an axis out of range. Python: IndexError.
class IndexError : public Error {
  using Error::Error;
};
/// A name that is not there. Python: KeyError.
class KeyError : public Error {
  using Error::Error;
};
/// Wrong use of differentiation: no graph, a graph already released. Python: RuntimeError.
class GradError : public Error {
  using Error::Error;
};
/// A value was asked for while `jit` or `vmap` was only recording the computation. Python: ingot.TraceError.
class TraceError : public Error {
  using Error::Error;
};
/// A device that this machine or build does not have. Python: RuntimeError.
class DeviceError : public Error {
  using Error::Error;
};
/// A file that cannot be read or written, or whose content is not what it should be. Python: OSError.
class FileError : public Error {
  using Error::Error;
};
/// Memory that cannot be had. Python: MemoryError.
class MemoryError : public Error {
  using Error::Error;
};
/// The user asked to stop (Ctrl-C) while the engine was working. Python: KeyboardInterrupt.
class Interrupted : public Error {
 public:
  Interrupted() : Error("evaluation was interrupted") {}
};

}  // namespace ingot
