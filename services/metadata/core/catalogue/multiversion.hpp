/// Functions with a twin for processors of today.
#pragma once

#if defined(__x86_64__)
#define FILMOTEKA_HAS_AVX2_TWINS 1
/// For the twin with intrinsics: the compiler does not find byte masks, nor counts of bits on vectors that
/// are faster than popcnt.
#define FILMOTEKA_FOR_AVX2 __attribute__((target("avx2,popcnt")))

namespace filmoteka::metadata {
/// Whether this processor can run it. Costs a load and a branch.
inline bool has_avx2() {
  return __builtin_cpu_supports("avx2") != 0;
}
}  // namespace filmoteka::metadata

#else
#define FILMOTEKA_HAS_AVX2_TWINS 0
#endif
