#include "trace.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

namespace filmoteka::bench {
namespace {

/// Things of one kind, and how popular each of them is.
class Population {
 public:
  Population(std::uint64_t kind, std::size_t count, double skew, std::uint32_t least, std::uint32_t most)
      : kind_(kind), least_(least), most_(most), by_rank_(count), cumulated_(count) {
    std::iota(by_rank_.begin(), by_rank_.end(), 0U);
    double sum = 0;
    for (std::size_t rank = 0; rank < count; ++rank) {
      sum += 1 / std::pow(static_cast<double>(rank + 1), skew);
      cumulated_[rank] = sum;
    }
  }

  void shuffle(std::mt19937_64& random) { std::shuffle(by_rank_.begin(), by_rank_.end(), random); }

  TraceRequest popular(std::mt19937_64& random) const {
    std::uniform_real_distribution<double> point(0, cumulated_.back());
    const auto found = std::upper_bound(cumulated_.begin(), cumulated_.end() - 1, point(random));
    return request_for(by_rank_[static_cast<std::size_t>(found - cumulated_.begin())]);
  }

  /// Some from anywhere change places with some of the most popular hundredth.
  void drift(std::mt19937_64& random) {
    const std::size_t top = by_rank_.size() / 100;
    for (std::size_t i = 0; i < top / 20; ++i)
      std::swap(by_rank_[random() % top], by_rank_[random() % by_rank_.size()]);
  }

  std::size_t size() const { return by_rank_.size(); }

  TraceRequest request_for(std::uint64_t number) const {
    const std::uint64_t key = kind_ << 32 | number;
    // A size of its own for each, the smaller ones more often.
    const double share = std::pow(static_cast<double>(key * 0x9e3779b97f4a7c15U >> 40) / (1 << 24), 2);
    return {key, least_ + static_cast<std::uint32_t>(share * (most_ - least_)), false};
  }

 private:
  std::uint64_t kind_;
  std::uint32_t least_;
  std::uint32_t most_;
  std::vector<std::uint64_t> by_rank_;
  std::vector<double> cumulated_;
};

}  // namespace

std::vector<TraceRequest> make_trace(const TraceSettings& settings) {
  std::mt19937_64 random(settings.seed);
  Population films(1, 36'273, 0.9, 2'048, 8'192);
  Population lists(2, 120'000, 1.0, 4'096, 40'960);
  Population suggestions(3, 300'000, 0.8, 300, 2'048);
  for (Population* population : {&films, &lists, &suggestions}) population->shuffle(random);

  std::uniform_real_distribution<double> share(0, 1);
  std::vector<TraceRequest> trace;
  trace.reserve(settings.requests);
  std::uint64_t swept = 0;
  while (trace.size() < settings.requests) {
    if (settings.drift_every != 0 && trace.size() % settings.drift_every == 0) {
      for (Population* population : {&films, &lists, &suggestions}) population->drift(random);
    }
    if (share(random) < settings.crawler_share) {
      const std::uint64_t next = swept++ % (films.size() + lists.size());
      trace.push_back(next < films.size() ? films.request_for(next) : lists.request_for(next - films.size()));
      trace.back().is_of_crawler = true;
      continue;
    }
    const double kind = share(random);
    const Population& asked = kind < 0.5 ? films : kind < 5.0 / 6 ? lists : suggestions;
    trace.push_back(asked.popular(random));
  }
  return trace;
}

}  // namespace filmoteka::bench
