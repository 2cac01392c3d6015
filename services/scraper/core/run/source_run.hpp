/// One run of one source: fetch or read → the pipeline → pages. The same way for a real run, a preview and
/// (for files) an import; they differ in where the pages go.
#pragma once

#include <filmoteka/async/blocking_pool.hpp>
#include <filmoteka/base/clock.hpp>
#include <filmoteka/browser/renderer.hpp>
#include <filmoteka/fetch/polite_fetcher.hpp>

#include <scraper/core/pipeline/film_gate.hpp>
#include <scraper/core/run/run.hpp>
#include <scraper/core/run/store.hpp>
#include <scraper/core/source/source_definition.hpp>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace filmoteka::scraper {

/// A film or a reject with how it came about.
struct PreviewItem {
  std::optional<ItemSteps> steps;  ///< absent where the record could not even be read
  std::optional<domain::MovieFacts> film;
  std::optional<Reject> reject;
};

/// One request that a run made, for previews.
struct RequestNote {
  std::string method;
  std::string url;
  int status = 0;  ///< 0: no answer
  std::chrono::milliseconds duration{0};
  std::uint64_t bytes = 0;  ///< received
  std::string outcome;      ///< "ok", "blocked", …: fetch::to_string(Verdict)
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
  /// Called if wants_items(), after each request of a web source; robots.txt is not among them.
  virtual void request(RequestNote) {}
  /// True ends the run early (kLimit).
  virtual bool is_full() const { return false; }
  /// For each film whether the source said just the same of it before, views aside (Paging::stop_at_known).
  virtual Task<Result<std::vector<bool>>> known(const std::vector<domain::MovieFacts>& films);
  /// Of the last answer from a URL, for a conditional request; new ones go out with Page::validators.
  virtual Task<Result<std::optional<UrlValidators>>> validators(std::string url);
};

struct RunRequest {
  const SourceDefinition* definition = nullptr;
  std::filesystem::path file;   ///< of a file source, resolved
  std::string resume;           ///< from an earlier Page; empty: from the beginning
  std::string digest;           ///< of the definition; a `resume` of another one counts as empty
  std::size_t page_rows = 500;  ///< of a file: records to a page at least
  bool everything = false;      ///< no stop at what is known, no conditional requests: a full resync
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
  Observations observations;
};

/// What runs share. All of it outlives them.
struct RunTools {
  fetch::PoliteFetcher& fetcher;
  browser::Renderer* browser;  ///< null: there is none, and sources that need one end as faulty with a hint
  BlockingPool& pool;          ///< for reading, unpacking and parsing
  const Clock& clock;
  const std::atomic<bool>& stop;  ///< ends runs with kCancelled at the next opportunity
};

/// Throws only operation_aborted, when cancelled while it waits for its turn at a host.
Task<RunResult> run_source(RunTools tools, RunRequest request, RunOutput& output);

}  // namespace filmoteka::scraper
