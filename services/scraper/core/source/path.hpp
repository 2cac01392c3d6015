/// A place inside a record: "title", "object.genres[0].name"; with a `$` in front a place in its context:
/// "$url", "$item.title". A key that itself contains a dot or a bracket is found too when the whole text is a
/// key of the record.
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <scraper/core/source/record.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace filmoteka::scraper {

class Path {
 public:
  /// nullopt for an empty step, a bracket without a number, or a `$name` that there is not (see
  /// Record::context).
  static std::optional<Path> parse(std::string_view text);

  /// The value there; null pointer if there is none.
  const boost::json::value* find(const Record& record) const;
  /// The same in a value without context: null unless it is an object.
  const boost::json::value* find(const boost::json::value& value) const;

  const std::string& text() const { return text_; }
  bool is_of_context() const { return text_.starts_with('$'); }

 private:
  using Step = std::variant<std::string, std::size_t>;
  const boost::json::value* walk(const boost::json::object& object) const;

  std::string text_;
  std::vector<Step> steps_;
};

}  // namespace filmoteka::scraper
