/// The internal API has no login: a page of another site must not use it through an operator's browser.
#pragma once

#include <filmoteka/http/message.hpp>

#include <optional>
#include <string>

namespace filmoteka::scraper {

/// Why a browser's request is refused; nullopt: it is not, or no browser sends it. By Fetch Metadata
/// (https://www.w3.org/TR/fetch-metadata/) and Origin; and by Host, so that a foreign name that was made to
/// lead here (DNS rebinding) is not taken for us. `own_host`: what we listen on.
std::optional<std::string> why_refused(const http::Request& request, std::string_view own_host);

}  // namespace filmoteka::scraper
