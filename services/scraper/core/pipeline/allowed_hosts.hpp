/// Which addresses a source may be asked at: links in answers must not lead us anywhere else.
#pragma once

#include <scraper/core/source/web_source.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::scraper {

/// base_url's host, and those that the definition names ("api.example.org", ".example.org" for all below it).
std::vector<std::string> allowed_hosts(const WebSource& source);

/// An absolute http(s) URL at base_url's host and port, or at another allowed host.
bool may_ask(const WebSource& source, std::string_view url);

/// The absolute form of a link found at `page_url`; empty if it is none or may not be followed.
std::string followed(const WebSource& source, std::string_view page_url, std::string_view link);

}  // namespace filmoteka::scraper
