/// What people have changed by hand, as a JSON object: field of an upsert's row → its value, or null for
/// "shows nothing". Fields are replaced whole, `ids` too. Beside them stands what merges and splits leave
/// (merge_memory.hpp); changing the fields leaves it alone. Pure.
#pragma once

#include <filmoteka/base/clock.hpp>
#include <filmoteka/base/result.hpp>
#include <filmoteka/domain/movie.hpp>

#include <string>
#include <string_view>

namespace filmoteka::metadata {

/// Sets the fields that the edits name; empty edits name none. kCorrupt: they are no edits.
Result<void> apply_edits(domain::MovieFacts& facts, std::string_view edits);

/// The film's edits after a JSON merge patch (RFC 7396) of what it shows. Fields that metadata assigns (id,
/// revision, …) are passed over. `views` are all that are shown: those counted here are taken off, and a
/// number below them shows them. kInvalidArgument, each fault with its pointer: an unknown field, a wrong
/// type or value, another source, source_id, source_url or added_at than the film has.
Result<std::string> edits_after_patch(const domain::Movie& movie, std::string_view patch, Timestamp now);

/// Edits with which a film shows exactly `facts`, `views` as above. An absent added_at, or an empty source,
/// source_id or source_url, is the film's. kInvalidArgument: another one.
Result<std::string> edits_that_show(const domain::Movie& movie, const domain::MovieFacts& facts);

/// The film's edits without this field's, so that the sources say it again; without all for an empty `field`.
/// kNotFound: no such field can be edited.
Result<std::string> edits_without(const domain::Movie& movie, std::string_view field);

}  // namespace filmoteka::metadata
