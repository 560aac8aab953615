#include "ingot/cpu/packs/parts.h"

namespace ingot::cpu {
namespace {

/// Among integers, a sign matters only where one is carried into a wider type.
template <class To, class From>
constexpr bool sign_is_carried = !std::is_integral_v<To> || sizeof(To) > sizeof(From);
template <class To, class From>
using Target = std::conditional_t<std::is_integral_v<From>, AnySign<To>, To>;
template <class To, class From>
using Source = std::conditional_t<sign_is_carried<To, From>, From, AnySign<From>>;

template <class To, class From>
void cast(void* out, const void* x, int64_t count) {
  auto* results = static_cast<To*>(out);
  INGOT_EACH_ALONE
  for (int64_t i = 0; i < count; ++i) {
    // As a byte, because the compiler makes no vectors of bool.
    if constexpr (std::is_same_v<From, bool>)
      results[i] = static_cast<const uint8_t*>(x)[i] != 0 ? To(1) : To(0);
    else
      results[i] = convert<To>(static_cast<const From*>(x)[i]);
  }
}

}  // namespace

void add_casts(Pack& pack) {
  const auto add = [&]<class From, class To>(TypeTag<From>, TypeTag<To>) {
    if constexpr (!is_half_type<From> && !is_half_type<To>)
      pack.cast[static_cast<int>(dtype_of<From>)][static_cast<int>(dtype_of<To>)] =
          &cast<Target<To, From>, Source<To, From>>;
  };
#define INGOT_FROM(type, name) visit_all([&](auto to) { add(TypeTag<type>{}, to); });
  const auto visit_all = [](auto&& f) {
#define INGOT_TO(type, name) f(TypeTag<type>{});
    INGOT_FOR_EACH_DTYPE(INGOT_TO)
#undef INGOT_TO
  };
  INGOT_FOR_EACH_DTYPE(INGOT_FROM)
#undef INGOT_FROM
}

}  // namespace ingot::cpu
