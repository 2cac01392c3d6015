/// What the scraper keeps on disk: the outbox of films on their way to metadata, runs, states of sources, and
/// the quarantine. The seam to adapters/outbox.
#pragma once

#include <filmoteka/async/task.hpp>
#include <filmoteka/base/result.hpp>
#include <filmoteka/domain/movie.hpp>

#include <scraper/core/pipeline/reject.hpp>
#include <scraper/core/run/run.hpp>

#include <optional>
#include <string>
#include <vector>

namespace filmoteka::scraper {

/// All that a page (or a piece of a file) led to.
struct Page {
  RunId run = 0;
  std::vector<domain::MovieFacts> films;
  std::vector<Reject> rejects;
  Counts counts;  ///< of the run so far, this page included
  std::uint64_t bytes = 0;
  std::uint64_t errors = 0;
  std::string resume;  ///< where the run goes on after this page
};

struct OutboxRow {
  std::int64_t id = 0;
  RunId run = 0;
  domain::MovieFacts film;
};

/// What became of an outbox row: removed in any case, refused films go into quarantine.
struct Delivery {
  std::int64_t row = 0;
  RunId run = 0;
  Delivered outcome;  ///< one of its counts is 1
  std::optional<Reject> reject;
};

struct StoredReject {
  std::int64_t id = 0;
  RunId run = 0;
  Timestamp at{};
  Reject reject;
};

struct ListQuery {
  std::string source;       ///< empty: all
  RunId run = 0;            ///< 0: all
  std::int64_t before = 0;  ///< ids below; 0: from the newest
  std::size_t limit = 50;
};

/// All calls on one executor's thread. Each write is durable when it returns.
class Store {
 public:
  virtual ~Store() = default;
  virtual Task<Result<std::vector<SourceState>>> states() = 0;
  virtual Task<Result<void>> save(SourceState state) = 0;
  virtual Task<Result<RunId>> begin_run(std::string source, Trigger trigger, Timestamp now) = 0;
  /// One transaction: films, rejects, counts and the position move together.
  virtual Task<Result<void>> commit(Page page) = 0;
  /// The end of a run and the source's new state together.
  virtual Task<Result<void>> end_run(Run run, SourceState state) = 0;
  virtual Task<Result<std::vector<Run>>> runs(ListQuery query) = 0;
  virtual Task<Result<std::optional<Run>>> run(RunId id) = 0;
  virtual Task<Result<std::vector<StoredReject>>> rejects(ListQuery query) = 0;
  /// The oldest rows, at most `limit`.
  virtual Task<Result<std::vector<OutboxRow>>> oldest(std::size_t limit) = 0;
  virtual Task<Result<void>> acknowledge(std::vector<Delivery> deliveries, Timestamp now) = 0;
  /// Rows in the outbox. Thread-safe.
  virtual std::size_t depth() const = 0;
};

}  // namespace filmoteka::scraper
