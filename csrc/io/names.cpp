#include "ingot/io/names.h"

#include <algorithm>
#include <numeric>

namespace ingot {

namespace {

/// Insertions, deletions and replacements that turn one name into the other.
size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), size_t{0});
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t replaced = diagonal + (a[i - 1] != b[j - 1]);
      diagonal = row[j];
      row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row[b.size()];
}

}  // namespace

std::string suggestion(std::string_view name, const std::vector<std::string>& known) {
  // Names of real parameters are short; a longer one comes from a hostile file, and is not worth quadratic time.
  constexpr size_t kLongest = 200;
  const std::string* nearest = nullptr;
  size_t least = std::max<size_t>(2, name.size() / 3) + 1;
  if (name.size() > kLongest) return {};
  for (const std::string& candidate : known) {
    if (candidate.size() > kLongest) continue;
    if (const size_t distance = edit_distance(name, candidate); distance < least) {
      least = distance;
      nearest = &candidate;
    }
  }
  return nearest ? " (did you mean \"" + *nearest + "\"?)" : std::string();
}

std::string quoted_list(const std::vector<std::string>& names) {
  constexpr size_t kShown = 8;
  if (names.empty()) return "none";
  std::string text;
  for (size_t i = 0; i < std::min(kShown, names.size()); ++i) text += (i ? ", \"" : "\"") + names[i] + '"';
  if (names.size() > kShown) text += " and " + std::to_string(names.size() - kShown) + " more";
  return text;
}

}  // namespace ingot
