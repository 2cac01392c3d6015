#include "json_reader.hpp"

#include <filmoteka/api/json_body.hpp>
#include <filmoteka/base/strings.hpp>

#include <utility>

namespace filmoteka::api {

Result<boost::json::value> object_from_body(std::string_view body) {
  JsonReader reader;
  FILMOTEKA_TRY(ParsedValue parsed, reader.take(body, {}));
  if (!trim(body).empty()) return invalid_argument("There is something after the end of the JSON object.");
  if (!parsed.value.is_object()) return invalid_argument("The body must be a JSON object.");
  if (parsed.repeated_keys.empty()) return std::move(parsed.value);
  Error error = invalid_argument("The body has fields that appear more than once.");
  for (const std::string& key : parsed.repeated_keys) {
    error.fields.push_back({{}, member_pointer(key), "appears more than once"});
  }
  return error;
}

}  // namespace filmoteka::api
