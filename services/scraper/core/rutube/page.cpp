#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <scraper/core/pipeline/excerpt.hpp>
#include <scraper/core/rutube/page.hpp>

namespace filmoteka::scraper::rutube {
namespace {

namespace json = boost::json;

/// The text of {"detail": "…"} or {"detail": {"languages": [{"title": "…"}]}}.
std::string detail_text(const json::value& detail) {
  if (const json::string* text = detail.if_string()) return std::string(std::string_view(*text));
  const json::object* object = detail.if_object();
  const json::value* languages = object == nullptr ? nullptr : object->if_contains("languages");
  const json::array* list = languages == nullptr ? nullptr : languages->if_array();
  const json::object* first = list == nullptr || list->empty() ? nullptr : list->front().if_object();
  const json::value* title = first == nullptr ? nullptr : first->if_contains("title");
  return title != nullptr && title->is_string() ? std::string(std::string_view(title->get_string()))
                                                : excerpt_of(detail);
}

Page page_of_list(json::object& object, json::array& results) {
  Page page{.rows = std::move(results), .next = {}};
  const json::value* has_next = object.if_contains("has_next");
  const json::value* next = object.if_contains("next");
  const bool ends =
      (has_next != nullptr && has_next->is_bool() && !has_next->get_bool()) || page.rows.empty();
  if (!ends && next != nullptr && next->is_string() && !next->get_string().empty()) {
    page.next = std::string(std::string_view(next->get_string()));
  }
  return page;
}

/// "https://host:port" of an absolute URL, empty for anything else.
std::string_view origin_of(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return {};
  return url.substr(0, url.find_first_of("/?#", scheme + 3));
}

bool is_rutube(std::string_view origin) {
  return origin == "https://rutube.ru" || origin == "http://rutube.ru" || origin == "https://www.rutube.ru";
}

}  // namespace

Result<Page> parse_page(std::string_view body) {
  json::error_code error;
  json::value value = json::parse(body, error);
  if (error) return corrupt("The answer is not JSON: " + error.message() + ".", excerpt_of(body));
  if (json::array* rows = value.if_array()) return Page{.rows = std::move(*rows), .next = {}};
  json::object* object = value.if_object();
  if (object == nullptr) return corrupt("The answer is neither a list nor an object.", excerpt_of(body));
  json::value* results = object->if_contains("results");
  if (results != nullptr && results->is_array()) return page_of_list(*object, results->get_array());
  if (const json::value* detail = object->if_contains("detail")) return not_found(detail_text(*detail));
  if (object->contains("id") && object->contains("title"))
    return Page{.rows = {std::move(value)}, .next = {}};
  return corrupt("The answer has no list of results: the API has changed?", excerpt_of(body));
}

std::optional<std::string> next_url(std::string_view next, std::string_view page_url,
                                    std::string_view base_url) {
  const std::string base(origin_of(base_url));
  if (next.starts_with("//")) return next_url("https:" + std::string(next), page_url, base_url);
  if (const std::string_view origin = origin_of(next); !origin.empty()) {
    if (origin != base && !is_rutube(origin)) return std::nullopt;
    return base + std::string(next.substr(origin.size()));
  }
  if (next.starts_with('/')) return base + std::string(next);
  const std::string_view path = page_url.substr(0, page_url.find_first_of("?#"));
  if (next.starts_with('?')) return std::string(path) + std::string(next);
  return std::string(path.substr(0, path.rfind('/') + 1)) + std::string(next);
}

}  // namespace filmoteka::scraper::rutube
