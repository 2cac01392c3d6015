/// One request with libcurl, from its first byte to its last, without redirects. Internal.
#pragma once

#include <filmoteka/fetch/curl_fetcher.hpp>
#include <filmoteka/fetch/url.hpp>

#include <curl/curl.h>

#include <memory>

namespace filmoteka::fetch {

/// A pair of handles that keeps its connections between requests. One thread at a time.
class CurlSession {
 public:
  CurlSession();
  ~CurlSession();
  CurlSession(const CurlSession&) = delete;
  CurlSession& operator=(const CurlSession&) = delete;
  CURL* easy() const { return easy_; }
  CURLM* multi() const { return multi_; }

 private:
  CURL* easy_;
  CURLM* multi_;
};

/// One hop of a request: what is asked of whom.
struct Hop {
  WebUrl url;
  bool is_first_origin = true;  ///< still the server that the request was for: it hears all headers
  bool has_body = false;        ///< POST; redirects may turn it into GET
};

/// Blocks until the answer is complete or has failed. Fills all of the response but `redirects`.
Result<FetchResponse> transfer(CurlSession& session, const FetcherSettings& settings,
                               const FetchRequest& request, const Hop& hop, Deadline deadline);

}  // namespace filmoteka::fetch
