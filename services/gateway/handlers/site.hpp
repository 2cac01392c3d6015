/// Answers with the web app's files, and says 404 for everything that exists nowhere.
#pragma once

#include <filmoteka/http/message.hpp>

#include <gateway/core/site/site.hpp>

namespace filmoteka::gateway {

/// Never waits.
http::Response answer_from_site(const Site& site, const http::Request& request);

/// One answer that is the same for everybody (robots.txt, the API's contract).
http::Response answer_from(const Variants& variants, const http::Request& request);

}  // namespace filmoteka::gateway
