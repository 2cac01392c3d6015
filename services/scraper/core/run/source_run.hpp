/// One run of one source: fetch or read → the pipeline → pages. The same way for a real run, a preview and
/// (for files) an import; they differ in where the pages go.
#pragma once

#include <filmoteka/async/blocking_pool.hpp>
#include <filmoteka/base/clock.hpp>
#include <filmoteka/fetch/polite_fetcher.hpp>

#include <boost/json/value.hpp>
#include <scraper/core/run/run.hpp>
#include <scraper/core/run/store.hpp>
#include <scraper/core/source/source_definition.hpp>

#include <atomic>
#include <filesystem>

namespace filmoteka::scraper {

/// A film or a reject with how it came about.
struct Steps {
  boost::json::value record;
  RawFilm mapped;
};
struct PreviewItem {
  std::optional<Steps> steps;  ///< absent where the record could not even be read
  std::optional<domain::MovieFacts> film;
  std::optional<Reject> reject;
};

/// Where a run's pages go.
class RunOutput {
 public:
  virtual ~RunOutput() = default;
  /// Returns when the page is safe: only then the run goes on. A failure ends the run (kFailed).
  virtual Task<Result<void>> page(Page page) = 0;
  virtual bool wants_items() const { return false; }
  /// Called if wants_items(), before the page they belong to, in order.
  virtual void items(std::vector<PreviewItem>) {}
  /// True ends the run early (kLimit).
  virtual bool is_full() const { return false; }
};

struct RunRequest {
  const SourceDefinition* definition = nullptr;
  std::filesystem::path file;   ///< of a file source, resolved
  std::string resume;           ///< from an earlier Page; empty: from the beginning
  std::size_t page_rows = 500;  ///< of a file: records to a page at least
};

/// How it ended. Counts are those of the last page.
struct RunResult {
  EndReason end = EndReason::kComplete;
  std::string message;
  std::chrono::milliseconds retry_after{0};
  Counts counts;
  std::uint64_t bytes = 0;
  std::uint64_t errors = 0;
  std::string resume;  ///< empty after a success
};

/// What runs share. All of it outlives them.
struct RunTools {
  fetch::PoliteFetcher& fetcher;
  BlockingPool& pool;  ///< for reading, unpacking and parsing
  const Clock& clock;
  const std::atomic<bool>& stop;  ///< ends runs with kCancelled at the next opportunity
};

/// Throws only operation_aborted, when cancelled while it waits for its turn at a host.
Task<RunResult> run_source(RunTools tools, RunRequest request, RunOutput& output);

}  // namespace filmoteka::scraper
