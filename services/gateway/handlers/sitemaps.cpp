#include <filmoteka/base/strings.hpp>

#include <gateway/core/answer/headers.hpp>
#include <gateway/core/answer/problems.hpp>
#include <gateway/core/page/ids_origin.hpp>
#include <gateway/core/page/page_address.hpp>
#include <gateway/core/page/sitemap.hpp>
#include <gateway/handlers/question.hpp>
#include <gateway/handlers/sitemaps.hpp>

#include <string>
#include <utility>

namespace filmoteka::gateway {
namespace {

constexpr std::string_view kRobots = "User-agent: *\nAllow: /\nDisallow: /api/\n";
/// Of some MiB that are made for one request: the fastest.
constexpr int kLevel = 1;

std::string xml_of(std::int64_t number, std::string_view ids, std::string_view site) {
  if (number > 0) return sitemap_xml(ids, ids_of_sitemap(number).first, site);
  return sitemap_index_xml(parse_number<std::int64_t>(ids).value_or(0), site);
}

/// In the coding that the request wants.
Variants::Ready render(std::int64_t number, const std::string& ids, const std::string& site,
                       const http::Request& request) {
  http::Headers headers = site_headers();
  headers.emplace_back("Content-Type", "application/xml; charset=utf-8");
  headers.emplace_back("Cache-Control", "public, max-age=600");
  Variants variants(std::move(headers), content_tag(site + '\n' + ids), xml_of(number, ids, site));
  Choice choice = choose(variants, request);
  if (choice.missing && variants.claim(*choice.missing)) {
    variants.compress(*choice.missing, kLevel);
    choice = choose(variants, request);
  }
  return choice.response;
}

}  // namespace

Task<http::Response> SitemapHandler::answer(const http::Request& request) const {
  const std::int64_t number = sitemap_number(request.path).value_or(0);
  const auto site = address_.for_request(request);
  if (!site) co_return api_problem(invalid_argument("The request names no host."), request.request_id);
  HttpCache::Question question = question_of(std::string(kIdsPrefix) + std::to_string(number), request);
  question.key = question.request.target;
  question.only_here = true;
  auto asking = cache_.answer(std::move(question));
  const Result<HttpCache::Served> served = co_await std::move(asking);
  if (served.has_error()) co_return api_problem(served.error(), request.request_id);
  const std::string& ids = served->entry->answer()->body();
  if (number > 0 && ids.empty()) {
    co_return api_problem(not_found("There is nothing at this address."), request.request_id);
  }
  auto make = [number, &ids, &site, &request] {
    return render(number, ids, *site, request);
  };
  auto making = pool_.run(std::move(make));
  http::Response response;
  response.ready = co_await std::move(making);
  response.status = response.ready->status;
  response.set_header("Cache-Status", to_string(served->status));
  response.source = {to_string(result_of(served->status)), served->upstream};
  co_return response;
}

http::Response robots(const PublicAddress& address, const http::Request& request) {
  std::string text(kRobots);
  if (const auto site = address.for_request(request)) text += "Sitemap: " + *site + "/sitemap.xml\n";
  std::string tag = "W/\"" + content_tag(text) + '"';
  http::Response response = http::text_response(200, std::move(text));
  response.set_header("Cache-Control", "public, max-age=300");
  response.set_header("ETag", std::move(tag));
  return response;
}

}  // namespace filmoteka::gateway
