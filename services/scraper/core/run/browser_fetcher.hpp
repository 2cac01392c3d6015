/// A browser in the place of a fetcher: the pages of a definition with a `browser:` block.
#pragma once

#include <filmoteka/browser/renderer.hpp>
#include <filmoteka/fetch/fetcher.hpp>

#include <scraper/core/source/web_source.hpp>

namespace filmoteka::scraper {

/// Answers with the page after its scripts have run, or with the JSON that they fetched
/// (BrowserUse::json_url).
class BrowserFetcher final : public fetch::Fetcher {
 public:
  /// Both must outlive it.
  BrowserFetcher(browser::Renderer& renderer, const WebSource& source)
      : renderer_(renderer), source_(source) {}

  /// GET only. The errors are those of the renderer; kCorrupt too when the JSON was not seen.
  Task<Result<fetch::FetchResponse>> get(fetch::FetchRequest request) override;

 private:
  browser::Renderer& renderer_;
  const WebSource& source_;
};

}  // namespace filmoteka::scraper
