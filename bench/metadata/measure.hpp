/// Times of questions and what they cost: rounds, percentiles, lines of results.
#pragma once

#include "facet_digest.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::bench {

/// Processor seconds used so far by whoever answers.
using CpuClock = std::function<double()>;
/// Of the calling thread.
double thread_cpu_seconds();
/// Of the main thread of another process of this machine.
double process_cpu_seconds(int pid);
std::size_t resident_bytes();

class Stopwatch {
 public:
  double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

/// The end of a round: at least `least` questions (or `patience` seconds), at most `most`, or `seconds`.
struct Limits {
  std::size_t least = 7;
  std::size_t most = 300;
  double seconds = 1;
  double patience = 15;
};

/// The times of one question over several rounds.
class Times {
 public:
  void begin_round() { rounds_.emplace_back(); }
  void add(double seconds) { rounds_.back().push_back(seconds); }
  void add_cpu(double seconds) { cpu_ += seconds; }

  std::size_t count() const;
  /// The median of the rounds' percentiles; of all times together when a round has less than a hundred.
  double percentile(double percent) const;
  double cpu() const { return cpu_; }

 private:
  std::vector<std::vector<double>> rounds_;
  double cpu_ = 0;
};

/// `ask(n)` asks the n-th question; n goes on where the rounds before ended.
void measure_round(Times& times, const Limits& limits, const CpuClock& cpu,
                   const std::function<void(std::size_t)>& ask);

/// Prints results as lines of JSON on standard output, and progress on standard error.
class Report {
 public:
  Report(std::string subject, std::int64_t films) : subject_(std::move(subject)), films_(films) {}

  /// p50, p99 and what one core could do: questions by processor seconds.
  void question(std::string_view name, const Times& times, std::string_view note = {}) const;
  /// Things done in some seconds by however many threads, and the times that each took.
  void rate(std::string_view name, double per_second, const Times& times, std::string_view note = {}) const;
  void value(std::string_view name, double value, std::string_view unit, std::string_view note = {}) const;
  /// What the other subjects must have found too.
  void check(std::string_view name, std::uint64_t found) const;
  void check(std::string_view name, const FacetDigest& facets) const;
  void text(std::string_view name, std::string_view text) const;
  void progress(std::string_view what) const;

 private:
  std::string subject_;
  std::int64_t films_;
  Stopwatch since_;
};

}  // namespace filmoteka::bench
