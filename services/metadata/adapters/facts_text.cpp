#include <filmoteka/api/movie_json.hpp>

#include <boost/json/parse.hpp>
#include <metadata/adapters/facts_text.hpp>

namespace filmoteka::metadata {

namespace json = boost::json;

std::string facts_to_text(const domain::MovieFacts& facts) {
  std::string text;
  api::append_facts(text, facts);
  return text;
}

Result<domain::MovieFacts> facts_from_text(std::string_view text) {
  json::error_code error;
  const json::value value = json::parse(json::string_view(text.data(), text.size()), error);
  if (error)
    return corrupt("The catalogue's database is damaged.", "a record is no JSON: " + error.message());
  Result<domain::MovieFacts> facts = api::facts_from_json(value);
  if (facts.has_value()) return facts;
  return corrupt("The catalogue's database is damaged.", "a record: " + describe(facts.error()));
}

}  // namespace filmoteka::metadata
