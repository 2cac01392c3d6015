/// A cache without contents that a trace is run through.
#pragma once

#include "trace.hpp"

#include <cstddef>
#include <span>
#include <unordered_map>

namespace filmoteka::bench {

/// Of the visitors' requests; what the crawler hits helps nobody.
struct HitRatio {
  double requests = 0;
  double bytes = 0;
};

/// `Eviction` is a queue as gateway/core/cache/s3_fifo.hpp has it, `Links` what its nodes carry. The first
/// quarter of the trace fills the cache and is not counted.
template <class Eviction, class Links>
HitRatio simulate(std::span<const TraceRequest> trace, std::size_t capacity) {
  Eviction queue(capacity);
  std::unordered_map<std::uint64_t, Links> nodes;
  double asked = 0, asked_bytes = 0, hits = 0, hit_bytes = 0;
  for (std::size_t i = 0; i < trace.size(); ++i) {
    const TraceRequest& request = trace[i];
    // The finaliser of SplitMix64: keys are numbers in a row, hashes of texts are not.
    std::uint64_t hash = request.key * 0x9e3779b97f4a7c15U;
    hash = (hash ^ (hash >> 30)) * 0xbf58476d1ce4e5b9U;
    hash = (hash ^ (hash >> 27)) * 0x94d049bb133111ebU;
    hash ^= hash >> 31;
    const auto found = nodes.find(hash);
    const bool counts = i >= trace.size() / 4 && !request.is_of_crawler;
    if (counts) {
      ++asked;
      asked_bytes += request.bytes;
    }
    if (found != nodes.end()) {
      queue.note_use(found->second);
      if (counts) {
        ++hits;
        hit_bytes += request.bytes;
      }
    } else if (queue.admits(hash, request.bytes)) {
      Links& node = nodes[hash];
      node.hash = hash;
      node.charge = request.bytes;
      queue.insert(node);
      while (queue.is_full()) nodes.erase(queue.evict()->hash);
    }
  }
  return {hits / asked, hit_bytes / asked_bytes};
}

}  // namespace filmoteka::bench
