/// The items of a page, piece by piece, and their details.
#include <scraper/core/run/web_fetch.hpp>
#include <scraper/core/run/web_run.hpp>

#include <algorithm>
#include <utility>

namespace filmoteka::scraper {

namespace {

/// Asked for before what they led to is made safe: what a kill costs at most.
constexpr std::size_t kDetailsToAPiece = 50;
constexpr std::size_t kItemsToAPiece = 1'000;
/// Details that get no answer, one after another: the host is down, they come with the next run.
constexpr std::size_t kMaxFailuresInARow = 3;

bool is_turned_away(fetch::Verdict verdict) {
  return verdict == fetch::Verdict::kBlocked || verdict == fetch::Verdict::kRateLimited ||
         verdict == fetch::Verdict::kCancelled;
}

}  // namespace

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
  if (page.content->was_cut()) whole_ = false;
  const auto list = position_->list;
  const auto empty = empty_;
  if (known_in_a_row_is_enough()) {
    whole_ = false;
    next_list();
  } else if (!position_->sitemaps.empty()) {
    ascend();
  } else {
    to(walk_.after(*position_, page));
  }
  const bool is_at_end = !position_ || position_->list != list;
  if (is_at_end && empty) {
    progress_.end(EndReason::kDrifted, empty->what);
    progress_.result.observations.saved = empty;
    co_return false;
  }
  const auto resume = position_ ? to_text(*position_, progress_.request.digest) : std::string();
  auto handing_on = progress_.hand_on(pipeline_.counts(), resume);
  co_return co_await std::move(handing_on);
}

/// The item at which the run ends, for which the reason is set; or nothing.
Task<std::optional<std::size_t>> WebRun::take_details(const WebPage& page, const TakenItems& taken) {
  Failures failed;
  for (const auto& item : taken.pending) {
    if (pipeline_.is_full()) break;
    auto asking = ask(item.request, std::nullopt);
    const auto answer = co_await std::move(asking);
    const bool has_no_answer = !has_content(answer.verdict) && answer.verdict != fetch::Verdict::kForbidden;
    if (has_no_answer) failed.push_back({&item, answer.message});
    if (is_turned_away(answer.verdict) || failed.size() >= kMaxFailuresInARow) {
      end_by(end_reason_of(answer.verdict), answer.message, answer);
      co_return failed.front().first->index;
    }
    if (has_no_answer) continue;
    give_up(page, std::exchange(failed, {}));
    auto completing = complete(page, item, answer);
    const bool go_on = co_await std::move(completing);
    if (!go_on) co_return item.index;
    if (progress_.stopped()) {
      progress_.end(EndReason::kCancelled, "Stopped.");
      co_return item.index + 1;
    }
  }
  give_up(page, failed);
  co_return std::nullopt;
}

/// Those whose details could not be had although the host is there.
void WebRun::give_up(const WebPage& page, const Failures& failed) {
  if (!failed.empty()) note_incomplete();
  for (const auto& [item, why] : failed) pipeline_.complete(page, *item, nullptr, why);
}

/// A film that is listed but could not be read is not gone, and the page must be read again.
void WebRun::note_incomplete() {
  whole_ = false;
  fresh_.reset();
}

/// False ends the run: the details show that we are not wanted.
Task<bool> WebRun::complete(const WebPage& page, const PendingItem& item, const fetch::PoliteAnswer& answer) {
  const auto seen = as_answer(answer.response);
  const auto* details = has_content(answer.verdict) ? &seen : nullptr;
  auto job = [&] {
    return pipeline_.complete(page, item, details, answer.message);
  };
  const auto judgement = co_await progress_.tools.pool.run(std::move(job));
  const bool is_refused =
      judgement.answer == AnswerClass::kBlocked || judgement.answer == AnswerClass::kUnavailable;
  if (details == nullptr || judgement.answer == AnswerClass::kDrifted) note_incomplete();
  if (is_refused) end_by(end_reason_of(judgement.answer), judgement.what, answer);
  co_return !is_refused;
}

/// What was found before a host turned us away counts all the same.
Task<void> WebRun::hand_on_and_end(const WebPage& page, std::size_t done) {
  const auto end = progress_.result.end;
  const auto message = progress_.result.message;
  auto handing_on = progress_.hand_on(pipeline_.counts(), position_inside(page, done));
  const bool is_safe = co_await std::move(handing_on);
  if (is_safe) progress_.end(end, message);
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

}  // namespace filmoteka::scraper
