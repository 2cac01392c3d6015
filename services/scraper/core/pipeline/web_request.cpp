#include <filmoteka/fetch/url.hpp>

#include <scraper/core/pipeline/allowed_hosts.hpp>
#include <scraper/core/pipeline/web_request.hpp>

namespace filmoteka::scraper {
namespace {

std::string absolute(const WebSource& source, const std::string& filled) {
  if (filled.starts_with("http://") || filled.starts_with("https://")) return filled;
  if (filled.empty() || filled.starts_with('/') || filled.starts_with('?')) return source.base_url + filled;
  return source.base_url + "/" + filled;
}

std::string_view accepted(AnswerKind kind) {
  switch (kind) {
    case AnswerKind::kJson:
      return "application/json";
    case AnswerKind::kFeed:
      return "application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.5";
    case AnswerKind::kSitemap:
      return "application/xml, text/xml, */*;q=0.5";
    case AnswerKind::kHtml:
    case AnswerKind::kJsonLd:
      return "text/html, application/xhtml+xml";
  }
  return "*/*";
}

void add_query(const RequestTemplate& request, const Record& values, std::string& url) {
  for (const auto& [name, text] : request.query) {
    const auto value = text.fill(values);
    if (!value) continue;
    url += url.find('?') == std::string::npos ? '?' : '&';
    url += percent_encode(name, true) + "=" + percent_encode(*value, true);
  }
}

}  // namespace

WebRequest request_at(const RequestTemplate& request, AnswerKind kind, std::string url) {
  WebRequest result;
  result.kind = kind;
  result.method = request.method;
  result.url = std::move(url);
  result.headers = {{"Accept", std::string(accepted(kind))}};
  for (const auto& header : request.headers) {
    if (header.first == "Accept") result.headers.front().second = header.second;
    if (header.first != "Accept") result.headers.push_back(header);
  }
  result.content_type = request.content_type;
  return result;
}

Result<WebRequest> fill_request(const WebSource& source, const RequestTemplate& request, AnswerKind kind,
                                const Record& values) {
  const auto filled = request.url.fill(values);
  if (!filled) return invalid_argument("The address names a value that is not there.");
  auto url = absolute(source, *filled);
  add_query(request, values, url);
  const auto parsed = fetch::parse_web_url(url);
  if (parsed.has_error()) return parsed.error();
  if (!may_ask(source, parsed->text))
    return invalid_argument("The source may not be asked at " + parsed->text +
                            ": the host is neither base_url's nor one of network.hosts.");
  auto result = request_at(request, kind, parsed->text);
  if (!request.body) return result;
  auto body = request.body->fill(values);
  if (!body) return invalid_argument("The body of the request names a value that is not there.");
  result.body = std::move(*body);
  return result;
}

}  // namespace filmoteka::scraper
