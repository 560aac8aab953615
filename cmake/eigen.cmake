# Finds Eigen's headers and defines the target `ingot_eigen`. They come from the PyPI package cmeel-eigen, which unpacks into a folder
# `cmeel.prefix` beside the other packages; only the kernels and the thread pool include them, never an installed header.
set(INGOT_EIGEN_DIR "" CACHE PATH "Folder that holds Eigen/Core (default: that of the Python package cmeel-eigen)")

if(NOT INGOT_EIGEN_DIR)
  find_package(Python COMPONENTS Interpreter QUIET)
  set(eigen_hints)
  if(Python_EXECUTABLE)
    execute_process(
      COMMAND "${Python_EXECUTABLE}" -c "import sys; print(';'.join(p + '/cmeel.prefix/include/eigen3' for p in sys.path if p))"
      OUTPUT_VARIABLE eigen_hints OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  endif()
  # Not cached: pip's isolated build environment is another folder each time.
  unset(eigen_found CACHE)
  find_path(eigen_found Eigen/Core HINTS ${eigen_hints} PATH_SUFFIXES eigen3)
  set(INGOT_EIGEN_INCLUDE "${eigen_found}")
  unset(eigen_found CACHE)
else()
  set(INGOT_EIGEN_INCLUDE "${INGOT_EIGEN_DIR}")
endif()

if(NOT EXISTS "${INGOT_EIGEN_INCLUDE}/Eigen/Core")
  message(FATAL_ERROR "Eigen was not found. Run `pip install cmeel-eigen`, or pass -DINGOT_EIGEN_DIR=<folder that holds Eigen/Core>.")
endif()
if(NOT EXISTS "${INGOT_EIGEN_INCLUDE}/unsupported/Eigen/CXX11/ThreadPool")
  message(FATAL_ERROR "Eigen in ${INGOT_EIGEN_INCLUDE} lacks its unsupported modules; the thread pool is one of them.")
endif()
message(STATUS "Eigen: ${INGOT_EIGEN_INCLUDE}")

add_library(ingot_eigen INTERFACE)
target_include_directories(ingot_eigen SYSTEM INTERFACE "${INGOT_EIGEN_INCLUDE}")
target_compile_definitions(ingot_eigen INTERFACE EIGEN_MPL2_ONLY EIGEN_NO_DEBUG EIGEN_DONT_PARALLELIZE)
