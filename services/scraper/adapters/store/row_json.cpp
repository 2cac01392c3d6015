#include <filmoteka/api/movie_json.hpp>

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <scraper/adapters/store/row_json.hpp>

namespace filmoteka::scraper {

namespace json = boost::json;

namespace {

using Tally = std::map<std::string, std::uint64_t, std::less<>>;

json::object tally_to_json(const Tally& tally) {
  json::object object;
  for (const auto& [code, count] : tally) object[code] = count;
  return object;
}

std::uint64_t number(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  json::error_code error;
  const auto result = value != nullptr ? value->to_number<std::uint64_t>(error) : 0;
  return error ? 0 : result;
}

Tally tally_from_json(const json::object& object, std::string_view name) {
  Tally tally;
  const auto* value = object.if_contains(name);
  if (value == nullptr || !value->is_object()) return tally;
  for (const auto& entry : value->as_object())
    tally[std::string(entry.key())] = number(value->as_object(), entry.key());
  return tally;
}

std::string text(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string{};
}

}  // namespace

std::string counts_to_json(const Counts& counts) {
  return json::serialize(json::object{{"fetched", counts.fetched},
                                      {"found", counts.found},
                                      {"films", counts.films},
                                      {"rejected", counts.rejected},
                                      {"rejected_by_reason", tally_to_json(counts.rejected_by_reason)},
                                      {"warnings", tally_to_json(counts.warnings)}});
}

Counts counts_from_json(std::string_view text) {
  json::error_code error;
  const auto value = json::parse(text, error);
  Counts counts;
  if (error || !value.is_object()) return counts;
  const auto& object = value.as_object();
  counts.fetched = number(object, "fetched");
  counts.found = number(object, "found");
  counts.films = number(object, "films");
  counts.rejected = number(object, "rejected");
  counts.rejected_by_reason = tally_from_json(object, "rejected_by_reason");
  counts.warnings = tally_from_json(object, "warnings");
  return counts;
}

std::string observations_to_json(const Run& run) {
  const auto& seen = run.observations;
  json::array complaints;
  for (const auto& complaint : run.complaints) complaints.emplace_back(complaint);
  return json::serialize(json::object{{"pages", seen.pages},
                                      {"films", seen.films},
                                      {"distinct_titles", seen.distinct_titles},
                                      {"filled", tally_to_json(seen.filled)},
                                      {"full", seen.full},
                                      {"complaints", std::move(complaints)}});
}

void observations_from_json(std::string_view text, Run& run) {
  json::error_code error;
  const auto value = json::parse(text, error);
  if (error || !value.is_object()) return;
  const auto& object = value.as_object();
  auto& seen = run.observations;
  seen.pages = number(object, "pages");
  seen.films = number(object, "films");
  seen.distinct_titles = number(object, "distinct_titles");
  seen.filled = tally_from_json(object, "filled");
  const auto* full = object.if_contains("full");
  seen.full = full != nullptr && full->is_bool() && full->as_bool();
  const auto* complaints = object.if_contains("complaints");
  if (complaints == nullptr || !complaints->is_array()) return;
  for (const auto& complaint : complaints->as_array())
    if (complaint.is_string()) run.complaints.emplace_back(complaint.as_string());
}

std::string reasons_to_json(const std::vector<Reason>& reasons) {
  json::array array;
  for (const auto& reason : reasons)
    array.push_back(json::object{{"code", reason.code}, {"detail", reason.detail}});
  return json::serialize(array);
}

std::vector<Reason> reasons_from_json(std::string_view source) {
  json::error_code error;
  const auto value = json::parse(source, error);
  std::vector<Reason> reasons;
  if (error || !value.is_array()) return reasons;
  for (const auto& entry : value.as_array())
    if (entry.is_object())
      reasons.push_back({text(entry.as_object(), "code"), text(entry.as_object(), "detail")});
  return reasons;
}

std::string film_to_json(const domain::MovieFacts& film) {
  std::string out;
  api::append_facts(out, film);
  return out;
}

Result<domain::MovieFacts> film_from_json(std::string_view source) {
  json::error_code error;
  const auto value = json::parse(source, error);
  if (error) return corrupt("A film in the outbox cannot be read.", error.message());
  return api::facts_from_json(value);
}

}  // namespace filmoteka::scraper
