/// Functions that are compiled twice: for the baseline of x86-64, and for processors of today. The loader
/// picks the right one.
#pragma once

// Sanitizers are not ready yet when the loader asks which.
#if defined(__x86_64__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
/// For loops over columns, which the compiler then vectorises.
#define FILMOTEKA_WITH_AVX2 __attribute__((target_clones("avx2", "default"), optimize("O3")))
/// For counting bits: popcnt is ten times faster than arithmetic. Not for vectors: g++ 12 then counts bits by
/// arithmetic on them, which is slower than popcnt.
#define FILMOTEKA_WITH_POPCNT __attribute__((target_clones("popcnt", "default")))
#else
#define FILMOTEKA_WITH_AVX2
#define FILMOTEKA_WITH_POPCNT
#endif
