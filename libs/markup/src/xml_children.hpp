/// Reading the children of an element by name. Internal.
#pragma once

#include <filmoteka/markup/document.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace filmoteka::markup {

/// Adds `text` under `key` unless it is empty or there is one already.
inline void put(boost::json::object& object, std::string_view key, std::string text) {
  if (!text.empty() && !object.contains(key)) object.emplace(key, std::move(text));
}

/// Adds `text` to the list under `key`.
inline void append(boost::json::object& object, std::string_view key, boost::json::value value) {
  if (!object.contains(key)) object.emplace(key, boost::json::array());
  object.at(key).as_array().push_back(std::move(value));
}

inline std::string attribute_of(const Element& element, std::string_view name) {
  return element.attribute(name).value_or(std::string());
}

}  // namespace filmoteka::markup
