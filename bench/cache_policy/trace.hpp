/// Requests as a catalogue of films sees them: few things asked for very often, most hardly ever, and a
/// crawler that asks for everything once.
#pragma once

#include <cstdint>
#include <vector>

namespace filmoteka::bench {

struct TraceRequest {
  std::uint64_t key = 0;
  std::uint32_t bytes = 0;  ///< of the answer; the same for each request of a key
  bool is_of_crawler = false;
};

struct TraceSettings {
  std::size_t requests = 1'000'000;
  double crawler_share = 0;     ///< of all requests, in sweeps over all films and lists, in order
  std::size_t drift_every = 0;  ///< requests after which some of what is popular changes; 0: never
  std::uint64_t seed = 1;
};

/// 36,273 films (half of the visitors' requests, Zipf 0.9, 2 to 8 KiB), 120,000 lists (a third, Zipf 1.0, 4
/// to 40 KiB), 300,000 suggestions (the rest, Zipf 0.8, 0.3 to 2 KiB).
std::vector<TraceRequest> make_trace(const TraceSettings& settings);

}  // namespace filmoteka::bench
