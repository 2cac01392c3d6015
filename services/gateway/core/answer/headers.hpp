/// Which headers go with which kind of answer. (What every answer has is libs/http's: nosniff, framing, …)
#pragma once

#include <filmoteka/http/message.hpp>

namespace filmoteka::gateway {

/// For all answers of /api/v1: nothing in an answer may be executed. Which pages may read it, says Cors.
http::Headers api_headers();

/// For the web app's files.
http::Headers site_headers();

/// For the page that shows the API's contract: Redoc, built by web/docs.
http::Headers docs_headers();

/// Adds api_headers() to an answer that was built elsewhere (a problem).
http::Response with_api_headers(http::Response response);

}  // namespace filmoteka::gateway
