#include <scraper/handlers/page/page_files.hpp>
#include <scraper/handlers/page/page_routes.hpp>

#include <string>

namespace filmoteka::scraper {

namespace {

constexpr const char* kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri "
    "'none'; "
    "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

Task<http::Response> give(std::shared_ptr<const http::ReadyResponse> ready) {
  http::Response response;
  response.status = ready->status;
  response.ready = std::move(ready);
  co_return response;
}

}  // namespace

void add_page(http::Router& router) {
  for (const auto& file : page_files()) {
    const http::Headers headers{{"Content-Type", std::string(file.type)},
                                {"Content-Security-Policy", kPolicy},
                                {"Cache-Control", "no-cache"}};
    const auto ready = http::make_ready(200, headers, std::string(file.text));
    router.add(http::Method::kGet, std::string(file.path),
               [ready](const http::Request&) { return give(ready); });
  }
}

}  // namespace filmoteka::scraper
