# Kernel packs: csrc/cpu/packs compiled once per instruction set, each into a shared object of its own, because templates compiled with
# different flags must never be merged by the linker. libingot opens the best one for the machine at run time.
if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64|amd64)$")
  set(default_packs x86-64-v2 x86-64-v3 x86-64-v4)
elseif(CMAKE_SYSTEM_PROCESSOR MATCHES "^(aarch64|arm64)$")
  set(default_packs neon)
else()
  set(default_packs generic)
endif()
set(INGOT_CPU_PACKS "${default_packs}" CACHE STRING "Instruction sets to compile the CPU kernels for")

file(GLOB pack_sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/csrc/cpu/packs/*.cpp")
# Only this file's own functions use the instructions, after asking the processor.
set_property(SOURCE "${PROJECT_SOURCE_DIR}/csrc/cpu/packs/gemm_bfloat16.cpp" PROPERTY COMPILE_OPTIONS
  "$<$<STREQUAL:$<TARGET_PROPERTY:INGOT_ISA>,x86-64-v4>:-mavx512bf16>")
# -O2 makes a quarter less code than -O3, and as fast where vectors are written out. Elementwise functions need what -O3 inlines to become
# loops of vectors; convolutions and attention are a twentieth to a tenth slower without it. For processors so old that v2 is their best,
# half the code of two families is worth a twentieth of their speed.
file(GLOB packs_at_O3 CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/csrc/cpu/packs/elementwise_*.cpp")
foreach(name IN ITEMS depthwise winograd)
  list(APPEND packs_at_O3 "${PROJECT_SOURCE_DIR}/csrc/cpu/packs/${name}.cpp")
endforeach()
set_property(SOURCE ${packs_at_O3} APPEND PROPERTY COMPILE_OPTIONS -O3)
foreach(name IN ITEMS attention convolution_float32 convolution_float64)
  set_property(SOURCE "${PROJECT_SOURCE_DIR}/csrc/cpu/packs/${name}.cpp" APPEND PROPERTY COMPILE_OPTIONS
    "$<IF:$<STREQUAL:$<TARGET_PROPERTY:INGOT_ISA>,x86-64-v2>,-Os,-O3>")
endforeach()
# Decompositions are large, and no faster with more of their loops turned into vectors than Eigen does.
set_property(SOURCE "${PROJECT_SOURCE_DIR}/csrc/cpu/packs/matrices.cpp" PROPERTY COMPILE_OPTIONS
  "$<$<CXX_COMPILER_ID:GNU>:-fvect-cost-model=very-cheap>")
foreach(isa IN LISTS INGOT_CPU_PACKS)
  set(pack "ingot_cpu_${isa}")
  add_library(${pack} MODULE ${pack_sources})
  target_link_libraries(${pack} PRIVATE ingot_flags ingot_eigen)
  target_compile_options(${pack} PRIVATE
    "$<$<CXX_COMPILER_ID:GNU>:-fvect-cost-model=dynamic>" -fno-trapping-math -ffunction-sections)
  if(isa MATCHES "^x86-64")
    target_compile_options(${pack} PRIVATE "-march=${isa}" -mtune=generic)
  endif()
  if(isa STREQUAL "x86-64-v4")
    target_compile_options(${pack} PRIVATE -mprefer-vector-width=512)
  endif()
  set_target_properties(${pack} PROPERTIES
    INGOT_ISA "${isa}"
    PREFIX lib
    SUFFIX "${CMAKE_SHARED_LIBRARY_SUFFIX}"
    CXX_VISIBILITY_PRESET hidden
    LIBRARY_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/ingot/lib")
  if(NOT APPLE)
    # Even inline functions of the standard library must not leak out of (or into) code compiled for another instruction set.
    # -fno-thread-jumps: else clamps become branches, and loops of functions scalar. -Wno-...: GCC's own AVX-512 header is what it warns about.
    target_compile_options(${pack} PRIVATE "$<$<CXX_COMPILER_ID:GNU>:-fno-gnu-unique;-fno-thread-jumps;-Wno-maybe-uninitialized;-Wno-uninitialized;-Wno-psabi>")
    target_link_options(${pack} PRIVATE "LINKER:--version-script=${PROJECT_SOURCE_DIR}/cmake/pack.map" LINKER:--gc-sections)
  endif()
  install(TARGETS ${pack} LIBRARY DESTINATION "${INGOT_INSTALL_ROOT}lib" COMPONENT runtime)
endforeach()
