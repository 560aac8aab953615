# What is compiled for size, which is a third to a half of the code at -O2, and less time to compile: what runs once per program, model
# or plan, and functions beside whose work their own lines do not count. -O2 keep loops over elements, and what every operation of a
# training step passes through.
set(ingot_rare_flags "$<$<CONFIG:Release>:-Os>")

# Of csrc: the floors above autograd, the oracle, and of operations and transforms those that few programs use.
file(GLOB ingot_rare_sources CONFIGURE_DEPENDS "csrc/reference/*.cpp" "csrc/nn/*.cpp" "csrc/optim/*.cpp" "csrc/io/*.cpp")
foreach(name IN ITEMS
    attention cholesky contraction convolution_compute decompositions_exp diagonals distances distributions distributions_sampled editing
    eigen einsum_labels grid_sample integer_totals interpolation linalg_parts linalg_products nan_reductions norms pooling_compute qr
    rearranging registry reinterpret sampled_functions scan scatter short_time solve sort spacing statistics statistics_quantile svd window_functions
    windows)
  list(APPEND ingot_rare_sources "${PROJECT_SOURCE_DIR}/csrc/ops/${name}.cpp")
endforeach()
foreach(name IN ITEMS anomaly custom_function jacobian linearization substitution transforms vmap)
  list(APPEND ingot_rare_sources "${PROJECT_SOURCE_DIR}/csrc/autograd/${name}.cpp")
endforeach()
set_property(SOURCE ${ingot_rare_sources} APPEND PROPERTY COMPILE_OPTIONS "${ingot_rare_flags}")

# The rest makes nodes and plans; only in these files it matters what GCC makes of a loop.
set(ingot_loops
  "/csrc/cpu/|_compute\\.cpp$|/(arg_reduction|decompositions_[a-z]+|gather_scatter|histogram|indexing|linalg_batch|place_slice|random_[a-z]+|resample|scatter_[a-z]+|search|sets|special_[a-z]+|tasked_op)\\.cpp$")
# GCC's default is 70; with 30 a fifth less code takes as long.
set(ingot_lean_flags "$<$<AND:$<CONFIG:Release>,$<CXX_COMPILER_ID:GNU>>:--param=max-inline-insns-single=30>")

# Else GCC gives each file a clone of its own of many templates of Eigen, pybind11 and the standard library, in place of one for all.
set(ingot_one_copy_flags "$<$<CXX_COMPILER_ID:GNU>:-fno-ipa-sra>")

# Of python/src. Not there: what calls of modules, optimizers and compiled functions pass through, nor text_signatures, whose loops take
# a tenth of the import.
set(ingot_rare_bindings
  "/(amp|creation|custom_function|device|diagonals|dlpack|distributions|editing|einsum|errors|fft|files|inspection|interop|interpolation|keyword_names|linalg|memory|nn_[a-z_]+|optim|optim_[a-z]+|padding|profile|random|random_args|rearranging|registry|sampled_functions|scans|scatter|schedulers|searching|sets|sorting|statistics|torch_methods|transforms|windows)\\.cpp$")
set(ingot_frequent_bindings "/(nn_hooks|nn_module|nn_object|nn_registries)\\.cpp$")
