#include <filmoteka/api/movie_json.hpp>
#include <filmoteka/domain/validation.hpp>

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <metadata/core/write/edits.hpp>
#include <metadata/core/write/merge_memory.hpp>
#include <metadata/core/write/merge_patch.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace filmoteka::metadata {
namespace {

namespace json = boost::json;
using Facts = domain::MovieFacts;

struct Field {
  std::string_view name;
  void (*copy)(Facts& to, Facts& from);
};

template <auto Member>
void copy(Facts& to, Facts& from) {
  to.*Member = std::move(from.*Member);
}

// The order in which edits are written.
constexpr std::array<Field, 16> kEditable = {{
    {"title", copy<&Facts::title>},
    {"original_title", copy<&Facts::original_title>},
    {"year", copy<&Facts::year>},
    {"image_url", copy<&Facts::image_url>},
    {"thumbnail_url", copy<&Facts::thumbnail_url>},
    {"views", copy<&Facts::views>},
    {"duration_seconds", copy<&Facts::duration_seconds>},
    {"description", copy<&Facts::description>},
    {"genres", copy<&Facts::genres>},
    {"rating", copy<&Facts::rating>},
    {"age_rating", copy<&Facts::age_rating>},
    {"countries", copy<&Facts::countries>},
    {"cast", copy<&Facts::cast>},
    {"aliases", copy<&Facts::aliases>},
    {"ids", copy<&Facts::ids>},
    {"is_active", copy<&Facts::is_active>},
}};

constexpr std::array<std::string_view, 7> kAssigned = {"id",      "revision", "updated_at", "sources",
                                                       "records", "edits",    "local_views"};

json::string_view view(std::string_view text) {
  return {text.data(), text.size()};
}

Result<json::object> parse_object(std::string_view text) {
  json::error_code error;
  json::value value = json::parse(view(text), error);
  if (error || !value.is_object()) {
    return invalid_argument("A patch is a JSON object.", {{{}, "", "must be an object"}});
  }
  return std::move(value.get_object());
}

json::object object_of(const Facts& facts) {
  std::string text;
  api::append_facts(text, facts);
  return std::move(json::parse(view(text)).get_object());
}

Error damaged(const Error& error) {
  return corrupt("The catalogue's database is damaged.", "edits of a film: " + describe(error));
}

Result<json::object> object_of_edits(const domain::Movie& movie) {
  if (movie.edits.empty()) return json::object();
  Result<json::object> edits = parse_object(movie.edits);
  if (edits.has_error()) return damaged(edits.error());
  return edits;
}

/// Unknown names are refused even when they are removed (null).
Result<void> check_names(const json::object& patch) {
  json::object names;
  for (const auto& member : patch) names.emplace(member.key(), nullptr);
  FILMOTEKA_CHECK(api::facts_from_json(json::value(std::move(names))));
  return {};
}

/// What may not be edited.
Result<void> check_fixed(const domain::Movie& movie, const Facts& wanted) {
  std::vector<FieldError> faults;
  const auto check = [&faults](bool is_same, std::string_view pointer) {
    if (!is_same) faults.push_back({{}, std::string(pointer), "cannot be changed"});
  };
  check(wanted.source == movie.facts.source, "/source");
  check(wanted.source_id == movie.facts.source_id, "/source_id");
  check(wanted.source_url == movie.facts.source_url, "/source_url");
  check(wanted.added_at == movie.added_at, "/added_at");
  if (faults.empty()) return {};
  return invalid_argument("Where a film comes from, and since when, cannot be changed.", std::move(faults));
}

/// People give `views` as they see them, with those counted here; an edit stands for the sources' part, to
/// which the views counted here are added when it is shown, as they grow.
void take_off_local_views(Facts& wanted, const domain::Movie& movie) {
  wanted.views -= std::min(wanted.views, movie.local_views);
}

/// "duration" and "genre" are other spellings of two fields: the patch shall win against what is shown.
void use_text_forms(const json::object& patch, json::object& shown) {
  if (patch.contains("duration") && !patch.contains("duration_seconds")) shown.erase("duration_seconds");
  if (patch.contains("genre") && !patch.contains("genres")) shown.erase("genres");
}

bool names_field(const json::object& patch, std::string_view field) {
  if (patch.contains(view(field))) return true;
  return (field == "duration_seconds" && patch.contains("duration")) ||
         (field == "genres" && patch.contains("genre"));
}

void set_from(json::object& edits, std::string_view field, const json::object& values) {
  const json::value* value = values.if_contains(view(field));
  edits[view(field)] = value != nullptr ? *value : json::value(nullptr);
}

/// Edits that say the same are the same text.
std::string write_edits(const json::object& edits) {
  json::object ordered;
  for (const Field& field : kEditable) {
    const json::value* value = edits.if_contains(view(field.name));
    if (value != nullptr) ordered.emplace(view(field.name), *value);
  }
  for (const std::string_view name : kMemoryMembers) {
    const json::value* value = edits.if_contains(view(name));
    if (value != nullptr) ordered.emplace(view(name), *value);
  }
  return ordered.empty() ? std::string() : json::serialize(ordered);
}

}  // namespace

