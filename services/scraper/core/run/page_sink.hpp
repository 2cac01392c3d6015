/// Gathers what a pipeline hands out until it is a page. Internal to runs.
#pragma once

#include <scraper/core/pipeline/film_gate.hpp>
#include <scraper/core/run/field_fill.hpp>
#include <scraper/core/run/source_run.hpp>

#include <utility>
#include <vector>

namespace filmoteka::scraper {

/// Used by one thread at a time.
class PageSink final : public FilmSink {
 public:
  explicit PageSink(bool wants_items) : wants_items_(wants_items) {}

  void film(domain::MovieFacts film) override {
    fill_.count(film);
    if (wants_items_) items_.push_back({std::exchange(steps_, {}), film, {}});
    page_.films.push_back(std::move(film));
  }
  void reject(Reject reject) override {
    if (wants_items_) items_.push_back({std::exchange(steps_, {}), {}, reject});
    page_.rejects.push_back(std::move(reject));
  }
  void steps(ItemSteps steps) override { steps_ = std::move(steps); }
  bool wants_steps() const override { return wants_items_; }

  std::size_t size() const { return page_.films.size() + page_.rejects.size(); }
  const std::vector<domain::MovieFacts>& films() const { return page_.films; }
  const FieldFill& fill() const { return fill_; }
  Page take_page() { return std::exchange(page_, {}); }
  std::vector<PreviewItem> take_items() { return std::exchange(items_, {}); }

 private:
  bool wants_items_;
  Page page_;
  FieldFill fill_;
  std::optional<ItemSteps> steps_;
  std::vector<PreviewItem> items_;
};

/// What both kinds of runs keep.
struct RunProgress {
  RunTools tools;
  RunRequest request;
  RunOutput& output;
  PageSink sink;
  RunResult result;
  std::vector<UrlValidators> validators;  ///< that go out with the next page

  RunProgress(RunTools run_tools, RunRequest run_request, RunOutput& run_output)
      : tools(run_tools), request(std::move(run_request)), output(run_output), sink(output.wants_items()) {}

  bool stopped() const { return tools.stop.load(std::memory_order_relaxed); }
  void end(EndReason reason, std::string message = {}) {
    result.end = reason;
    result.message = std::move(message);
  }
  /// Hands on what the sink has gathered; false ends the run, for which the reason is set.
  Task<bool> hand_on(const Counts& counts, std::string resume);
};

Task<RunResult> run_file(RunProgress progress);
Task<RunResult> run_web(RunProgress progress);

}  // namespace filmoteka::scraper
