/// What the answers of all calls have in common.
#pragma once

#include <filmoteka/domain/movie.hpp>
#include <filmoteka/http/message.hpp>

#include <metadata/core/live/live_catalogue.hpp>

#include <string>

namespace filmoteka::metadata {

/// problem+json; with Retry-After where trying again helps.
http::Response problem(const Error& error, const http::Request& request);

/// 503 while the catalogue cannot answer; nullopt when it can.
std::optional<http::Response> refusal(const LiveCatalogue& catalogue, const http::Request& request);

/// JSON made from one state of the whole catalogue: weak, since it is the same meaning, not the same bytes,
/// after an update of the program.
http::Response json_at(std::string body, domain::Revision revision);

}  // namespace filmoteka::metadata
