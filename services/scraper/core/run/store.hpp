/// What the scraper keeps: the outbox of films on their way to metadata, runs, states of sources, what each
/// source said of its films, and the quarantine. The seam to adapters/store. One process has it in SQLite;
/// several share it in PostgreSQL, and then leases keep them apart.
#pragma once

#include <filmoteka/async/task.hpp>
#include <filmoteka/base/result.hpp>
#include <filmoteka/domain/movie.hpp>

#include <scraper/core/pipeline/reject.hpp>
#include <scraper/core/run/run.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace filmoteka::scraper {

/// What a conditional request needs (ETag, Last-Modified) for one URL of a source.
struct UrlValidators {
  std::string url;
  std::string etag;
  std::string last_modified;
};

/// All that a page (or a piece of a file) led to.
struct Page {
  RunId run = 0;
  Lease lease;
  Sweep sweep = 0;
  bool send_known = false;  ///< films that did not change go to metadata too (a full resync)
  std::vector<domain::MovieFacts> films;
  std::vector<Reject> rejects;
  Counts counts;  ///< of the run so far, this page included
  std::uint64_t bytes = 0;
  std::uint64_t errors = 0;
  std::string resume;  ///< where the run goes on after this page
  std::vector<UrlValidators> validators;
};

/// What became of a page's films.
struct Committed {
  std::uint64_t stored = 0;  ///< rows in the outbox
  std::uint64_t known = 0;   ///< left out: the source says nothing new of them
};

/// How a run ends, in one transaction.
struct Ending {
  Run run;
  SourceState state;
  Lease lease;  ///< given back by it
  /// Films that this many full sweeps in a row, this one included, did not see go out as inactive; 0: none.
  /// Only after a full run that looks as usual.
  int gone_after = 0;
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

struct StoredPage {
  RunId run = 0;
  Timestamp at{};
  SavedPage page;
};

struct ListQuery {
  std::string source;       ///< empty: all
  RunId run = 0;            ///< 0: all
  std::int64_t before = 0;  ///< ids below; 0: from the newest
  std::size_t limit = 50;
};

/// What is remembered of a source, and who runs it.
struct Claimed {
  Lease lease;
  SourceState state;
};

/// The lease of the hand-over: one process at a time empties the outbox, which keeps it in order.
inline constexpr std::string_view kHandoverLease = "#handover";

/// All calls on one executor's thread. Each write is durable when it returns. Errors: kUnavailable (no
/// database), kConflict (a lease is held by somebody else, or was lost), kCorrupt.
class Store {
 public:
  virtual ~Store() = default;

  // Sources.
  virtual Task<Result<std::vector<SourceState>>> states() = 0;
  /// Paused or not, and when it runs next: what operators change while nobody or somebody runs it.
  virtual Task<Result<void>> set_paused(std::string source, bool paused,
                                        std::optional<Timestamp> next_run_at) = 0;
  /// The next run of a source that nobody runs, e.g. at the start of a process.
  virtual Task<Result<void>> plan(std::string source, std::optional<Timestamp> next_run_at) = 0;

  // Leases. `owner` names this process. kConflict: somebody else has it.
  /// Takes the lease of a source (or kHandoverLease) if it is free or has expired, closes a run that its last
  /// holder left open as interrupted, and gives the state as it is now.
  virtual Task<Result<Claimed>> claim(std::string source, std::chrono::milliseconds lifetime) = 0;
  virtual Task<Result<void>> renew(Lease lease, std::chrono::milliseconds lifetime) = 0;
  virtual Task<Result<void>> release(Lease lease) = 0;

  // Runs.
  /// `sweep`: the one that it belongs to. The source is due until the run has ended, so that somebody else
  /// goes on with it when this process dies.
  virtual Task<Result<RunId>> begin_run(Lease lease, Trigger trigger, Sweep sweep, Timestamp now) = 0;
  /// One transaction: films, rejects, counts and the position move together.
  virtual Task<Result<Committed>> commit(Page page) = 0;
  /// One transaction: the end of the run, the state, films that have gone, the saved page, the lease. Returns
  /// how many films went out as inactive.
  virtual Task<Result<std::uint64_t>> end_run(Ending ending) = 0;
  virtual Task<Result<std::vector<Run>>> runs(ListQuery query) = 0;
  virtual Task<Result<std::optional<Run>>> run(RunId id) = 0;
  /// The last answer of the source that was not as expected.
  virtual Task<Result<std::optional<StoredPage>>> saved_page(std::string source) = 0;
  virtual Task<Result<std::vector<StoredReject>>> rejects(ListQuery query) = 0;

  // What a source said before.
  /// For each film whether the source said just the same of it, views aside.
  virtual Task<Result<std::vector<bool>>> known(std::string source,
                                                std::vector<domain::MovieFacts> films) = 0;
  /// The film as this source said it last, by id; for previews.
  virtual Task<Result<std::vector<std::optional<domain::MovieFacts>>>> stored(
      std::string source, std::vector<std::string> source_ids) = 0;
  virtual Task<Result<std::optional<UrlValidators>>> validators(std::string source, std::string url) = 0;

  // The outbox.
  /// The oldest rows, at most `limit`.
  virtual Task<Result<std::vector<OutboxRow>>> oldest(std::size_t limit) = 0;
  /// `lease` is that of the hand-over.
  virtual Task<Result<void>> acknowledge(Lease lease, std::vector<Delivery> deliveries, Timestamp now) = 0;
  /// Rows in the outbox as far as this process knows (another one's are seen when oldest() is asked).
  /// Thread-safe.
  virtual std::size_t depth() const = 0;
  /// When the oldest row entered the outbox; absent: it is empty.
  virtual Task<Result<std::optional<Timestamp>>> oldest_at() = 0;
};

}  // namespace filmoteka::scraper
