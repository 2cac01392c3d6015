/// Which headers go with which kind of answer. (What every answer has is libs/http's: nosniff, framing, …)
#pragma once

#include <filmoteka/http/message.hpp>

namespace filmoteka::gateway {

/// For all answers of /api/v1. The API is public and read-only, and takes no cookies: pages of any origin may
/// read it (CORS), and nothing in an answer may be executed.
http::Headers api_headers();

/// For the web app's files.
http::Headers site_headers();

/// Adds api_headers() to an answer that was built elsewhere (a problem).
http::Response with_api_headers(http::Response response);

}  // namespace filmoteka::gateway
