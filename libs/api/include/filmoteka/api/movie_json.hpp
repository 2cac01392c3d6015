/// The film as JSON: what services and the web app agree on (contracts/openapi). One writer, one reader.
#pragma once

#include <filmoteka/base/result.hpp>
#include <filmoteka/domain/movie.hpp>

#include <boost/json/value.hpp>

#include <span>
#include <string>
#include <string_view>

namespace filmoteka::api {

/// Appends the summary (lists): all but description, countries, cast, aliases, ids, sources. Compact JSON;
/// `<`, `>`, `&`, U+2028 and U+2029 escaped so that it can stand inside a page.
void append_summary(std::string& out, const domain::Movie& movie);
/// Appends the full film.
void append_movie(std::string& out, const domain::Movie& movie);
/// Appends what an upsert takes (the facts, in the field names of the contract).
void append_facts(std::string& out, const domain::MovieFacts& facts);
/// Appends a JSON string with the escapes above.
void append_string(std::string& out, std::string_view text);

/// Reads the facts of one film from an upsert row or an exported film. Fields that metadata assigns (id,
/// revision, updated_at, duration, genre) are ignored when present; an unknown field or a wrong type is
/// kInvalidArgument with a JSON pointer per fault. `genre` as text ("драма, комедия") is taken when `genres`
/// is absent, `duration` as text when `duration_seconds` is absent. The result is canonical() but not yet
/// validate()d.
Result<domain::MovieFacts> facts_from_json(const boost::json::value& value);

/// The names of a summary's fields in their order, for `fields=`.
std::span<const std::string_view> summary_fields();

}  // namespace filmoteka::api
