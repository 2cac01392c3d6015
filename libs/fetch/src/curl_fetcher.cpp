#include "cookie_jars.hpp"
#include "curl_transfer.hpp"

#include <filmoteka/fetch/allowed_hosts.hpp>

#include <algorithm>
#include <mutex>

namespace filmoteka::fetch {

namespace {

/// libcurl wants to be initialised once a process, before threads use it; initialising again is counted.
class CurlLibrary {
 public:
  CurlLibrary() { curl_global_init(CURL_GLOBAL_DEFAULT); }
  ~CurlLibrary() { curl_global_cleanup(); }
  CurlLibrary(const CurlLibrary&) = delete;
  CurlLibrary& operator=(const CurlLibrary&) = delete;
};

bool is_redirect(int status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

class CurlFetcher final : public Fetcher {
 public:
  CurlFetcher(FetcherSettings settings, BlockingPool& pool) : settings_(std::move(settings)), pool_(pool) {}

  Task<Result<FetchResponse>> get(FetchRequest request) override {
    auto job = [this, &request] {
      return fetch(request);
    };
    co_return co_await pool_.run(std::move(job));
  }

 private:
  Result<FetchResponse> fetch(const FetchRequest& request) {
    auto session = take_session();
    jars_.load(session->easy(), request.jar);
    auto outcome = follow(*session, request);
    jars_.keep(session->easy(), request.jar);
    const std::scoped_lock lock(mutex_);
    idle_.push_back(std::move(session));
    return outcome;
  }

  Result<FetchResponse> follow(CurlSession& session, const FetchRequest& request) {
    const auto start = std::chrono::steady_clock::now();
    const auto deadline = earliest(request.deadline, Deadline::after(settings_.total_timeout, start));
    Hop hop;
    FILMOTEKA_TRY(hop.url, parse_web_url(request.url));
    hop.has_body = request.method == "POST";
    if (!request.allowed_hosts.empty() && !is_allowed_host(hop.url.host, request.allowed_hosts))
      return invalid_argument("The source may not ask " + hop.url.origin() +
                              ": its `network.hosts` does not name it.");
    const auto first = hop.url;
    std::uint64_t received = 0;
    for (int redirects = 0; redirects <= settings_.max_redirects; ++redirects) {
      FILMOTEKA_TRY(auto response, transfer(session, settings_, request, hop, deadline));
      received += response.received_bytes;
      const auto* location = find_header(response.headers, "Location");
      if (!is_redirect(response.status) || location == nullptr) {
        response.redirects = redirects;
        response.received_bytes = received;
        response.duration =
            std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start);
        return response;
      }
      FILMOTEKA_TRY(auto next, resolve_web_url(hop.url, *location));
      FILMOTEKA_CHECK(may_follow(request, first.host, hop.url, next));
      hop.is_first_origin = next.origin() == first.origin();
      // As browsers do: 307 and 308 alone repeat what was sent, and to the same server only.
      hop.has_body =
          hop.has_body && hop.is_first_origin && (response.status == 307 || response.status == 308);
      hop.url = std::move(next);
    }
    return invalid_argument(hop.url.origin() + " redirects more than " +
                            std::to_string(settings_.max_redirects) + " times.");
  }

  static Result<void> may_follow(const FetchRequest& request, const std::string& first_host,
                                 const WebUrl& from, const WebUrl& to) {
    if (from.scheme == "https" && to.scheme == "http")
      return invalid_argument(from.origin() + " redirects to an insecure address: " + to.text);
    if (request.redirect_anywhere || to.host == first_host || is_allowed_host(to.host, request.allowed_hosts))
      return {};
    return invalid_argument(from.origin() +
                            " redirects to another host, which the source does not allow: " + to.text);
  }

  std::unique_ptr<CurlSession> take_session() {
    const std::scoped_lock lock(mutex_);
    if (idle_.empty()) return std::make_unique<CurlSession>();
    auto session = std::move(idle_.back());
    idle_.pop_back();
    return session;
  }

  CurlLibrary library_;
  FetcherSettings settings_;
  BlockingPool& pool_;
  CookieJars jars_;
  std::mutex mutex_;  ///< guards idle_
  std::vector<std::unique_ptr<CurlSession>> idle_;
};

}  // namespace

std::string user_agent(const FetcherSettings& settings) {
  return settings.contact.empty() ? settings.product : settings.product + " (+" + settings.contact + ")";
}

std::unique_ptr<Fetcher> make_curl_fetcher(FetcherSettings settings, BlockingPool& pool) {
  return std::make_unique<CurlFetcher>(std::move(settings), pool);
}

}  // namespace filmoteka::fetch
