#include <scraper/core/pipeline/pipeline.hpp>
#include <scraper/core/run/page_sink.hpp>
#include <scraper/core/run/rutube_position.hpp>

namespace filmoteka::scraper {

namespace {

EndReason end_reason_of(fetch::Verdict verdict) {
  switch (verdict) {
    case fetch::Verdict::kRateLimited:
      return EndReason::kRateLimited;
    case fetch::Verdict::kBlocked:
      return EndReason::kBlocked;
    case fetch::Verdict::kForbidden:
      return EndReason::kForbidden;
    case fetch::Verdict::kRefused:
      return EndReason::kDrifted;
    case fetch::Verdict::kCancelled:
      return EndReason::kCancelled;
    default:
      return EndReason::kUnreachable;
  }
}

EndReason end_reason_of(rutube::AnswerClass answer) {
  switch (answer) {
    case rutube::AnswerClass::kBlocked:
      return EndReason::kBlocked;
    case rutube::AnswerClass::kRetryLater:
      return EndReason::kUnreachable;
    default:
      return EndReason::kDrifted;
  }
}

/// An answer that the pipeline can look at, whatever it says.
bool has_content(fetch::Verdict verdict) {
  return verdict == fetch::Verdict::kOk || verdict == fetch::Verdict::kMissing;
}

rutube::Answer as_answer(const fetch::FetchResponse& response) {
  const auto* type = fetch::find_header(response.headers, "Content-Type");
  return {response.status, type != nullptr ? std::string_view(*type) : std::string_view{}, response.body};
}

/// Walks the lists of a definition, page by page.
class RutubeRun {
 public:
  explicit RutubeRun(RunProgress& progress)
      : progress_(progress),
        definition_(*progress.request.definition),
        pipeline_(definition_, progress.tools.clock.now(), progress.sink),
        lists_(pipeline_.list_urls()) {}

  Task<void> run() {
    auto position = position_from(progress_.request.resume, lists_);
    while (position.list < lists_.size()) {
      if (progress_.stopped()) co_return progress_.end(EndReason::kCancelled, "Stopped.");
      if (pages_++ >= definition_.politeness.max_pages) co_return progress_.end(EndReason::kLimit);
      PageOutcome outcome;
      if (!co_await take_page(position.url, outcome)) co_return;
      position = after(position, outcome);
      if (!co_await progress_.hand_on(pipeline_.counts(), to_text(position))) co_return;
      if (pipeline_.is_full()) co_return progress_.end(EndReason::kLimit);
    }
    if (gone_ == lists_.size() && gone_ > 0)
      co_return progress_.end(EndReason::kDrifted, "None of the source's lists exists any more.");
    progress_.end(EndReason::kComplete);
  }

 private:
  RutubePosition after(const RutubePosition& position, const PageOutcome& outcome) const {
    if (outcome.next_url) return {position.list, *outcome.next_url};
    const auto next = position.list + 1;
    return {next, next < lists_.size() ? lists_[next] : std::string{}};
  }

  Task<fetch::PoliteAnswer> ask(const std::string& url) {
    fetch::PoliteRequest request;
    request.fetch.url = url;
    request.fetch.headers = {{"Accept", "application/json"}};
    request.fetch.stop = &progress_.tools.stop;
    request.expected = fetch::Expected::kJson;
    request.obey_robots = definition_.obey_robots;
    request.min_delay = definition_.politeness.delay;
    auto answer = co_await progress_.tools.fetcher.get(std::move(request));
    progress_.result.bytes += answer.response.received_bytes;
    if (answer.verdict != fetch::Verdict::kOk) ++progress_.result.errors;
    co_return answer;
  }

  /// False ends the run, for which the reason is set.
  Task<bool> take_page(const std::string& url, PageOutcome& outcome) {
    const auto answer = co_await ask(url);
    if (!has_content(answer.verdict)) {
      progress_.end(end_reason_of(answer.verdict), answer.message);
      progress_.result.retry_after = answer.retry_after;
      co_return false;
    }
    auto job = [&] {
      return pipeline_.page(url, as_answer(answer.response));
    };
    outcome = co_await progress_.tools.pool.run(std::move(job));
    if (outcome.answer == rutube::AnswerClass::kNotFound) {
      ++gone_;
      co_return true;
    }
    if (outcome.answer != rutube::AnswerClass::kOk) {
      ++progress_.result.errors;
      progress_.end(end_reason_of(outcome.answer), outcome.explanation);
      co_return false;
    }
    co_return co_await take_details(outcome);
  }

  Task<bool> take_details(const PageOutcome& outcome) {
    for (const auto& detail : outcome.details) {
      if (pipeline_.is_full()) break;
      const auto answer = co_await ask(detail.url);
      if (answer.verdict == fetch::Verdict::kCancelled) {
        progress_.end(EndReason::kCancelled, answer.message);
        co_return false;
      }
      const auto seen = as_answer(answer.response);
      auto job = [&] {
        pipeline_.details(detail, has_content(answer.verdict) ? &seen : nullptr);
      };
      co_await progress_.tools.pool.run(std::move(job));
      // A host that turns us away is not asked for the rest of the cards: they come with the next run.
      if (answer.verdict == fetch::Verdict::kBlocked || answer.verdict == fetch::Verdict::kRateLimited) {
        progress_.end(end_reason_of(answer.verdict), answer.message);
        progress_.result.retry_after = answer.retry_after;
        co_return false;
      }
    }
    co_return true;
  }

  RunProgress& progress_;
  const SourceDefinition& definition_;
  RutubePipeline pipeline_;
  std::vector<std::string> lists_;
  std::size_t gone_ = 0;  ///< lists that were not there
  std::uint32_t pages_ = 0;
};

}  // namespace

Task<RunResult> run_rutube(RunProgress progress) {
  RutubeRun run(progress);
  co_await run.run();
  co_return progress.result;
}

}  // namespace filmoteka::scraper
