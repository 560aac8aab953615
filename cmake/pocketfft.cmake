# Finds pocketfft's one header and defines the target `ingot_pocketfft`. It comes from the PyPI package pythran, which carries it unchanged
# among its own headers (it is what SciPy builds with, too); only one kernel includes it, never an installed header.
set(INGOT_POCKETFFT_DIR "" CACHE PATH "Folder that holds pocketfft.hpp (default: that of the Python package pythran)")

if(NOT INGOT_POCKETFFT_DIR)
  find_package(Python COMPONENTS Interpreter QUIET)
  set(pocketfft_hints)
  if(Python_EXECUTABLE)
    execute_process(
      COMMAND "${Python_EXECUTABLE}" -c "import sys; print(';'.join(p + '/pythran/pythonic/numpy/fft' for p in sys.path if p))"
      OUTPUT_VARIABLE pocketfft_hints OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  endif()
  # Not cached: pip's isolated build environment is another folder each time.
  unset(pocketfft_found CACHE)
  find_path(pocketfft_found pocketfft.hpp HINTS ${pocketfft_hints})
  set(INGOT_POCKETFFT_INCLUDE "${pocketfft_found}")
  unset(pocketfft_found CACHE)
else()
  set(INGOT_POCKETFFT_INCLUDE "${INGOT_POCKETFFT_DIR}")
endif()

if(NOT EXISTS "${INGOT_POCKETFFT_INCLUDE}/pocketfft.hpp")
  message(FATAL_ERROR "pocketfft was not found. Run `pip install pythran`, or pass -DINGOT_POCKETFFT_DIR=<folder that holds pocketfft.hpp>.")
endif()
message(STATUS "pocketfft: ${INGOT_POCKETFFT_INCLUDE}")

add_library(ingot_pocketfft INTERFACE)
target_include_directories(ingot_pocketfft SYSTEM INTERFACE "${INGOT_POCKETFFT_INCLUDE}")
