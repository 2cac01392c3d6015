/// The operator's page: files that are part of the program.
#pragma once

#include <span>
#include <string_view>

namespace filmoteka::scraper {

struct PageFile {
  std::string_view path;  ///< "/page.js"
  std::string_view type;
  std::string_view text;
};

std::span<const PageFile> page_files();

}  // namespace filmoteka::scraper
