#include <filmoteka/api/movie_json.hpp>

#include <boost/json/array.hpp>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/parse.hpp>
#include <metadata/adapters/text_list.hpp>

#include <array>

namespace filmoteka::metadata {

namespace json = boost::json;

std::string to_json_list(const std::vector<std::string>& texts) {
  std::string out = "[";
  for (const std::string& text : texts) {
    if (out.size() > 1) out += ',';
    api::append_string(out, text);
  }
  out += ']';
  return out;
}

Result<std::vector<std::string>> from_json_list(std::string_view text) {
  std::vector<std::string> texts;
  if (text == "[]") return texts;
  std::array<unsigned char, 2'048> buffer;  // NOLINT: the resource overwrites what it uses
  json::monotonic_resource memory(buffer.data(), buffer.size());
  json::error_code error;
  const json::value value = json::parse(json::string_view(text.data(), text.size()), error, &memory);
  const auto* array = error ? nullptr : value.if_array();
  if (array == nullptr) return corrupt("The catalogue's database is damaged.", "a list is no JSON array");
  texts.reserve(array->size());
  for (const json::value& entry : *array) {
    const auto* string = entry.if_string();
    if (string == nullptr) {
      return corrupt("The catalogue's database is damaged.", "a list has an entry that is no text");
    }
    texts.emplace_back(string->data(), string->size());
  }
  return texts;
}

}  // namespace filmoteka::metadata
