#include <scraper/core/pipeline/web_pipeline.hpp>
#include <scraper/core/run/browser_fetcher.hpp>
#include <scraper/core/run/page_sink.hpp>
#include <scraper/core/run/web_fetch.hpp>
#include <scraper/core/run/web_run.hpp>
#include <scraper/core/run/web_walk.hpp>

#include <functional>
#include <utility>

namespace filmoteka::scraper {

namespace {

std::uint64_t key_of(const WebPosition& position, const WebRequest& request) {
  return std::hash<std::string>{}(request.url + " " + request.body + " " + position.cursor);
}

}  // namespace

WebRun::WebRun(RunProgress& progress)
    : progress_(progress),
      definition_(*progress.request.definition),
      source_(*definition_.web()),
      walk_(source_, progress.tools.clock.now()),
      pipeline_(definition_, progress.tools.clock.now(), progress.sink) {
  if (source_.browser && progress.tools.browser != nullptr)
    browser_ = std::make_unique<BrowserFetcher>(*progress.tools.browser, source_);
}

WebRun::~WebRun() = default;

Task<void> WebRun::run() {
  auto walking = walk();
  co_await std::move(walking);
  // What came after the last page that was handed on counts too.
  progress_.result.counts = pipeline_.counts();
}

Task<void> WebRun::walk() {
  if (source_.browser && !browser_)
    co_return progress_.end(
        EndReason::kFaulty,
        "The source needs a browser, and there is none: install the Debian packages chromium "
        "and chromium-driver.");
  begin();
  while (position_) {
    if (progress_.stopped()) co_return progress_.end(EndReason::kCancelled, "Stopped.");
    if (pages_ >= definition_.politeness.max_pages) co_return progress_.end(EndReason::kLimit);
    ++pages_;
    auto taking = take_page();
    const bool go_on = co_await std::move(taking);
    if (!go_on) co_return;
    if (pipeline_.is_full()) co_return progress_.end(EndReason::kLimit);
  }
  finish();
}

void WebRun::begin() {
  const auto& resume = progress_.request.resume;
  if (!resume.empty()) {
    position_ = position_from(resume, progress_.request.digest);
    if (position_ && !walk_.fits(*position_)) position_.reset();
    whole_ = !position_;
    if (!position_) {
      note_ = "The definition has changed since the run was interrupted: it began anew.";
      pipeline_.warn("began_anew");
    }
  }
  if (!position_) position_ = walk_.beginning_of(0);
  if (position_->sitemaps.empty()) return;
  // The way down is found again from the top.
  interrupted_in_ = std::move(position_);
  position_ = walk_.beginning_of(interrupted_in_->list);
}

void WebRun::finish() {
  if (missing_lists_ == walk_.lists())
    return progress_.end(EndReason::kDrifted, "None of the source's lists exists any more.");
  progress_.result.observations.full = whole_;
  progress_.end(EndReason::kComplete, note_);
}

bool WebRun::is_list_beginning() const {
  return position_->page == 0 && position_->sitemaps.empty() &&
         position_->day == walk_.beginning_of(position_->list)->day;
}

Result<WebRequest> WebRun::next_request() const {
  if (!position_->sitemaps.empty())
    return request_at(source_.request, source_.kind, position_->sitemaps.back());
  if (!position_->next.empty()) return request_at(source_.request, source_.kind, position_->next);
  return pipeline_.request(walk_.values(*position_));
}

/// An unchanged answer may be left out only where nothing else hangs on it.
bool WebRun::may_be_conditional(const WebRequest& request) const {
  const bool stands_alone =
      std::holds_alternative<std::monostate>(source_.paging.pages) && !source_.paging.dates;
  return !progress_.request.everything && !browser_ && request.method == "GET" && position_->done == 0 &&
         source_.kind != AnswerKind::kSitemap && (stands_alone || source_.paging.stop_at_known > 0);
}

/// What an old definition made of an answer says nothing of the new one.
std::string WebRun::validators_key(const std::string& url) const {
  return progress_.request.digest.empty() ? url : url + "#" + progress_.request.digest.substr(0, 16);
}

Task<fetch::PoliteAnswer> WebRun::ask(const WebRequest& request,
                                      std::optional<fetch::Validators> validators) {
  auto polite = polite_request(definition_, request, progress_.tools.stop);
  polite.validators = std::move(validators);
  polite.through = browser_.get();
  auto asking = progress_.tools.fetcher.get(std::move(polite));
  auto answer = co_await std::move(asking);
  progress_.result.bytes += answer.response.received_bytes;
  if (answer.verdict != fetch::Verdict::kOk && answer.verdict != fetch::Verdict::kNotModified)
    ++progress_.result.errors;
  if (progress_.output.wants_items())
    progress_.output.request({request.method, request.url, answer.response.status, answer.response.duration,
                              answer.response.received_bytes, std::string(to_string(answer.verdict))});
  co_return answer;
}

Task<std::optional<fetch::Validators>> WebRun::validators_for(const WebRequest& request) {
  if (!may_be_conditional(request)) co_return std::nullopt;
  auto asking = progress_.output.validators(validators_key(request.url));
  const auto known = co_await std::move(asking);
  if (known.has_error() || !known->has_value()) co_return std::nullopt;
  co_return fetch::Validators{(*known)->etag, (*known)->last_modified};
}

/// Ends the run; the answer is kept if it shows what was wrong.
void WebRun::end_by(EndReason reason, const std::string& message, const fetch::PoliteAnswer& answer) {
  progress_.end(reason, message);
  progress_.result.retry_after = answer.retry_after;
  const bool is_shown = reason == EndReason::kBlocked || reason == EndReason::kDrifted;
  if (is_shown && answer.response.status != 0)
    progress_.result.observations.saved = saved_page(answer.response, message);
}

Task<bool> WebRun::take_page() {
  const auto request = next_request();
  if (request.has_error()) {
    progress_.end(EndReason::kFaulty, request.error().message);
    co_return false;
  }
  if (!visited_.insert(key_of(*position_, *request)).second) {
    whole_ = false;
    pipeline_.warn("pages_in_a_circle");
    note_ = "The next page was read already, the list goes in a circle: " + request->url;
    co_return skip_page();
  }
  auto conditions = validators_for(*request);
  auto validators = co_await std::move(conditions);
  auto asking = ask(*request, std::move(validators));
  const auto answer = co_await std::move(asking);
  if (answer.verdict == fetch::Verdict::kNotModified) {
    whole_ = false;
    pipeline_.warn("not_modified");
    co_return next_list();
  }
  if (!has_content(answer.verdict)) {
    end_by(end_reason_of(answer.verdict), answer.message, answer);
    co_return false;
  }
  const auto& fresh = answer.validators;
  fresh_.reset();
  if (may_be_conditional(*request) && !fresh.empty())
    fresh_ = UrlValidators{validators_key(request->url), fresh.etag, fresh.last_modified};
  auto taking = take_answer(answer);
  co_return co_await std::move(taking);
}

Task<bool> WebRun::take_answer(const fetch::PoliteAnswer& answer) {
  const auto values = walk_.values(*position_);
  auto job = [&] {
    return pipeline_.read(values, as_answer(answer.response));
  };
  auto page = co_await progress_.tools.pool.run(std::move(job));
  ++progress_.result.observations.pages;
  if (page.answer == AnswerClass::kMissing) co_return skip_missing();
  if (const auto fault = fault_of(page); fault != AnswerClass::kOk) {
    ++progress_.result.errors;
    if (fault == AnswerClass::kDrifted && !position_->sitemaps.empty()) co_return skip_sitemap(page, answer);
    end_by(end_reason_of(fault), page.what, answer);
    co_return false;
  }
  if (page.content->is_index()) {
    descend(page);
    co_return true;
  }
  items_in_list_ += page.size();
  if (items_in_list_ == 0 && !page.content->is_explicitly_empty())
    empty_ = saved_page(answer.response, page.items + " matched nothing on any day");
  auto going = take_items(page);
  co_return co_await std::move(going);
}

/// A list that is not there is left out; that there are no more pages is how some sources end.
bool WebRun::skip_missing() {
  if (is_list_beginning()) {
    ++missing_lists_;
    whole_ = false;
    pipeline_.warn("list_missing");
  }
  if (!position_->sitemaps.empty()) {
    whole_ = false;
    pipeline_.warn("sitemap_missing");
  }
  return skip_page();
}

bool WebRun::skip_page() {
  if (position_->sitemaps.empty()) return to(walk_.next_day(*position_));
  ascend();
  return true;
}

/// A page that is fine but for its items: the selector does not fit any more.
AnswerClass WebRun::fault_of(WebPage& page) const {
  if (page.answer != AnswerClass::kOk || page.content->is_index()) return page.answer;
  const bool may_be_empty = page.size() > 0 || page.content->is_explicitly_empty() || position_->page > 0 ||
                            position_->day || !position_->sitemaps.empty();
  if (may_be_empty) return AnswerClass::kOk;
  page.what = page.items + " matched nothing";
  return AnswerClass::kDrifted;
}

bool WebRun::next_list() {
  known_in_a_row_ = 0;
  items_in_list_ = 0;
  empty_.reset();
  sitemaps_.clear();
  fresh_.reset();
  position_ = walk_.beginning_of(position_->list + 1);
  return true;
}

bool WebRun::to(std::optional<WebPosition> next) {
  if (!next) return next_list();
  position_ = std::move(next);
  return true;
}

Task<RunResult> run_web(RunProgress progress) {
  WebRun run(progress);
  auto whole = run.run();
  co_await std::move(whole);
  co_return progress.result;
}

}  // namespace filmoteka::scraper
