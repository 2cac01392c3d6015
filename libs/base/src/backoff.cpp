#include <filmoteka/base/backoff.hpp>

#include <algorithm>

namespace filmoteka {

void Backoff::failed(SteadyTime now, double random) {
  constexpr int kMostDoublings = 20;
  const auto doubled = settings_.first * (std::int64_t{1} << std::min(failures_, kMostDoublings));
  const auto pause = std::min<std::chrono::milliseconds>(doubled, settings_.longest);
  ++failures_;
  next_ = now + std::chrono::duration_cast<SteadyTime::duration>(pause * (0.5 + 0.5 * random));
}

}  // namespace filmoteka
