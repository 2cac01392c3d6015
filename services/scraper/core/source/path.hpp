/// A place inside a record: "title", "object.genres[0].name". A key that itself contains a dot or a bracket
/// is found too when the whole text is a key of the record.
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace filmoteka::scraper {

class Path {
 public:
  /// nullopt for an empty step or a bracket without a number.
  static std::optional<Path> parse(std::string_view text);

  /// The value there; null pointer if there is none.
  const boost::json::value* find(const boost::json::object& record) const;
  /// The same from any value: null unless it is an object.
  const boost::json::value* find(const boost::json::value& value) const;

 private:
  using Step = std::variant<std::string, std::size_t>;
  std::string text_;
  std::vector<Step> steps_;
};

}  // namespace filmoteka::scraper
