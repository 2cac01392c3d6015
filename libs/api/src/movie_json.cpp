#include "json_writer.hpp"

#include <filmoteka/api/movie_json.hpp>
#include <filmoteka/base/time_format.hpp>
#include <filmoteka/domain/format.hpp>

#include <array>

namespace filmoteka::api {
namespace {

constexpr std::array<std::string_view, 20> kSummaryFields = {
    "id",       "title",  "original_title", "year",       "image_url",  "thumbnail_url",    "views",
    "added_at", "source", "source_id",      "source_url", "duration",   "duration_seconds", "genre",
    "genres",   "rating", "age_rating",     "is_active",  "updated_at", "revision"};

void append_strings(std::string& out, const std::vector<std::string>& texts) {
  append_array(out, texts, append_string);
}

void append_time(std::string& out, Timestamp time) {
  out += '"';
  out += to_rfc3339(time);
  out += '"';
}

void append_optional(std::string& out, const std::optional<std::string>& text) {
  text ? append_string(out, *text) : void(out += "null");
}

void append_optional(std::string& out, const std::optional<std::int32_t>& number) {
  number ? append_integer(out, *number) : void(out += "null");
}

void append_rating(std::string& out, const std::optional<domain::RatingTenths>& rating) {
  out += rating ? domain::format_rating(*rating) : "null";
}

/// The fields of a summary, in the order of kSummaryFields.
void append_summary_fields(ObjectWriter& object, const domain::Movie& movie) {
  const domain::MovieFacts& facts = movie.facts;
  append_integer(object.key("id"), movie.id);
  append_string(object.key("title"), facts.title);
  append_optional(object.key("original_title"), facts.original_title);
  append_optional(object.key("year"), facts.year);
  append_optional(object.key("image_url"), facts.image_url);
  append_optional(object.key("thumbnail_url"), facts.thumbnail_url);
  append_integer(object.key("views"), movie.views());
  append_time(object.key("added_at"), movie.added_at);
  append_string(object.key("source"), facts.source);
  append_string(object.key("source_id"), facts.source_id);
  append_string(object.key("source_url"), facts.source_url);
  std::string& duration = object.key("duration");
  facts.duration_seconds ? append_string(duration, domain::format_duration(*facts.duration_seconds))
                         : void(duration += "null");
  append_optional(object.key("duration_seconds"), facts.duration_seconds);
  std::string& genre = object.key("genre");
  facts.genres.empty() ? void(genre += "null") : append_string(genre, domain::join_genres(facts.genres));
  append_strings(object.key("genres"), facts.genres);
  append_rating(object.key("rating"), facts.rating);
  append_optional(object.key("age_rating"), facts.age_rating);
  append_bool(object.key("is_active"), facts.is_active);
  append_time(object.key("updated_at"), movie.updated_at);
  append_integer(object.key("revision"), movie.revision);
}

void append_source(std::string& out, const domain::MovieFacts& facts) {
  ObjectWriter source(out);
  append_string(source.key("source"), facts.source);
  append_string(source.key("source_id"), facts.source_id);
  append_string(source.key("source_url"), facts.source_url);
  source.end();
}

void append_sources(std::string& out, const domain::Movie& movie) {
  const std::span<const domain::MovieFacts> only(&movie.facts, 1);
  append_array(out, movie.records.empty() ? only : std::span(movie.records), append_source);
}

void append_ids(std::string& out, const std::vector<domain::ExternalId>& ids) {
  ObjectWriter object(out);
  for (const domain::ExternalId& id : ids) append_string(object.key(id.kind), id.value);
  object.end();
}

}  // namespace

void append_summary(std::string& out, const domain::Movie& movie) {
  ObjectWriter object(out);
  append_summary_fields(object, movie);
  object.end();
}

void append_movie(std::string& out, const domain::Movie& movie) {
  ObjectWriter object(out);
  append_summary_fields(object, movie);
  append_optional(object.key("description"), movie.facts.description);
  append_strings(object.key("countries"), movie.facts.countries);
  append_strings(object.key("cast"), movie.facts.cast);
  append_strings(object.key("aliases"), movie.facts.aliases);
  append_ids(object.key("ids"), movie.facts.ids);
  append_sources(object.key("sources"), movie);
  object.end();
}

void append_facts(std::string& out, const domain::MovieFacts& facts) {
  ObjectWriter object(out);
  const auto optional = [&object](std::string_view name, const auto& value) {
    if (value) append_optional(object.key(name), value);
  };
  const auto list = [&object](std::string_view name, const std::vector<std::string>& values) {
    if (!values.empty()) append_strings(object.key(name), values);
  };
  append_string(object.key("title"), facts.title);
  optional("original_title", facts.original_title);
  optional("year", facts.year);
  optional("image_url", facts.image_url);
  optional("thumbnail_url", facts.thumbnail_url);
  append_integer(object.key("views"), facts.views);
  if (facts.added_at) append_time(object.key("added_at"), *facts.added_at);
  append_string(object.key("source"), facts.source);
  append_string(object.key("source_id"), facts.source_id);
  append_string(object.key("source_url"), facts.source_url);
  optional("duration_seconds", facts.duration_seconds);
  optional("description", facts.description);
  list("genres", facts.genres);
  if (facts.rating) append_rating(object.key("rating"), facts.rating);
  optional("age_rating", facts.age_rating);
  list("countries", facts.countries);
  list("cast", facts.cast);
  list("aliases", facts.aliases);
  if (!facts.ids.empty()) append_ids(object.key("ids"), facts.ids);
  append_bool(object.key("is_active"), facts.is_active);
  object.end();
}

std::span<const std::string_view> summary_fields() {
  return kSummaryFields;
}

}  // namespace filmoteka::api
