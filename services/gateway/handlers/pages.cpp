#include <filmoteka/http/query.hpp>

#include <gateway/core/answer/headers.hpp>
#include <gateway/core/answer/problems.hpp>
#include <gateway/core/page/page_address.hpp>
#include <gateway/core/page/page_origin.hpp>
#include <gateway/handlers/pages.hpp>
#include <gateway/handlers/question.hpp>
#include <gateway/handlers/site.hpp>

#include <chrono>
#include <string>
#include <utility>

namespace filmoteka::gateway {
namespace {

/// A visitor who waits longer would rather see the app say so.
constexpr std::chrono::seconds kPatience{2};

http::Response response_of(Variants::Ready ready) {
  http::Response response;
  response.status = ready->status;
  response.ready = std::move(ready);
  return response;
}

Variants::Ready missing_page(const PageWriter& writer) {
  http::Headers headers = site_headers();
  headers.emplace_back("Content-Type", "text/html; charset=utf-8");
  headers.emplace_back("Cache-Control", "no-cache");
  return http::make_ready(404, headers, writer.missing());
}

}  // namespace

PageHandler::PageHandler(const Site& site, const PageWriter& writer, HttpCache& cache,
                         BlockingPool& compression, const Clock& clock)
    : site_(site),
      writer_(writer),
      cache_(cache),
      answers_(cache, compression, clock),
      missing_(missing_page(writer)) {}

std::optional<http::Response> PageHandler::ready(const http::Request& request) const {
  std::optional<std::string> decoded;
  std::string_view path = request.path;
  if (path.find('%') != std::string_view::npos) {
    decoded = http::decode_component(path);
    path = decoded ? std::string_view(*decoded) : std::string_view{};
  }
  if (const Variants* file = site_.find(path)) return answer_from(*file, request);
  if (sitemap_number(path)) return std::nullopt;
  if (is_page_path(request.path)) {
    if (!writer_.can_fill()) return answer_from(site_.index(), request);
    return answers_.hit(request);
  }
  if (is_app_route(path)) return response_of(missing_);
  return api_problem(not_found("There is nothing at this address."), request.request_id);
}

Task<http::Response> PageHandler::answer(const http::Request& request) const {
  const auto address = read_page_address(request.path, request.query);
  if (!address) co_return response_of(missing_);
  std::string key = page_target(*address);
  HttpCache::Question question = question_of(std::string(kPagePrefix) + key, request);
  question.key = key;
  question.only_here = true;  // other gateways may have another build of the web app
  question.request.deadline = earliest(request.deadline, Deadline::after(kPatience));
  auto asking = cache_.answer(std::move(question));
  Result<HttpCache::Served> served = co_await std::move(asking);
  if (served.has_error()) co_return answer_from(site_.index(), request);
  const StoredAnswer& page = *served->entry->answer();
  if (!page.content.variants) {
    http::Response response = response_of(page.content.whole);
    response.set_header("Cache-Status", to_string(served->status));
    response.source = source_of(*served);
    co_return response;
  }
  auto responding = answers_.respond(std::move(*served), std::move(key), request);
  co_return co_await std::move(responding);
}

}  // namespace filmoteka::gateway
