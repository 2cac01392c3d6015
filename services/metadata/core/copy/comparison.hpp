/// Compares two catalogues film by film. Pure.
#pragma once

#include <filmoteka/domain/movie.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

namespace filmoteka::metadata {

/// Films in the form of an export's lines: how many, and the SHA-256 of all lines.
class FilmSum {
 public:
  FilmSum();
  ~FilmSum();
  FilmSum(const FilmSum&) = delete;
  FilmSum& operator=(const FilmSum&) = delete;

  void add(const std::string& line);
  std::uint64_t films() const { return films_; }
  /// 64 hexadecimal digits. Ends the sum.
  std::string sha256();

 private:
  struct Hash;
  std::unique_ptr<Hash> hash_;
  std::uint64_t films_ = 0;
};

/// Two streams in ascending order of id. Ask wants(), give() the next films (none: the end) until
/// is_finished() or there is a difference.
class Comparison {
 public:
  enum Side : std::size_t { kSource, kTarget };
  /// What may differ: a film that has changed at the source since it was copied; local views that have.
  struct Excused {
    std::unordered_set<domain::MovieId> films;
    std::unordered_set<domain::MovieId> views;
  };
  explicit Comparison(Excused excused) : excused_(std::move(excused)) {}

  bool wants(Side side) const { return queues_[side].empty() && !ended_[side]; }
  void give(Side side, std::vector<domain::Movie> movies);
  bool is_finished() const { return difference_ || (ended_[kSource] && ended_[kTarget] && is_empty()); }

  /// Of the first film that is not the same, for people.
  const std::optional<std::string>& difference() const { return difference_; }
  FilmSum& sum(Side side) { return sums_[side]; }

 private:
  bool is_empty() const { return queues_[kSource].empty() && queues_[kTarget].empty(); }
  void compare();
  bool compare_first();
  std::string take_line(Side side);

  Excused excused_;
  std::array<std::deque<domain::Movie>, 2> queues_;
  std::array<bool, 2> ended_{};
  std::array<FilmSum, 2> sums_;
  std::optional<std::string> difference_;
};

}  // namespace filmoteka::metadata
