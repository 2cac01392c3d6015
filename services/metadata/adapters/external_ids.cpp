#include <filmoteka/api/movie_json.hpp>

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <metadata/adapters/external_ids.hpp>

#include <algorithm>

namespace filmoteka::metadata {

namespace json = boost::json;

std::string ids_to_json(const std::vector<domain::ExternalId>& ids) {
  std::string out = "{";
  for (const domain::ExternalId& id : ids) {
    if (out.size() > 1) out += ',';
    api::append_string(out, id.kind);
    out += ':';
    api::append_string(out, id.value);
  }
  out += '}';
  return out;
}

Result<std::vector<domain::ExternalId>> ids_from_json(std::string_view text) {
  std::vector<domain::ExternalId> ids;
  if (text == "{}") return ids;
  json::error_code error;
  const json::value value = json::parse(json::string_view(text.data(), text.size()), error);
  const auto* object = error ? nullptr : value.if_object();
  if (object == nullptr) return corrupt("The catalogue's database is damaged.", "ids are no JSON object");
  for (const auto& member : *object) {
    const auto* string = member.value().if_string();
    if (string == nullptr) return corrupt("The catalogue's database is damaged.", "an id is no text");
    ids.push_back({std::string(member.key()), std::string(string->data(), string->size())});
  }
  std::sort(ids.begin(), ids.end());
  return ids;
}

}  // namespace filmoteka::metadata
