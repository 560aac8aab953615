// How many pieces a length makes.
#pragma once

#include <cstdint>

namespace ingot::cpu {

/// `a / b` rounded up, of numbers that are not negative.
constexpr int64_t ceil_divide(int64_t a, int64_t b) { return (a + b - 1) / b; }

}  // namespace ingot::cpu
