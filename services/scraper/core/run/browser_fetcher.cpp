#include <scraper/core/pipeline/allowed_hosts.hpp>
#include <scraper/core/run/browser_fetcher.hpp>

namespace filmoteka::scraper {

Task<Result<fetch::FetchResponse>> BrowserFetcher::get(fetch::FetchRequest request) {
  const auto& use = *source_.browser;
  browser::RenderRequest render;
  render.url = request.url;
  render.wait_for = use.wait_for;
  render.settle = use.settle;
  render.json_url = use.json_url;
  render.allowed_hosts = allowed_hosts(source_);
  render.allow_private_addresses = source_.allow_private_addresses;
  render.deadline = request.deadline;
  render.stop = request.stop;
  auto rendering = renderer_.render(std::move(render));
  FILMOTEKA_CO_TRY(auto page, co_await std::move(rendering));
  const bool wants_json = !use.json_url.empty();
  if (wants_json && page.json.empty())
    co_return corrupt("The page made no request whose URL has \"" + use.json_url + "\" in it.");
  fetch::FetchResponse response;
  response.status = page.status;
  response.url = std::move(page.url);
  response.body = wants_json ? std::move(page.json) : std::move(page.html);
  response.headers = {{"Content-Type", wants_json ? "application/json" : "text/html; charset=utf-8"}};
  response.received_bytes = page.received_bytes;
  response.duration = page.duration;
  co_return response;
}

}  // namespace filmoteka::scraper
