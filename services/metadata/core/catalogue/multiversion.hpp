/// Functions that exist twice: for the baseline of x86-64, and for processors of today. The loader picks the
/// right one.
#pragma once

// Sanitizers are not ready yet when the loader asks which.
#if defined(__x86_64__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define FILMOTEKA_HAS_AVX2_TWINS 1
/// Of a pair with the same signature, the one with intrinsics: the compiler does not find byte masks, nor
/// counts of bits on vectors that are faster than popcnt.
#define FILMOTEKA_FOR_AVX2 __attribute__((target("avx2,bmi,popcnt")))
/// The other one of the pair.
#define FILMOTEKA_FOR_ANY __attribute__((target("default")))
#else
#define FILMOTEKA_HAS_AVX2_TWINS 0
#define FILMOTEKA_FOR_ANY
#endif
