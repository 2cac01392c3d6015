#include "report.hpp"

#include <algorithm>
#include <bit>
#include <cinttypes>
#include <utility>

namespace load {
namespace {

constexpr unsigned kSubBits = 6;

double seconds(Clock::duration duration) {
  return std::chrono::duration<double>(duration).count();
}

}  // namespace

std::size_t bucket_of(std::uint64_t micros) {
  if (micros < (2U << kSubBits)) return micros;
  const auto shift = static_cast<unsigned>(std::bit_width(micros)) - kSubBits - 1;
  return (std::size_t{shift} << kSubBits) + static_cast<std::size_t>(micros >> shift);
}

Report::Report(std::vector<std::string> classes, Clock::time_point begin, Clock::duration window)
    : classes_(std::move(classes)), begin_(begin), window_(window) {}

void Report::add(std::size_t request_class, Clock::time_point intended, Clock::time_point end,
                 Outcome outcome) {
  Counts& counts = windows_[{static_cast<std::size_t>((intended - begin_) / window_), request_class}];
  ++counts.outcomes[static_cast<std::size_t>(outcome)];
  if (outcome != Outcome::kOk) return;
  const auto micros = std::chrono::duration_cast<std::chrono::microseconds>(end - intended).count();
  ++counts.latencies[bucket_of(static_cast<std::uint64_t>(std::max<std::int64_t>(0, micros)))];
}

void Report::was_behind(Clock::duration by) {
  behind_ = std::max(behind_, by);
}

void Report::print(std::FILE* file) const {
  static constexpr std::array<const char*, kOutcomes> kNames{"ok",      "turned_away", "status",
                                                             "connect", "broken",      "timeout"};
  for (const auto& [place, counts] : windows_) {
    std::fprintf(file, R"({"at":%.6f,"class":"%s")", seconds(window_) * static_cast<double>(place.first),
                 classes_[place.second].c_str());
    for (std::size_t i = 0; i < kOutcomes; ++i) {
      if (counts.outcomes[i] > 0) std::fprintf(file, R"(,"%s":%)" PRIu64, kNames[i], counts.outcomes[i]);
    }
    std::fputs(R"(,"latencies":[)", file);
    const char* comma = "";
    for (const auto& [bucket, count] : counts.latencies) {
      std::fprintf(file, "%s[%zu,%" PRIu64 "]", comma, bucket, count);
      comma = ",";
    }
    std::fputs("]}\n", file);
  }
  std::fprintf(file, "{\"begin\":%.6f,\"repeated\":%" PRIu64 ",\"behind\":%.6f}\n",
               seconds(begin_.time_since_epoch()), repeated_, seconds(behind_));
}

}  // namespace load
