// The safetensors format: a JSON header and raw elements. Reading treats every file as hostile.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ingot/io/named_arrays.h"

namespace ingot {

/// What a safetensors file holds: arrays and strings, by name.
struct SafeTensors {
  NamedArrays arrays;
  std::vector<std::pair<std::string, std::string>> metadata;

  /// Null if there is none.
  const Array* find_array(std::string_view name) const;
  const std::string* find_metadata(std::string_view name) const;
};

/// Reads a file. Throws FileError, saying what is wrong with it and where, for anything but a file that is exactly what
/// the format asks for: all sizes and offsets are checked against the file before memory is taken.
SafeTensors load_safetensors(const std::string& path);
/// The same from memory. `origin` names it in errors.
SafeTensors parse_safetensors(std::string_view bytes, const std::string& origin = "safetensors");

/// Writes a file, whole or not at all: a failure leaves what was there before. Evaluates the arrays. Throws FileError
/// if the file cannot be written, TypeError for complex128 (which the format lacks), ValueError for repeated names and
/// for "__metadata__".
void save_safetensors(const std::string& path, const SafeTensors& content);

}  // namespace ingot
