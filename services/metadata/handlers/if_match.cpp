#include <filmoteka/base/strings.hpp>

#include <metadata/handlers/if_match.hpp>

#include <vector>

namespace filmoteka::metadata {
namespace {

Error malformed() {
  return invalid_argument(R"(The header If-Match must be * or a list of ETags like "17".)");
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

}  // namespace

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
    const std::string_view revision = tag->substr(0, tag->find('.'));
    if (const auto number = parse_number<domain::Revision>(revision)) revisions.push_back(*number);
    rest = trim(rest);
  }
  return RequiredRevision(std::move(revisions));
}

}  // namespace filmoteka::metadata
