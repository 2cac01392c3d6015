/// An HTTP answer, as far as its content matters. Pure data, borrowed.
#pragma once

#include <string_view>

namespace filmoteka::scraper {

struct WebAnswer {
  int status = 200;
  std::string_view content_type;
  std::string_view body;  ///< decoded, in the server's charset
  std::string_view url;   ///< where it came from, after redirects
};

}  // namespace filmoteka::scraper
