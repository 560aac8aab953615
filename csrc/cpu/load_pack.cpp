#include "ingot/cpu/load_pack.h"

#include <dlfcn.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "ingot/cpu/rare_rows.h"
#include "ingot/graph/error.h"

namespace ingot::cpu {
namespace {

struct Candidate {
  const char* isa;
  bool runs;
};

/// Best first.
std::vector<Candidate> candidates() {
#if defined(__x86_64__)
  __builtin_cpu_init();
  const auto has_all = [](auto... feature) { return (feature && ...); };
  const bool v2 = has_all(__builtin_cpu_supports("sse4.2"), __builtin_cpu_supports("popcnt"));
  const bool v3 =
      v2 && has_all(__builtin_cpu_supports("avx2"), __builtin_cpu_supports("fma"), __builtin_cpu_supports("bmi2"));
  const bool v4 = v3 && has_all(__builtin_cpu_supports("avx512f"), __builtin_cpu_supports("avx512bw"),
                                __builtin_cpu_supports("avx512cd"), __builtin_cpu_supports("avx512dq"),
                                __builtin_cpu_supports("avx512vl"));
  return {{"x86-64-v4", v4}, {"x86-64-v3", v3}, {"x86-64-v2", v2}};
#elif defined(__aarch64__)
  return {{"neon", true}};
#else
  return {{"generic", true}};
#endif
}

/// The folder that libingot was loaded from.
std::string library_folder() {
  Dl_info info;
  if (!dladdr(reinterpret_cast<const void*>(&library_folder), &info) || !info.dli_fname)
    throw DeviceError("cpu: cannot find out where libingot was loaded from");
  const std::string path = info.dli_fname;
  const size_t slash = path.rfind('/');
  return slash == std::string::npos ? "." : path.substr(0, slash);
}

#if defined(__APPLE__)
constexpr const char* kSuffix = ".dylib";
#else
constexpr const char* kSuffix = ".so";
#endif

struct Loaded {
  const char* isa;
  Pack pack;
};

Loaded load() {
  const std::string folder = library_folder();
  const char* wanted = std::getenv("INGOT_CPU");
  std::string tried;
  for (const Candidate& candidate : candidates()) {
    const std::string isa = candidate.isa;
    if (wanted && *wanted && isa != wanted && isa != "x86-64-" + std::string(wanted)) {
      tried += concat("\n  ", isa, ": INGOT_CPU asks for ", wanted);
      continue;
    }
    if (!candidate.runs) {
      tried += concat("\n  ", isa, ": this machine lacks the instructions");
      continue;
    }
    // RTLD_LOCAL: templates in one pack must never be replaced by those of another.
    void* library = dlopen((folder + "/libingot_cpu_" + isa + kSuffix).c_str(), RTLD_NOW | RTLD_LOCAL);
    void* symbol = library ? dlsym(library, kPackSymbol) : nullptr;
    if (symbol) {
      Loaded complete{candidate.isa, *reinterpret_cast<PackFn>(symbol)()};
      add_rare_rows(complete.pack);
      return complete;
    }
    tried += concat("\n  ", isa, ": ", dlerror());
  }
  throw DeviceError("cpu: no kernel pack could be loaded. Tried:", tried);
}

const Loaded& loaded() {
  static const Loaded result = load();
  return result;
}

}  // namespace

const Pack& pack() { return loaded().pack; }
const char* pack_name() { return loaded().isa; }

}  // namespace ingot::cpu
