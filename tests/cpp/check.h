// The little that the C++ tests need: cases that register themselves in `main`, checks that say where they failed.
#pragma once

#include <ingot/ingot.h>

#include <cmath>
#include <cstdio>
#include <functional>
#include <iostream>
#include <string>
#include <vector>

namespace check {

struct Case {
  const char* name;
  std::function<void()> run;
};

struct Failure {
  std::string text;
};

[[noreturn]] inline void fail(const char* file, int line, const std::string& text) {
  throw Failure{ingot::concat(file, ":", line, ": ", text)};
}

/// Runs the cases; the exit code is how many failed.
inline int run(const std::vector<Case>& cases) {
  int failed = 0;
  for (const Case& test : cases) {
    try {
      test.run();
      std::printf("ok    %s\n", test.name);
    } catch (const Failure& failure) {
      ++failed;
      std::printf("FAIL  %s: %s\n", test.name, failure.text.c_str());
    } catch (const std::exception& error) {
      ++failed;
      std::printf("FAIL  %s: unexpected exception: %s\n", test.name, error.what());
    }
  }
  return failed;
}

/// True if the elements are within `tolerance` of `expected`, in row-major order.
inline bool near(const ingot::Array& array, const std::vector<double>& expected, double tolerance = 1e-6) {
  const std::vector<double> values = ingot::to_vector<double>(array);
  if (values.size() != expected.size()) return false;
  for (size_t i = 0; i < values.size(); ++i)
    if (!(std::abs(values[i] - expected[i]) <= tolerance)) return false;
  return true;
}

}  // namespace check

#define CHECK(condition)                                                                                               \
  do {                                                                                                                 \
    if (!(condition)) check::fail(__FILE__, __LINE__, #condition);                                                     \
  } while (false)

/// The statement must throw exactly such an error, and its text must contain `part`.
#define CHECK_THROWS(ErrorType, part, ...)                                                                             \
  do {                                                                                                                 \
    bool thrown = false;                                                                                               \
    try {                                                                                                              \
      __VA_ARGS__;                                                                                                     \
    } catch (const ErrorType& error) {                                                                                 \
      thrown = true;                                                                                                   \
      if (std::string(error.what()).find(part) == std::string::npos)                                                   \
        check::fail(__FILE__, __LINE__, ingot::concat("the error does not say \"", part, "\": ", error.what()));       \
    }                                                                                                                  \
    if (!thrown) check::fail(__FILE__, __LINE__, #__VA_ARGS__ " did not throw " #ErrorType);                           \
  } while (false)
