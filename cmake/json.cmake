# Finds nlohmann's JSON headers and defines the target `ingot_json`. They come from the PyPI package nlohmann-json; only csrc/io/json.cpp
# includes them, never an installed header.
set(INGOT_JSON_DIR "" CACHE PATH "Folder that holds nlohmann/json.hpp (default: that of the Python package nlohmann-json)")

if(NOT INGOT_JSON_DIR)
  find_package(Python COMPONENTS Interpreter QUIET)
  set(json_hints)
  if(Python_EXECUTABLE)
    execute_process(
      COMMAND "${Python_EXECUTABLE}" -c "import sys; print(';'.join(p + '/nlohmann_json/include' for p in sys.path if p))"
      OUTPUT_VARIABLE json_hints OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  endif()
  # Not cached: pip's isolated build environment is another folder each time.
  unset(json_found CACHE)
  find_path(json_found nlohmann/json.hpp HINTS ${json_hints})
  set(INGOT_JSON_INCLUDE "${json_found}")
  unset(json_found CACHE)
else()
  set(INGOT_JSON_INCLUDE "${INGOT_JSON_DIR}")
endif()

if(NOT EXISTS "${INGOT_JSON_INCLUDE}/nlohmann/json.hpp")
  message(FATAL_ERROR "nlohmann/json.hpp was not found. Run `pip install nlohmann-json`, or pass -DINGOT_JSON_DIR=<folder that holds nlohmann/json.hpp>.")
endif()
message(STATUS "JSON: ${INGOT_JSON_INCLUDE}")

add_library(ingot_json INTERFACE)
target_include_directories(ingot_json SYSTEM INTERFACE "${INGOT_JSON_INCLUDE}")
