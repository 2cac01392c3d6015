#include <filmoteka/base/time_format.hpp>
#include <filmoteka/domain/validation.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <metadata/core/write/film_records.hpp>
#include <metadata/core/write/merge_memory.hpp>

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace filmoteka::metadata {
namespace {

namespace json = boost::json;

json::string_view view(std::string_view text) {
  return {text.data(), text.size()};
}

Error damaged(std::string detail) {
  return corrupt("The catalogue's database is damaged.", "edits of a film: " + std::move(detail));
}

Result<json::object> parse(std::string_view edits) {
  if (edits.empty()) return json::object();
  json::error_code error;
  json::value value = json::parse(view(edits), error);
  if (error || !value.is_object()) return damaged("no JSON object");
  return std::move(value.get_object());
}

std::string text_of(const json::object& members) {
  return members.empty() ? std::string() : json::serialize(members);
}

// What stands in the database was written by write_keys() and write_merged(); json::value's own checks throw
// on anything else, and read() makes an Error of that.

SourceKey read_key(const json::value& value) {
  const json::array& pair = value.as_array();
  return {json::value_to<std::string>(pair.at(0)), json::value_to<std::string>(pair.at(1))};
}

std::vector<SourceKey> read_keys(const json::value& value) {
  std::vector<SourceKey> keys;
  for (const json::value& one : value.as_array()) keys.push_back(read_key(one));
  return keys;
}

MergedFilm read_merged(const json::value& value) {
  const json::object& film = value.as_object();
  MergedFilm merged;
  merged.id = film.at("id").as_int64();
  merged.into = film.at("into").as_int64();
  merged.records = read_keys(film.at("records"));
  merged.edits = text_of(film.at("edits").as_object());
  merged.local_views = std::clamp<std::int64_t>(film.at("local_views").as_int64(), 0, domain::kMaxViews);
  const auto added_at = parse_rfc3339(json::value_to<std::string>(film.at("added_at")));
  if (!added_at) throw std::invalid_argument("added_at is no time");
  merged.added_at = *added_at;
  return merged;
}

json::array write_keys(const std::vector<SourceKey>& keys) {
  json::array array;
  for (const auto& [source, source_id] : keys) array.push_back(json::array{source, source_id});
  return array;
}

json::object write_merged(const MergedFilm& film) {
  json::object object;
  object["id"] = film.id;
  object["into"] = film.into;
  object["records"] = write_keys(film.records);
  object["edits"] = film.edits.empty() ? json::value(json::object()) : json::parse(view(film.edits));
  object["local_views"] = film.local_views;
  object["added_at"] = to_rfc3339(film.added_at);
  return object;
}

bool contains(const std::vector<SourceKey>& keys, SourceKeyView key) {
  return std::any_of(keys.begin(), keys.end(),
                     [&](const SourceKey& one) { return SourceKeyView(one) == key; });
}

void erase_key(std::vector<SourceKey>& keys, SourceKeyView key) {
  std::erase_if(keys, [&](const SourceKey& one) { return SourceKeyView(one) == key; });
}

/// The film, and all that had been merged into it.
std::vector<domain::MovieId> with_descendants(const MergeMemory& memory, domain::MovieId id) {
  std::vector<domain::MovieId> ids = {id};
  for (std::size_t i = 0; i < ids.size(); ++i) {
    for (const MergedFilm& film : memory.merged) {
      const bool is_known = std::find(ids.begin(), ids.end(), film.id) != ids.end();
      if (film.into == ids[i] && !is_known) ids.push_back(film.id);
    }
  }
  return ids;
}

}  // namespace

Result<MergeMemory> memory_of(std::string_view edits) {
  MergeMemory memory;
  if (edits.empty()) return memory;
  FILMOTEKA_TRY(const json::object members, parse(edits));
  try {
    if (const json::value* merged = members.if_contains("merged")) {
      for (const json::value& film : merged->as_array()) memory.merged.push_back(read_merged(film));
    }
    if (const json::value* apart = members.if_contains("apart")) memory.apart = read_keys(*apart);
  } catch (const std::exception& failure) {
    return damaged(failure.what());
  }
  return memory;
}

Result<std::string> with_memory(std::string_view edits, const MergeMemory& memory) {
  FILMOTEKA_TRY(json::object members, parse(edits));
  for (const std::string_view name : kMemoryMembers) members.erase(view(name));
  if (!memory.merged.empty()) {
    json::array merged;
    for (const MergedFilm& film : memory.merged) merged.push_back(write_merged(film));
    members["merged"] = std::move(merged);
  }
  if (!memory.apart.empty()) members["apart"] = write_keys(memory.apart);
  return text_of(members);
}

std::int64_t views_of_merged(const MergeMemory& memory) {
  std::int64_t views = 0;
  for (const MergedFilm& film : memory.merged) views = std::min(domain::kMaxViews, views + film.local_views);
  return views;
}

bool is_apart(std::string_view edits, SourceKeyView record) {
  if (edits.find("\"apart\"") == std::string_view::npos) return false;
  const Result<MergeMemory> memory = memory_of(edits);
  return memory.has_value() && contains(memory->apart, record);
}

Result<MergeMemory> memory_after_merge(const domain::Movie& film, const domain::Movie& other) {
  FILMOTEKA_TRY(MergeMemory memory, memory_of(film.edits));
  FILMOTEKA_TRY(MergeMemory others, memory_of(other.edits));
  MergedFilm joined{other.id, film.id, {}, {}, other.local_views, other.added_at};
  for (const domain::MovieFacts& record : records_of(other)) joined.records.push_back(to_key(key_of(record)));
  FILMOTEKA_TRY(joined.edits, with_memory(other.edits, {{}, others.apart}));
  memory.merged.push_back(std::move(joined));
  memory.merged.insert(memory.merged.end(), others.merged.begin(), others.merged.end());
  for (const SourceKey& key : others.apart) {
    if (!contains(memory.apart, key)) memory.apart.push_back(key);
  }
  for (const domain::Movie* one : {&film, &other}) {
    for (const domain::MovieFacts& record : records_of(*one)) erase_key(memory.apart, key_of(record));
  }
  return memory;
}

std::optional<Unmerged> take_merged(MergeMemory& memory, domain::MovieId remembering, SourceKeyView key) {
  const auto is_of_key = [&key](const MergedFilm& film) {
    return !film.records.empty() && SourceKeyView(film.records.front()) == key;
  };
  // Of films within films that had the same main record the outermost: merges are undone in their order.
  auto found = std::find_if(memory.merged.begin(), memory.merged.end(), [&](const MergedFilm& film) {
    return film.into == remembering && is_of_key(film);
  });
  if (found == memory.merged.end())
    found = std::find_if(memory.merged.begin(), memory.merged.end(), is_of_key);
  if (found == memory.merged.end()) return std::nullopt;
  Unmerged unmerged{std::move(*found), {}};
  memory.merged.erase(found);
  const std::vector<domain::MovieId> ids = with_descendants(memory, unmerged.film.id);
  const auto stays = std::stable_partition(
      memory.merged.begin(), memory.merged.end(),
      [&](const MergedFilm& film) { return std::find(ids.begin(), ids.end(), film.id) == ids.end(); });
  unmerged.memory.merged.assign(std::make_move_iterator(stays), std::make_move_iterator(memory.merged.end()));
  memory.merged.erase(stays, memory.merged.end());
  for (const SourceKey& record : unmerged.film.records) take_record(memory, record);
  return unmerged;
}

void take_record(MergeMemory& memory, SourceKeyView key) {
  for (MergedFilm& film : memory.merged) erase_key(film.records, key);
  if (!contains(memory.apart, key)) memory.apart.push_back(to_key(key));
}

}  // namespace filmoteka::metadata
