/// The operator's page at the scraper's own port.
#pragma once

#include <filmoteka/http/router.hpp>

namespace filmoteka::scraper {

void add_page(http::Router& router);

}  // namespace filmoteka::scraper
