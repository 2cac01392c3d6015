#include <metadata/core/query/found_items.hpp>
#include <metadata/core/query/page_json.hpp>
#include <metadata/core/query/projection.hpp>

#include <string_view>

namespace filmoteka::metadata {
namespace {

void append_member(std::string& out, std::string_view name, std::uint64_t value) {
  ((out += '"') += name) += "\":";
  out += std::to_string(value);
}

void append_cursor(std::string& out, std::string_view name, const std::optional<std::string>& cursor) {
  ((out += ",\"") += name) += "\":";
  out += cursor ? '"' + *cursor + '"' : "null";
}

}  // namespace

FilmJson json_of(const Snapshot& snapshot, const FilmRef& film) {
  return film.changed != nullptr ? snapshot.json(*film.changed->row) : snapshot.json(film.row);
}

void append_summaries(std::string& out, const Snapshot& snapshot, std::span<const FilmRef> films,
                      std::uint32_t fields) {
  constexpr std::size_t kDigits = 24;
  std::size_t size = out.size() + 512;
  for (const FilmRef& film : films) size += json_of(snapshot, film).summary.size() + kDigits;
  out.reserve(size);
  std::string whole;
  out += '[';
  for (const FilmRef& film : films) {
    if (out.back() != '[') out += ',';
    if (fields == 0) {
      append_summary(out, json_of(snapshot, film));
      continue;
    }
    whole.clear();
    append_summary(whole, json_of(snapshot, film));
    append_projection(out, whole, fields);
  }
  out += ']';
}

void append_page(std::string& out, const Snapshot& snapshot, std::span<const FilmRef> films,
                 const ListQuery& query, const TextMatches* text, const ListResult& result) {
  out += "{\"items\":";
  if (text != nullptr) {
    append_found_items(out, snapshot, films, query.fields, *text, query.explain);
  } else {
    append_summaries(out, snapshot, films, query.fields);
  }
  out += ",\"page\":{";
  query.cursor ? void(out += "\"number\":null") : append_member(out, "number", query.page);
  append_member(out += ',', "size", query.per_page);
  if (result.total) append_member(out += ',', "total", *result.total);
  if (result.pages) append_member(out += ',', "pages", *result.pages);
  append_cursor(out, "next_cursor", result.next_cursor);
  append_cursor(out, "prev_cursor", result.prev_cursor);
  out += '}';
  if (text != nullptr) append_corrections(out, *text);
  out += '}';
}

}  // namespace filmoteka::metadata
