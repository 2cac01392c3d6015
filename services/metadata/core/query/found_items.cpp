#include <boost/json.hpp>
#include <metadata/core/query/found_items.hpp>
#include <metadata/core/query/page_json.hpp>
#include <metadata/core/query/projection.hpp>
#include <metadata/core/search/highlight.hpp>

#include <optional>
#include <string_view>

namespace filmoteka::metadata {
namespace {

namespace json = boost::json;

TextRank rank_of(const TextMatches& text, const FilmRef& film) {
  return film.changed != nullptr ? text.rank(*film.changed) : text.rank(film.row);
}

std::optional<std::string_view> text_member(const json::object& summary, std::string_view name) {
  const json::value* value = summary.if_contains(name);
  if (value == nullptr || !value->is_string()) return std::nullopt;
  return std::string_view(value->get_string());
}

}  // namespace

void append_found_items(std::string& out, const Snapshot& snapshot, std::span<const FilmRef> films,
                        std::uint32_t fields, const TextMatches& text, bool explain) {
  Highlighter highlighter(text.query());
  std::string whole;
  out += '[';
  for (const FilmRef& film : films) {
    whole.clear();
    append_summary(whole, json_of(snapshot, film));
    const json::value summary = json::parse(whole);
    const std::string_view title = text_member(summary.get_object(), "title").value_or("");
    const auto original = text_member(summary.get_object(), "original_title");
    if (out.back() != '[') out += ',';
    fields == 0 ? void(out += whole) : append_projection(out, whole, fields);
    out.pop_back();
    if (out.back() != '{') out += ',';
    highlighter.append_highlight(out += "\"highlight\":", title, original);
    if (explain) highlighter.append_explain(out += ",\"explain\":", rank_of(text, film), title, original);
    out += '}';
  }
  out += ']';
}

void append_corrections(std::string& out, const TextMatches& text) {
  if (!text.correction()) return;
  const json::object corrections{{"q", text.correction()->q}, {"reason", text.correction()->reason}};
  out += ",\"corrections\":" + json::serialize(corrections);
}

}  // namespace filmoteka::metadata
