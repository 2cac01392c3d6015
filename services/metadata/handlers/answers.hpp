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

/// ETags of what is made from one state of the whole catalogue: weak, since it is the same meaning, not the
/// same bytes, after an update of the program.
std::string etag_of(const Snapshot& snapshot);
/// The same for answers that show views or are ordered by them. Take it before the answer is made: views that
/// are counted meanwhile make it older than the answer, never newer. Those of two processes differ always.
std::string etag_with_views(const Snapshot& snapshot);

http::Response json_with(std::string body, std::string etag);

/// What a cache has to know to keep an answer until it changes: X-Catalogue-Revision says of which state of
/// the catalogue it is, Cache-Groups (RFC 9875) which changes of the feed concern it: those of one film
/// ("movie-42"), or of any ("movies").
http::Response depending_on_all(http::Response response, const Snapshot& snapshot);
http::Response depending_on(http::Response response, const Snapshot& snapshot, domain::MovieId id);

}  // namespace filmoteka::metadata
