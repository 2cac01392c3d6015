#include <filmoteka/base/strings.hpp>

#include <metadata/handlers/if_match.hpp>

#include <vector>

namespace filmoteka::metadata {
namespace {

Error malformed() {
  return invalid_argument(R"(The header If-Match must be * or a list of ETags like "17".)",
                          {{"If-Match", {}, R"(must be * or a list of ETags like "17")"}});
}

// Takes one entity-tag off the front of `text`; nullopt if there is none.
std::optional<std::string_view> take_tag(std::string_view& text) {
  const bool is_weak = text.starts_with("W/");
  const std::size_t open = is_weak ? 2 : 0;
  if (text.size() <= open || text[open] != '"') return std::nullopt;
  const std::size_t close = text.find('"', open + 1);
  if (close == std::string_view::npos) return std::nullopt;
  const std::string_view tag = text.substr(open + 1, close - open - 1);
  text.remove_prefix(close + 1);
  return is_weak ? std::string_view() : tag;
}

/// Of "REVISION" or "REVISION.VIEWS"; nullopt for a tag of another make.
std::optional<domain::Revision> revision_of(std::string_view tag) {
  const std::size_t point = tag.find('.');
  const bool has_views = point != std::string_view::npos;
  if (has_views && !parse_number<std::int64_t>(tag.substr(point + 1))) return std::nullopt;
  return parse_number<domain::Revision>(tag.substr(0, point));
}

}  // namespace

std::optional<std::string> if_match_of(const http::Request& request) {
  std::optional<std::string> list;
  for (const http::HeaderView& header : request.headers) {
    if (!equals_ignore_case_ascii(header.name, "If-Match")) continue;
    list ? list->append(",").append(header.value) : list.emplace(header.value);
  }
  return list;
}

std::string etag_of(const FoundMovie& movie) {
  return '"' + std::to_string(movie.revision) + '.' + std::to_string(movie.views) + '"';
}

Result<RequiredRevision> parse_if_match(std::optional<std::string_view> header) {
  if (!header) return RequiredRevision();
  std::string_view rest = trim(*header);
  if (rest == "*") return RequiredRevision();
  std::vector<domain::Revision> revisions;
  for (bool first = true; first || !rest.empty(); first = false) {
    if (!first) {
      if (rest.front() != ',') return malformed();
      rest = trim(rest.substr(1));
    }
    const auto tag = take_tag(rest);
    if (!tag) return malformed();
    if (const auto revision = revision_of(*tag)) revisions.push_back(*revision);
    rest = trim(rest);
  }
  return RequiredRevision(std::move(revisions));
}

}  // namespace filmoteka::metadata
