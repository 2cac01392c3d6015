#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <gateway/core/feed/changes.hpp>

namespace filmoteka::gateway {
namespace {

namespace json = boost::json;

Error not_a_feed(const char* what) {
  return corrupt("The catalogue's change feed cannot be understood.", what);
}

template <class Number>
bool read(const json::object& object, std::string_view name, Number& number) {
  const json::value* value = object.if_contains(json::string_view(name.data(), name.size()));
  if (value == nullptr || !value->is_number()) return false;
  json::error_code error;
  number = value->to_number<Number>(error);
  return !error;
}

}  // namespace

Result<Changes> parse_changes(std::string_view body) {
  json::error_code error;
  const json::value parsed = json::parse(json::string_view(body.data(), body.size()), error);
  const json::object* object = error ? nullptr : parsed.if_object();
  if (object == nullptr) return not_a_feed("no JSON object");
  Changes changes;
  const json::value* list = object->if_contains("changes");
  if (list == nullptr || !list->is_array() || !read(*object, "revision", changes.revision)) {
    return not_a_feed("no changes, or no revision");
  }
  for (const json::value& entry : list->get_array()) {
    FilmChange change;
    const json::object* film = entry.if_object();
    if (film == nullptr || !read(*film, "id", change.id) || !read(*film, "revision", change.revision)) {
      return not_a_feed("a change without film or revision");
    }
    changes.films.push_back(change);
  }
  return changes;
}

std::string film_group(std::int64_t id) {
  return "movie-" + std::to_string(id);
}

}  // namespace filmoteka::gateway
