#include <filmoteka/markup/sitemap.hpp>

#include <scraper/core/extract/web_verdict.hpp>
#include <scraper/core/pipeline/allowed_hosts.hpp>
#include <scraper/core/run/web_fetch.hpp>

namespace filmoteka::scraper {
namespace {

fetch::Expected expected_of(AnswerKind kind) {
  if (kind == AnswerKind::kJson) return fetch::Expected::kJson;
  if (kind == AnswerKind::kFeed) return fetch::Expected::kXml;
  return fetch::Expected::kAnything;  // sitemaps may be gzip files or lists of addresses
}

}  // namespace

fetch::PoliteRequest polite_request(const SourceDefinition& definition, const WebRequest& request,
                                    const std::atomic<bool>& stop) {
  const auto& source = *definition.web();
  fetch::PoliteRequest polite;
  polite.fetch.url = request.url;
  polite.fetch.method = request.method;
  polite.fetch.headers = request.headers;
  if (!definition.language.empty()) polite.fetch.headers.emplace_back("Accept-Language", definition.language);
  polite.fetch.body = request.body;
  polite.fetch.content_type = request.content_type;
  polite.fetch.jar = definition.name;
  polite.fetch.proxy = source.proxy;
  polite.fetch.allowed_hosts = allowed_hosts(source);
  polite.fetch.allow_private_addresses = source.allow_private_addresses;
  polite.fetch.stop = &stop;
  if (request.kind == AnswerKind::kSitemap) polite.fetch.max_body_bytes = markup::kSitemapLimits.max_bytes;
  polite.expected = expected_of(request.kind);
  polite.obey_robots = definition.obey_robots;
  polite.min_delay = definition.politeness.delay;
  return polite;
}

WebAnswer as_answer(const fetch::FetchResponse& response) {
  const auto* type = fetch::find_header(response.headers, "Content-Type");
  return {response.status, type != nullptr ? std::string_view(*type) : std::string_view{}, response.body,
          response.url};
}

bool has_content(fetch::Verdict verdict) {
  return verdict == fetch::Verdict::kOk || verdict == fetch::Verdict::kMissing;
}

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

EndReason end_reason_of(AnswerClass answer) {
  switch (answer) {
    case AnswerClass::kBlocked:
      return EndReason::kBlocked;
    case AnswerClass::kUnavailable:
      return EndReason::kUnreachable;
    default:
      return EndReason::kDrifted;
  }
}

SavedPage saved_page(const fetch::FetchResponse& response, std::string what) {
  SavedPage saved;
  saved.url = response.url;
  saved.status = response.status;
  saved.content_type = std::string(as_answer(response).content_type);
  saved.body = response.body.substr(0, kMaxSavedPageBytes);
  saved.what = std::move(what);
  return saved;
}

}  // namespace filmoteka::scraper