Result<void> apply_edits(Facts& facts, std::string_view edits) {
  if (edits.empty()) return {};
  Result<json::object> parsed = parse_object(edits);
  if (parsed.has_error()) return damaged(parsed.error());
  for (const std::string_view name : kMemoryMembers) parsed->erase(view(name));
  const json::value value(std::move(parsed).value());
  Result<Facts> wanted = api::facts_from_json(value);
  if (wanted.has_error()) return damaged(wanted.error());
  for (const Field& field : kEditable) {
    if (value.get_object().contains(view(field.name))) field.copy(facts, wanted.value());
  }
  return {};
}

Result<std::string> edits_after_patch(const domain::Movie& movie, std::string_view patch, Timestamp now) {
  FILMOTEKA_TRY(json::object changes, parse_object(patch));
  FILMOTEKA_CHECK(check_names(changes));
  for (const std::string_view name : kAssigned) changes.erase(view(name));
  json::value shown(object_of(movie.facts));
  use_text_forms(changes, shown.get_object());
  apply_merge_patch(shown, json::value(changes));
  FILMOTEKA_TRY(Facts wanted, api::facts_from_json(shown));
  FILMOTEKA_CHECK(check_fixed(movie, wanted));
  FILMOTEKA_CHECK(domain::validate(wanted, now));
  take_off_local_views(wanted, movie);
  FILMOTEKA_TRY(json::object edits, object_of_edits(movie));
  const json::object values = object_of(wanted);
  for (const Field& field : kEditable) {
    if (names_field(changes, field.name)) set_from(edits, field.name, values);
  }
  return write_edits(edits);
}

Result<std::string> edits_that_show(const domain::Movie& movie, const Facts& facts) {
  Facts wanted = facts;
  if (wanted.source.empty()) wanted.source = movie.facts.source;
  if (wanted.source_id.empty()) wanted.source_id = movie.facts.source_id;
  if (wanted.source_url.empty()) wanted.source_url = movie.facts.source_url;
  if (!wanted.added_at) wanted.added_at = movie.added_at;
  FILMOTEKA_CHECK(check_fixed(movie, wanted));
  take_off_local_views(wanted, movie);
  FILMOTEKA_TRY(json::object edits, object_of_edits(movie));
  const json::object values = object_of(wanted);
  for (const Field& field : kEditable) set_from(edits, field.name, values);
  return write_edits(edits);
}

Result<std::string> edits_without(const domain::Movie& movie, std::string_view field) {
  if (field == "duration") field = "duration_seconds";
  if (field == "genre") field = "genres";
  const bool all = field.empty();
  const auto is_meant = [&](const Field& one) {
    return all || one.name == field;
  };
  if (std::none_of(kEditable.begin(), kEditable.end(), is_meant)) {
    return not_found("A film has no field of this name that can be edited.");
  }
  FILMOTEKA_TRY(json::object edits, object_of_edits(movie));
  for (const Field& one : kEditable) {
    if (is_meant(one)) edits.erase(view(one.name));
  }
  return write_edits(edits);
}

}  // namespace filmoteka::metadata
