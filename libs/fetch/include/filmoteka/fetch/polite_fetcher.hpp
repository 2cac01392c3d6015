/// Fetching as a good guest: one request at a time per host, pauses, robots.txt, back-off, retries.
#pragma once

#include <filmoteka/async/event.hpp>
#include <filmoteka/base/strings.hpp>
#include <filmoteka/fetch/fetcher.hpp>
#include <filmoteka/fetch/politeness.hpp>
#include <filmoteka/fetch/robots.hpp>
#include <filmoteka/fetch/shared_turns.hpp>
#include <filmoteka/fetch/url.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <unordered_map>

namespace filmoteka::fetch {

struct PoliteSettings {
  PolitenessSettings politeness;
  bool requests_set_delay = true;     ///< false: PoliteRequest::min_delay is ignored (tests on loopback)
  std::string product = "Filmoteka";  ///< the token that robots.txt may name
  int max_attempts = 3;               ///< of one page, transient failures only
  /// A longer wait (back-off, Retry-After) is not waited for: the answer says when to come back.
  std::chrono::milliseconds patience{90'000};
  std::chrono::milliseconds robots_lifetime{24 * 3'600'000};
  std::chrono::milliseconds robots_failure_lifetime{0};  ///< an unreadable one is asked for again at once
  /// For so long the last one that could be read stands in for one that can't be (RFC 9309, 2.4) …
  std::chrono::milliseconds robots_last_good{30LL * 24 * 3'600'000};
  std::chrono::milliseconds robots_retry{3'600'000};  ///< … and is asked for again after that
};

/// By what an answer is recognised as unchanged (RFC 9110, 8.8); either may be empty.
struct Validators {
  std::string etag;
  std::string last_modified;
  bool empty() const { return etag.empty() && last_modified.empty(); }
};

struct PoliteRequest {
  FetchRequest fetch;
  Expected expected = Expected::kAnything;
  bool obey_robots = true;  ///< false only by the operator's decision for a source
  /// Between requests to the host from now on; the settings' own if absent.
  std::optional<std::chrono::milliseconds> min_delay;
  /// Of an earlier answer: an unchanged one is kNotModified then, without its body.
  std::optional<Validators> validators;
  /// Who fetches the page itself, in its turn, instead of the fetcher: a browser. robots.txt is the fetcher's
  /// all the same. Null: the fetcher. Must outlive the request.
  Fetcher* through = nullptr;
};

struct PoliteAnswer {
  Verdict verdict = Verdict::kUnreachable;
  FetchResponse response;                    ///< of the last attempt; empty when there was no answer
  std::string message;                       ///< for people: what happened and where; empty when kOk
  std::chrono::milliseconds retry_after{0};  ///< not before, when the verdict is a failure
  int attempts = 0;
  Validators validators;  ///< of this answer
};

/// Hears of each request that went out (metrics): its verdict, robots.txt included.
using FetchObserver = std::function<void(std::string_view host, Verdict verdict, std::uint64_t bytes)>;

/// Not thread-safe: all calls on the executor's thread. State of hosts is kept in memory.
class PoliteFetcher {
 public:
  /// All references must outlive it. `seed` drives the jitter. `turns`: those of all processes; null: there
  /// is but one.
  PoliteFetcher(Executor executor, Fetcher& fetcher, const Clock& clock, PoliteSettings settings,
                std::uint64_t seed, FetchObserver observer = {}, SharedTurns* turns = nullptr);
  ~PoliteFetcher();

  /// Waits its turn and fetches. Throws only operation_aborted (cancelled while waiting).
  Task<PoliteAnswer> get(PoliteRequest request);

 private:
  struct Host;
  class Turn;
  Host& host_of(const WebUrl& url);
  Task<PoliteAnswer> attempt(Host& host, const PoliteRequest& request);
  Task<PoliteAnswer> check_robots(Host& host, const WebUrl& url, const FetchRequest& request);
  Task<PoliteAnswer> wait_until_ready(Host& host, const std::atomic<bool>* stop);
  Task<PoliteAnswer> rest(Host& host, std::chrono::milliseconds wait, const std::atomic<bool>* stop);
  Task<PoliteAnswer> take_shared_turn(Host& host, const std::atomic<bool>* stop);
  Task<void> give_back_shared_turn(Host& host);
  PoliteAnswer judged(Host& host, Result<FetchResponse> outcome, Expected expected);
  double chance();

  Executor executor_;
  Fetcher& fetcher_;
  const Clock& clock_;
  PoliteSettings settings_;
  std::mt19937_64 random_;
  FetchObserver observer_;
  SharedTurns* turns_;
  std::unordered_map<std::string, std::unique_ptr<Host>, StringHash, std::equal_to<>> hosts_;  ///< by origin
};

}  // namespace filmoteka::fetch
