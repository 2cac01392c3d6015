#include <filmoteka/fetch/polite_fetcher.hpp>

#include <algorithm>
#include <utility>

namespace filmoteka::fetch {

namespace {

constexpr std::chrono::milliseconds kNone{0};
constexpr std::chrono::milliseconds kSlice{100};

PoliteAnswer failure(Verdict verdict, std::string message) {
  PoliteAnswer answer;
  answer.verdict = verdict;
  answer.message = std::move(message);
  return answer;
}

std::string explain(Verdict verdict, const FetchResponse& response, std::string_view host) {
  const auto status = std::to_string(response.status);
  const auto name = std::string(host);
  switch (verdict) {
    case Verdict::kMissing:
      return name + " has no such page (" + status + "): " + response.url;
    case Verdict::kRateLimited:
      return name + " asks for fewer requests (" + status + ").";
    case Verdict::kBlocked:
      return response.status == 200
                 ? name + " answered with a page for people instead of data: it blocks robots."
                 : name + " refuses us (" + status + ").";
    case Verdict::kServerError:
      return name + " failed (" + status + ").";
    default:
      return name + " gave an answer that is of no use (" + status + "): " + response.url;
  }
}

}  // namespace

struct PoliteFetcher::Host {
  Host(Executor executor, const WebUrl& url, PolitenessSettings settings)
      : name(url.host), origin(url.origin()), politeness(settings), freed(executor) {}
  std::string name;
  std::string origin;
  HostPoliteness politeness;
  Event freed;
  bool busy = false;
  bool has_shared_turn = false;
  std::string trouble;  ///< of the last answer, for people
  Robots robots;
  PoliteAnswer robots_answer;  ///< kOk: `robots` counts
  SteadyTime robots_until = SteadyTime::min();
  std::optional<SteadyTime> robots_read_at;  ///< when `robots` was read; absent: never
};

/// One request at a time: holds the host from a successful take() to its end.
class PoliteFetcher::Turn {
 public:
  explicit Turn(Host& host) : host_(host) {}
  ~Turn() {
    if (!held_) return;
    host_.busy = false;
    host_.freed.set();
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

  Task<void> take() {
    while (host_.busy) {
      host_.freed.reset();
      co_await host_.freed.wait();
    }
    host_.busy = held_ = true;
  }

 private:
  Host& host_;
  bool held_ = false;
};

PoliteFetcher::PoliteFetcher(Executor executor, Fetcher& fetcher, const Clock& clock, PoliteSettings settings,
                             std::uint64_t seed, FetchObserver observer, SharedTurns* turns)
    : executor_(executor),
      fetcher_(fetcher),
      clock_(clock),
      settings_(std::move(settings)),
      random_(seed),
      observer_(std::move(observer)),
      turns_(turns) {}

PoliteFetcher::~PoliteFetcher() = default;

double PoliteFetcher::chance() {
  return std::uniform_real_distribution<double>(0, 1)(random_);
}

PoliteFetcher::Host& PoliteFetcher::host_of(const WebUrl& url) {
  auto& host = hosts_[url.origin()];
  if (!host) host = std::make_unique<Host>(executor_, url, settings_.politeness);
  return *host;
}

Task<PoliteAnswer> PoliteFetcher::rest(Host& host, std::chrono::milliseconds wait,
                                       const std::atomic<bool>* stop) {
  const bool blocked = host.politeness.is_blocked(clock_.steady_now());
  if (wait > settings_.patience || blocked) {
    auto answer = failure(blocked ? Verdict::kBlocked : Verdict::kRateLimited,
                          host.name + " is given a rest after failures." +
                              (host.trouble.empty() ? "" : " The last one: " + host.trouble));
    answer.retry_after = wait;
    co_return answer;
  }
  // In slices, so that a stop is noticed.
  for (auto left = wait; left > kNone; left -= kSlice) {
    if (stop != nullptr && stop->load(std::memory_order_relaxed))
      co_return failure(Verdict::kCancelled, "Stopped.");
    co_await sleep_for(std::min(left, kSlice));
  }
  co_return failure(Verdict::kOk, {});
}

Task<PoliteAnswer> PoliteFetcher::take_shared_turn(Host& host, const std::atomic<bool>* stop) {
  while (turns_ != nullptr && !host.has_shared_turn) {
    auto taking = turns_->take(host.origin);
    const auto wait = co_await std::move(taking);
    if (wait.has_error()) break;  // our own pauses hold
    if (*wait == kNone) {
      host.has_shared_turn = true;
      break;
    }
    auto rested = rest(host, *wait, stop);
    auto answer = co_await std::move(rested);
    if (answer.verdict != Verdict::kOk) co_return answer;
  }
  co_return failure(Verdict::kOk, {});
}

Task<void> PoliteFetcher::give_back_shared_turn(Host& host) {
  if (!std::exchange(host.has_shared_turn, false)) co_return;
  auto giving = turns_->give_back(host.origin, host.politeness.wait(clock_.steady_now()));
  // Where that can't be said the turn ends by itself.
  static_cast<void>(co_await std::move(giving));
}

Task<PoliteAnswer> PoliteFetcher::wait_until_ready(Host& host, const std::atomic<bool>* stop) {
  auto resting = rest(host, host.politeness.wait(clock_.steady_now()), stop);
  auto rested = co_await std::move(resting);
  if (rested.verdict != Verdict::kOk) co_return rested;
  auto taking = take_shared_turn(host, stop);
  co_return co_await std::move(taking);
}

PoliteAnswer PoliteFetcher::judged(Host& host, Result<FetchResponse> outcome, Expected expected) {
  PoliteAnswer answer;
  std::optional<std::chrono::milliseconds> come_back;
  if (outcome.has_error()) {
    answer = failure(judge(outcome.error()), outcome.error().message);
  } else {
    answer.response = std::move(*outcome);
    answer.verdict = judge(answer.response, expected);
    if (const auto* etag = find_header(answer.response.headers, "ETag")) answer.validators.etag = *etag;
    if (const auto* date = find_header(answer.response.headers, "Last-Modified"))
      answer.validators.last_modified = *date;
    come_back = retry_after(answer.response.headers, clock_.now());
    if (answer.verdict != Verdict::kOk && answer.verdict != Verdict::kNotModified)
      answer.message = explain(answer.verdict, answer.response, host.name);
  }
  const auto now = clock_.steady_now();
  host.politeness.finished(answer.verdict, come_back, answer.response.duration, now, chance());
  if (!answer.message.empty()) answer.retry_after = host.politeness.wait(now);
  host.trouble = answer.message;
  if (observer_) observer_(host.name, answer.verdict, answer.response.received_bytes);
  return answer;
}

Task<PoliteAnswer> PoliteFetcher::check_robots(Host& host, const WebUrl& url, const FetchRequest& request) {
  if (clock_.steady_now() >= host.robots_until) {
    FetchRequest robots_request;
    robots_request.url = url.origin() + "/robots.txt";
    robots_request.redirect_anywhere = true;
    robots_request.allow_private_addresses = request.allow_private_addresses;
    robots_request.proxy = request.proxy;
    robots_request.deadline = request.deadline;
    robots_request.stop = request.stop;
    auto outcome = co_await fetcher_.get(std::move(robots_request));
    auto answer = judged(host, std::move(outcome), Expected::kAnything);
    if (answer.verdict == Verdict::kCancelled) co_return answer;
    const int status = answer.response.status;
    const bool absent = status >= 400 && status < 500 && status != 429;
    const auto now = clock_.steady_now();
    const bool known = answer.verdict == Verdict::kOk || absent;
    if (!known && host.robots_read_at && now - *host.robots_read_at < settings_.robots_last_good) {
      // What it said last counts meanwhile (RFC 9309, 2.4).
      host.robots_until = now + settings_.robots_retry;
      answer = failure(Verdict::kOk, {});
    }
    if (known) {
      host.robots_read_at = now;
      host.robots = absent ? Robots::allow_all() : Robots::parse(answer.response.body, settings_.product);
      host.politeness.set_crawl_delay(host.robots.crawl_delay());
      // A missing or guarded robots.txt is no refusal of the pages (RFC 9309, 2.3.1.3).
      host.politeness.finished(Verdict::kOk, {}, answer.response.duration, clock_.steady_now(), chance());
      answer = failure(Verdict::kOk, {});
    } else if (answer.verdict != Verdict::kOk) {
      answer.message = "robots.txt could not be read, so nothing is asked for: " + answer.message;
    }
    if (known || answer.verdict != Verdict::kOk)
      host.robots_until = now + (known ? settings_.robots_lifetime : settings_.robots_failure_lifetime);
    host.robots_answer = answer;
    auto giving = give_back_shared_turn(host);
    co_await std::move(giving);
  }
  if (host.robots_answer.verdict != Verdict::kOk || host.robots.allows(url.target))
    co_return host.robots_answer;
  co_return failure(Verdict::kForbidden,
                    "robots.txt of " + host.name + " does not allow " + url.target +
                        ". An operator may override it for a source (obey_robots: false), with a reason.");
}

Task<PoliteAnswer> PoliteFetcher::attempt(Host& host, const PoliteRequest& request) {
  auto ready = co_await wait_until_ready(host, request.fetch.stop);
  if (ready.verdict != Verdict::kOk) co_return ready;
  if (request.obey_robots) {
    const auto url = parse_web_url(request.fetch.url);
    auto permission = co_await check_robots(host, *url, request.fetch);
    if (permission.verdict != Verdict::kOk) co_return permission;
    ready = co_await wait_until_ready(host, request.fetch.stop);
    if (ready.verdict != Verdict::kOk) co_return ready;
  }
  auto page = request.fetch;
  if (request.validators) {
    const auto& [etag, last_modified] = *request.validators;
    if (!etag.empty()) page.headers.emplace_back("If-None-Match", etag);
    if (!last_modified.empty()) page.headers.emplace_back("If-Modified-Since", last_modified);
  }
  Fetcher& by = request.through == nullptr ? fetcher_ : *request.through;
  auto outcome = co_await by.get(std::move(page));
  auto answer = judged(host, std::move(outcome), request.expected);
  auto giving = give_back_shared_turn(host);
  co_await std::move(giving);
  co_return answer;
}

Task<PoliteAnswer> PoliteFetcher::get(PoliteRequest request) {
  const auto url = parse_web_url(request.fetch.url);
  if (url.has_error()) co_return failure(Verdict::kRefused, url.error().message);
  auto& host = host_of(*url);
  Turn turn(host);
  co_await turn.take();
  // A source may ask for more rest than the setting says, never for less.
  if (request.min_delay && settings_.requests_set_delay)
    host.politeness.set_min_delay(std::max(*request.min_delay, settings_.politeness.min_delay));
  PoliteAnswer answer;
  for (int attempts = 1; attempts <= settings_.max_attempts; ++attempts) {
    answer = co_await attempt(host, request);
    answer.attempts = attempts;
    if (!is_transient(answer.verdict) || answer.retry_after > settings_.patience) break;
  }
  // Taken, but nothing was asked: robots.txt forbids it, or we are to stop.
  auto giving = give_back_shared_turn(host);
  co_await std::move(giving);
  co_return answer;
}

}  // namespace filmoteka::fetch
