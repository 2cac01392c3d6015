/// What a run would do, for a few items: the same way, nothing stored.
#pragma once

#include <scraper/core/run/source_run.hpp>

#include <vector>

namespace filmoteka::scraper {

struct Preview {
  std::vector<PreviewItem> items;
  std::vector<RequestNote> requests;
  RunResult result;
};

Task<Preview> preview_source(RunTools tools, RunRequest request, std::size_t max_items);

}  // namespace filmoteka::scraper
