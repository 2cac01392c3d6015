#include "json_writer.hpp"

#include <filmoteka/api/movie_json.hpp>
#include <filmoteka/api/stored_movie_json.hpp>
#include <filmoteka/base/time_format.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <optional>
#include <string_view>
#include <utility>

namespace filmoteka::api {
namespace {

namespace json = boost::json;

Error wrong(std::string_view name, std::string detail) {
  return invalid_argument("The stored film has fields that are wrong.",
                          {{{}, "/" + std::string(name), std::move(detail)}});
}

Result<std::int64_t> whole(const json::object& film, std::string_view name, std::int64_t least) {
  const json::value* value = film.if_contains(name);
  const std::int64_t* number = value != nullptr ? value->if_int64() : nullptr;
  if (number == nullptr || *number < least || *number > kMaxStoredNumber) {
    return wrong(name, "must be a whole number up to 2^53");
  }
  return *number;
}

Result<Timestamp> time(const json::object& film, std::string_view name) {
  const json::value* value = film.if_contains(name);
  const json::string* text = value != nullptr ? value->if_string() : nullptr;
  const auto time = text != nullptr ? parse_rfc3339({text->data(), text->size()}) : std::nullopt;
  if (!time) return wrong(name, "must be a time by RFC 3339");
  return *time;
}

Result<void> read_records(const json::object& film, domain::Movie& movie) {
  const json::value* value = film.if_contains("records");
  if (value == nullptr) return {};
  const json::array* records = value->if_array();
  if (records == nullptr) return wrong("records", "must be a list");
  for (const json::value& record : *records) {
    FILMOTEKA_TRY(domain::MovieFacts facts, facts_from_json(record));
    movie.records.push_back(std::move(facts));
  }
  return {};
}

Result<void> read_edits(const json::object& film, domain::Movie& movie) {
  const json::value* value = film.if_contains("edits");
  if (value == nullptr) return {};
  if (!value->is_object()) return wrong("edits", "must be an object");
  movie.edits = json::serialize(*value);
  return {};
}

}  // namespace

void append_stored_movie(std::string& out, const domain::Movie& movie) {
  append_movie(out, movie);
  out.pop_back();  // the brace: the object goes on
  if (movie.local_views != 0) {
    out += ",\"local_views\":";
    append_integer(out, movie.local_views);
  }
  if (!movie.records.empty()) {
    out += ",\"records\":";
    append_array(out, movie.records, append_facts);
  }
  if (!movie.edits.empty()) (out += ",\"edits\":") += movie.edits;
  out += '}';
}

Result<domain::Movie> stored_movie_from_json(const json::value& value) {
  const json::object* film = value.if_object();
  if (film == nullptr) return invalid_argument("A film is a JSON object.", {{{}, "", "must be an object"}});
  domain::Movie movie;
  FILMOTEKA_TRY(movie.facts, facts_from_json(value));
  FILMOTEKA_TRY(movie.id, whole(*film, "id", 1));
  FILMOTEKA_TRY(movie.revision, whole(*film, "revision", 1));
  FILMOTEKA_TRY(movie.added_at, time(*film, "added_at"));
  FILMOTEKA_TRY(movie.updated_at, time(*film, "updated_at"));
  if (film->contains("local_views")) {
    FILMOTEKA_TRY(movie.local_views, whole(*film, "local_views", 0));
  }
  FILMOTEKA_CHECK(read_records(*film, movie));
  FILMOTEKA_CHECK(read_edits(*film, movie));
  return movie;
}

}  // namespace filmoteka::api
