/// Entity tags, conditions that a cache answers itself, and the validation of what it has stored
/// (RFC 9110, 8.8 and 13; RFC 9111, 3.2 and 4.3).
#pragma once

#include <gateway/core/http_caching/fields.hpp>

#include <chrono>
#include <optional>
#include <string_view>

namespace filmoteka::gateway {

struct EntityTag {
  bool weak = false;
  std::string_view opaque;  ///< without the quotes
  bool operator==(const EntityTag&) const = default;
};
/// nullopt for what is no entity tag.
std::optional<EntityTag> parse_entity_tag(std::string_view text);

/// Whether a list as in If-None-Match names the tag, by weak comparison; "*" names everything.
bool names_tag(std::string_view list, std::string_view etag);

/// Whether the client has this very answer (a stored 200) already: If-None-Match decides where it is there,
/// otherwise If-Modified-Since, against Last-Modified, Date or `received` (RFC 9111, 4.3.2). To be answered
/// 304.
bool is_not_modified(const Fields& request, const Fields& stored, std::chrono::sys_seconds received);

/// The conditions that ask the origin whether a stored answer is still good. Empty if it has no validator.
/// The tags of the client's If-None-Match go with it (4.3.1), so that the origin may choose what the client
/// has.
http::Headers validating_conditions(const Fields& stored, std::optional<std::string_view> client_tags);

/// Whether a 304 speaks of that stored answer (4.3.4): their tags are equal, or the 304 has none.
bool is_confirmed_by(const Fields& not_modified, const Fields& stored);

/// The stored fields after a 304, or the answer to HEAD (3.2): what came replaces what is there, but for what
/// describes the stored bytes (Content-Length, Content-Encoding, Content-Range).
http::Headers updated_fields(const http::Headers& stored, const http::Headers& came);

/// Whether the answer to HEAD is the one to GET that is stored (4.3.5): what it says of tag, time and length
/// is the same.
bool is_same_representation(const Fields& head_answer, const Fields& stored, std::size_t stored_bytes);

}  // namespace filmoteka::gateway
