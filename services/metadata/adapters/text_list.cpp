#include <filmoteka/api/movie_json.hpp>

#include <boost/json/array.hpp>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/parse.hpp>
#include <metadata/adapters/text_list.hpp>

#include <array>
#include <optional>
#include <utility>

namespace filmoteka::metadata {

namespace json = boost::json;

namespace {

/// Takes `"text"` from the front; nullopt if there is none, or one with escapes.
std::optional<std::string_view> take_plain_text(std::string_view& json) {
  if (!json.starts_with('"')) return std::nullopt;
  const std::size_t end = json.find_first_of("\"\\", 1);
  if (end == std::string_view::npos || json[end] != '"') return std::nullopt;
  const std::string_view text = json.substr(1, end - 1);
  json.remove_prefix(end + 1);
  return text;
}

/// Nearly all lists are as to_json_list() writes them and without escapes: they need no parser. nullopt for
/// any other.
std::optional<std::vector<std::string>> plain_list(std::string_view json) {
  std::vector<std::string> texts;
  if (!json.starts_with('[')) return std::nullopt;
  for (;;) {
    json.remove_prefix(1);
    const auto text = take_plain_text(json);
    if (!text || json.empty()) return std::nullopt;
    texts.emplace_back(*text);
    if (json == "]") return texts;
    if (json.front() != ',') return std::nullopt;
  }
}

}  // namespace

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
  if (auto plain = plain_list(text)) return std::move(*plain);
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
