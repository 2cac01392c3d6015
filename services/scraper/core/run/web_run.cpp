#include <scraper/core/pipeline/allowed_hosts.hpp>
#include <scraper/core/pipeline/web_pipeline.hpp>
#include <scraper/core/run/browser_fetcher.hpp>
#include <scraper/core/run/page_sink.hpp>
#include <scraper/core/run/web_fetch.hpp>
#include <scraper/core/run/web_run.hpp>
#include <scraper/core/run/web_walk.hpp>

#include <algorithm>
#include <utility>

namespace filmoteka::scraper {

namespace {

/// Asked for before what they led to is made safe: what a kill costs at most.
constexpr std::size_t kDetailsToAPiece = 50;
constexpr std::size_t kItemsToAPiece = 1'000;
/// Details that get no answer, one after another: the host is down, the rest comes with the next run.
constexpr int kMaxFailuresInARow = 3;
/// Indexes of indexes.
constexpr std::size_t kMaxSitemapLevels = 3;

std::string key_of(const WebPosition& position, const WebRequest& request) {
  return request.method + " " + request.url + " " + request.body + " " + position.cursor;
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

/// False ends the run, for which the reason is set.
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
  const auto& fresh = answer.validators;
  if (may_be_conditional(*request) && !(fresh.etag.empty() && fresh.last_modified.empty()))
    fresh_ = UrlValidators{validators_key(request->url), fresh.etag, fresh.last_modified};
  if (page.content->is_index()) {
    descend(page);
    co_return true;
  }
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

/// One of many that can't be read: the others are read all the same.
bool WebRun::skip_sitemap(const WebPage& page, const fetch::PoliteAnswer& answer) {
  whole_ = false;
  pipeline_.warn("sitemap_unreadable");
  note_ = "A sitemap can't be read: " + page.what;
  progress_.result.observations.saved = saved_page(answer.response, page.what);
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

/// Where the page goes on that was interrupted: behind the last item that is safe, wherever it is now.
std::size_t WebRun::first_item(const WebPage& page) const {
  if (position_->done == 0) return 0;
  const auto is_it = [&](std::size_t index) {
    return page.content->mark(index) == position_->mark;
  };
  if (position_->done <= page.size() && is_it(position_->done - 1)) return position_->done;
  for (std::size_t index = 0; index < page.size(); ++index)
    if (is_it(index)) return index + 1;
  return 0;
}

Task<bool> WebRun::take_items(WebPage& page) {
  const std::size_t wanted = source_.details ? kDetailsToAPiece : kItemsToAPiece;
  const auto piece = std::clamp<std::size_t>(progress_.request.page_rows, 1, wanted);
  auto index = first_item(page);
  while (index < page.size() && !pipeline_.is_full()) {
    auto job = [&] {
      return pipeline_.take(page, index, piece);
    };
    auto taken = co_await progress_.tools.pool.run(std::move(job));
    auto completing = take_details(page, taken);
    const auto stopped_at = co_await std::move(completing);
    index = stopped_at.value_or(taken.end);
    if (stopped_at) {
      auto giving_up = hand_on_and_end(page, index);
      co_await std::move(giving_up);
      co_return false;
    }
    auto counting = count_known();
    const bool ends = co_await std::move(counting);
    if (index >= page.size() || ends) break;
    auto handing_on = progress_.hand_on(pipeline_.counts(), position_inside(page, index));
    const bool go_on = co_await std::move(handing_on);
    if (!go_on) co_return false;
  }
  co_return co_await leave(page);
}

std::string WebRun::position_inside(const WebPage& page, std::size_t done) const {
  auto position = *position_;
  position.done = done;
  position.mark = done == 0 ? 0 : page.content->mark(done - 1);
  return to_text(position, progress_.request.digest);
}

/// The page is over: it goes out together with where the walk goes on.
Task<bool> WebRun::leave(const WebPage& page) {
  if (page.next_refused) {
    whole_ = false;
    pipeline_.warn("next_page_elsewhere");
    note_ = "The next page is at a host that the source may not ask.";
  }
  if (fresh_) progress_.validators.push_back(*std::exchange(fresh_, std::nullopt));
  const bool is_cut = page.content->was_cut();
  if (is_cut) whole_ = false;
  if (known_in_a_row_is_enough()) {
    whole_ = false;
    next_list();
  } else if (!position_->sitemaps.empty()) {
    ascend();
  } else {
    to(walk_.after(*position_, page));
  }
  const auto resume = position_ ? to_text(*position_, progress_.request.digest) : std::string();
  auto handing_on = progress_.hand_on(pipeline_.counts(), resume);
  co_return co_await std::move(handing_on);
}

/// The item at which a host turned us away, or nothing; then the end is set.
Task<std::optional<std::size_t>> WebRun::take_details(const WebPage& page, const TakenItems& taken) {
  for (const auto& item : taken.pending) {
    if (pipeline_.is_full()) break;
    auto asking = ask(item.request, std::nullopt);
    const auto answer = co_await std::move(asking);
    const bool is_answered = has_content(answer.verdict);
    failures_ = is_answered ? 0 : failures_ + 1;
    const bool is_turned_away =
        answer.verdict == fetch::Verdict::kBlocked || answer.verdict == fetch::Verdict::kRateLimited ||
        answer.verdict == fetch::Verdict::kForbidden || answer.verdict == fetch::Verdict::kCancelled;
    if (is_turned_away || failures_ >= kMaxFailuresInARow) {
      end_by(end_reason_of(answer.verdict), answer.message, answer);
      co_return item.index;
    }
    const auto seen = as_answer(answer.response);
    auto job = [&] {
      return pipeline_.complete(page, item, is_answered ? &seen : nullptr, answer.message);
    };
    const auto judgement = co_await progress_.tools.pool.run(std::move(job));
    const bool is_refused =
        judgement.answer == AnswerClass::kBlocked || judgement.answer == AnswerClass::kUnavailable;
    if (is_refused) {
      end_by(end_reason_of(judgement.answer), judgement.what, answer);
      co_return item.index;
    }
    if (progress_.stopped()) {
      progress_.end(EndReason::kCancelled, "Stopped.");
      co_return item.index + 1;
    }
  }
  co_return std::nullopt;
}

/// What was found before a host turned us away counts all the same.
Task<void> WebRun::hand_on_and_end(const WebPage& page, std::size_t done) {
  const auto end = progress_.result.end;
  const auto message = progress_.result.message;
  auto handing_on = progress_.hand_on(pipeline_.counts(), position_inside(page, done));
  const bool is_safe = co_await std::move(handing_on);
  if (is_safe || progress_.result.end == EndReason::kCancelled) progress_.end(end, message);
}

bool WebRun::known_in_a_row_is_enough() const {
  const auto enough = source_.paging.stop_at_known;
  return enough > 0 && !progress_.request.everything && known_in_a_row_ >= enough;
}

/// True once so many films in a row were known that the list may end here.
Task<bool> WebRun::count_known() {
  if (source_.paging.stop_at_known == 0 || progress_.request.everything) co_return false;
  auto asking = progress_.output.known(progress_.sink.films());
  const auto known = co_await std::move(asking);
  if (known.has_error()) co_return false;  // the hand-over that follows meets the same fault, and says it
  for (const bool is_known : *known) {
    known_in_a_row_ = is_known ? known_in_a_row_ + 1 : 0;
    if (known_in_a_row_is_enough()) co_return true;
  }
  co_return false;
}

bool WebRun::next_list() {
  known_in_a_row_ = 0;
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

/// From an index of sitemaps to its first sitemap, or to the one where a run was interrupted.
void WebRun::descend(const WebPage& page) {
  Index index;
  for (const auto& link : page.content->children()) {
    auto url = followed(source_, page.url, link);
    if (!url.empty()) index.sitemaps.push_back(std::move(url));
  }
  const bool is_too_deep = sitemaps_.size() >= kMaxSitemapLevels;
  if (is_too_deep) index.sitemaps.clear();
  if (index.sitemaps.size() < page.content->children().size()) {
    whole_ = false;
    pipeline_.warn(is_too_deep ? "sitemaps_too_deep" : "sitemap_elsewhere");
  }
  const auto level = sitemaps_.size();
  sitemaps_.push_back(std::move(index));
  const bool is_interrupted_one = find_interrupted(level);
  ascend();
  if (!is_interrupted_one || !position_) return;
  position_->done = interrupted_in_->done;
  position_->mark = interrupted_in_->mark;
  interrupted_in_.reset();
}

/// Sets the index of that level to the sitemap in which a run was interrupted; true if it is the one that was
/// read.
bool WebRun::find_interrupted(std::size_t level) {
  if (!interrupted_in_ || level >= interrupted_in_->sitemaps.size()) return false;
  auto& index = sitemaps_[level];
  const auto& wanted = interrupted_in_->sitemaps[level];
  const auto found = std::find(index.sitemaps.begin(), index.sitemaps.end(), wanted);
  if (found == index.sitemaps.end()) {
    interrupted_in_.reset();
    return false;
  }
  index.next = static_cast<std::size_t>(found - index.sitemaps.begin());
  return level + 1 == interrupted_in_->sitemaps.size();
}

/// To the next sitemap; up where an index has no more.
void WebRun::ascend() {
  while (!sitemaps_.empty() && sitemaps_.back().next >= sitemaps_.back().sitemaps.size())
    sitemaps_.pop_back();
  if (sitemaps_.empty()) {
    next_list();
    return;
  }
  ++sitemaps_.back().next;
  WebPosition next;
  next.list = position_->list;
  for (const auto& index : sitemaps_) next.sitemaps.push_back(index.sitemaps[index.next - 1]);
  position_ = std::move(next);
}

Task<RunResult> run_web(RunProgress progress) {
  WebRun run(progress);
  auto whole = run.run();
  co_await std::move(whole);
  co_return progress.result;
}

}  // namespace filmoteka::scraper
