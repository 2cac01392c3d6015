/// Reads all films of a store for the catalogue: at the start.
#pragma once

#include <filmoteka/async/blocking_pool.hpp>
#include <filmoteka/async/task.hpp>
#include <filmoteka/base/result.hpp>
#include <filmoteka/telemetry/log.hpp>

#include <metadata/core/catalogue/segment_builder.hpp>
#include <metadata/core/movie_store.hpp>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <optional>
#include <string>
#include <vector>

namespace filmoteka::metadata {

/// How far it is. Thread-safe.
struct LoadProgress {
  std::atomic<std::uint64_t> loaded{0};
  std::atomic<std::uint64_t> films{0};  ///< in all
  std::atomic<bool> indexing{false};    ///< all have been read
  std::atomic<std::uint64_t> indexed{0};
  std::atomic<std::uint64_t> parts{0};  ///< of the index, in all; 0: not known yet
};

/// For people.
std::string describe(const LoadProgress& progress);

struct LoadedFilms {
  SegmentBuilder builder;
  domain::Revision revision = 0;
  std::int64_t views_version = 0;
};

/// For one use. Each range of ids is read, decoded and indexed beside the others; what is logged each second
/// says how long it will take. The arguments must outlive it.
class FilmLoader {
 public:
  FilmLoader(MovieStore& store, BlockingPool& pool, telemetry::Logger log, LoadProgress& progress);

  /// `threads` is into how many ranges the films are split at most.
  Task<Result<LoadedFilms>> run(FilmsKept kept, std::size_t threads);

 private:
  struct Part {
    std::unique_ptr<FilmReader> reader;
    SegmentBuilder builder;
  };
  Task<void> read_all_parts();
  Task<void> read(Part& part);
  Task<Result<void>> read_films(Part& part);
  void report();

  MovieStore& store_;
  BlockingPool& pool_;
  telemetry::Logger log_;
  LoadProgress& progress_;
  std::vector<Part> parts_;
  std::optional<Error> failure_;
  std::exception_ptr exception_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  std::chrono::steady_clock::time_point reported_ = start_;
};

}  // namespace filmoteka::metadata
