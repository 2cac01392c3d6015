/// GET /ids: the active films by their ids, for sitemaps.
#pragma once

#include <filmoteka/http/message.hpp>

#include <metadata/core/live/live_catalogue.hpp>

namespace filmoteka::metadata {

/// From memory, streamed: 50,000 films are 3 MB.
Task<http::Response> list_ids(LiveCatalogue& catalogue, const http::Request& request);

}  // namespace filmoteka::metadata
