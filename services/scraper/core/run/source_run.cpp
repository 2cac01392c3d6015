#include <scraper/core/run/page_sink.hpp>
#include <scraper/core/run/source_run.hpp>

#include <utility>

namespace filmoteka::scraper {

Task<Result<std::vector<bool>>> RunOutput::known(const std::vector<domain::MovieFacts>& films) {
  co_return std::vector<bool>(films.size(), false);
}

Task<Result<std::optional<UrlValidators>>> RunOutput::validators(std::string) {
  co_return std::nullopt;
}

Task<bool> RunProgress::hand_on(const Counts& counts, std::string resume) {
  result.counts = counts;
  result.resume = resume;
  if (output.wants_items()) output.items(sink.take_items());
  auto page = sink.take_page();
  page.counts = counts;
  page.bytes = result.bytes;
  page.errors = result.errors;
  page.resume = std::move(resume);
  page.validators = std::exchange(validators, {});
  sink.fill().put(result.observations);
  const auto safe = co_await output.page(std::move(page));
  if (safe.has_error()) {
    const bool cancelled = safe.error().code == ErrorCode::kCancelled;
    end(cancelled ? EndReason::kCancelled : EndReason::kFailed, safe.error().message);
    co_return false;
  }
  if (stopped()) {
    end(EndReason::kCancelled, "Stopped.");
    co_return false;
  }
  if (output.is_full()) {
    end(EndReason::kLimit);
    co_return false;
  }
  co_return true;
}

Task<RunResult> run_source(RunTools tools, RunRequest request, RunOutput& output) {
  const bool is_file = request.definition->file() != nullptr;
  RunProgress progress(tools, std::move(request), output);
  auto run = is_file ? run_file(std::move(progress)) : run_web(std::move(progress));
  auto result = co_await std::move(run);
  if (is_success(result.end)) result.resume.clear();
  co_return result;
}

}  // namespace filmoteka::scraper
