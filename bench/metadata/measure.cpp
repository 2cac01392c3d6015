#include "measure.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <ctime>
#include <fstream>
#include <iomanip>
#include <iostream>

namespace filmoteka::bench {
namespace {

constexpr double kMillis = 1e3;

double seconds_of(clockid_t clock) {
  timespec time{};
  ::clock_gettime(clock, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

double rank_of(std::vector<double> values, double percent) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  const double rank = std::ceil(static_cast<double>(values.size()) * percent / 100);
  return values[static_cast<std::size_t>(std::max(rank, 1.0)) - 1];
}

void print(boost::json::object line) {
  std::cout << boost::json::serialize(line) << std::endl;
}

}  // namespace

double thread_cpu_seconds() {
  return seconds_of(CLOCK_THREAD_CPUTIME_ID);
}

double process_cpu_seconds(int pid) {
  std::ifstream file("/proc/" + std::to_string(pid) + "/schedstat");
  double nanoseconds = 0;
  file >> nanoseconds;
  return nanoseconds * 1e-9;
}

std::size_t resident_bytes() {
  std::ifstream file("/proc/self/statm");
  std::size_t all = 0;
  std::size_t resident = 0;
  file >> all >> resident;
  return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

std::size_t Times::count() const {
  std::size_t count = 0;
  for (const auto& round : rounds_) count += round.size();
  return count;
}

double Times::percentile(double percent) const {
  constexpr std::size_t kEnough = 100;
  std::vector<double> all;
  std::vector<double> of_rounds;
  for (const auto& round : rounds_) {
    all.insert(all.end(), round.begin(), round.end());
    if (round.size() >= kEnough) of_rounds.push_back(rank_of(round, percent));
  }
  return of_rounds.size() == rounds_.size() ? rank_of(of_rounds, 50) : rank_of(all, percent);
}

void measure_round(Times& times, const Limits& limits, const CpuClock& cpu,
                   const std::function<void(std::size_t)>& ask) {
  const std::size_t first = times.count();
  times.begin_round();
  const Stopwatch since;
  const double cpu_before = cpu();
  for (std::size_t done = 0; done < limits.most; ++done) {
    const double passed = since.seconds();
    if (passed > limits.patience || (done >= limits.least && passed > limits.seconds)) break;
    const Stopwatch one;
    ask(first + done);
    times.add(one.seconds());
  }
  times.add_cpu(cpu() - cpu_before);
}

void Report::question(std::string_view name, const Times& times, std::string_view note) const {
  const double cpu = std::max(times.cpu(), 1e-9);
  print({{"subject", subject_},
         {"films", films_},
         {"question", name},
         {"p50_ms", times.percentile(50) * kMillis},
         {"p99_ms", times.percentile(99) * kMillis},
         {"per_core_second", static_cast<double>(times.count()) / cpu},
         {"runs", times.count()},
         {"note", note}});
}

void Report::rate(std::string_view name, double per_second, const Times& times, std::string_view note) const {
  print({{"subject", subject_},
         {"films", films_},
         {"question", name},
         {"per_second", per_second},
         {"p50_ms", times.percentile(50) * kMillis},
         {"p99_ms", times.percentile(99) * kMillis},
         {"runs", times.count()},
         {"note", note}});
}

void Report::value(std::string_view name, double value, std::string_view unit, std::string_view note) const {
  print({{"subject", subject_},
         {"films", films_},
         {"question", name},
         {"value", value},
         {"unit", unit},
         {"note", note}});
}

void Report::check(std::string_view name, std::uint64_t found) const {
  print({{"subject", subject_}, {"films", films_}, {"check", name}, {"found", found}});
}

void Report::check(std::string_view name, const FacetDigest& facets) const {
  for (std::size_t i = 0; i < metadata::kFacets; ++i) {
    check(std::string(name) + ": " + std::string(metadata::kFacetNames[i]),
          facets.of(static_cast<metadata::Facet>(i)));
  }
}

void Report::text(std::string_view name, std::string_view text) const {
  print({{"subject", subject_}, {"films", films_}, {"fact", name}, {"text", text}});
}

void Report::progress(std::string_view what) const {
  std::cerr << std::fixed << std::setprecision(1) << std::setw(7) << since_.seconds() << " s  " << subject_
            << ", " << films_ << " films: " << what << std::endl;
}

}  // namespace filmoteka::bench
