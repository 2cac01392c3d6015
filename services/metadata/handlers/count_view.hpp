/// POST /movies/{id}/views: 202 when the view is durable and shown.
#pragma once

#include <filmoteka/http/message.hpp>

#include <metadata/core/live/live_catalogue.hpp>
#include <metadata/core/live/view_counter.hpp>

namespace filmoteka::metadata {

/// 404 for a film that is not there or not active: nobody can have seen it.
Task<http::Response> count_view_handler(LiveCatalogue& catalogue, ViewCounter& views,
                                        const http::Request& request);

}  // namespace filmoteka::metadata
