/// Random numbers for names of requests and traces.
#pragma once

#include <cstdint>

namespace filmoteka::telemetry {

/// 64 bits from a generator of the calling thread (xoshiro256++, seeded by the kernel): a few nanoseconds.
/// Not a secret: who has seen some may guess the next.
std::uint64_t random_bits();

}  // namespace filmoteka::telemetry
