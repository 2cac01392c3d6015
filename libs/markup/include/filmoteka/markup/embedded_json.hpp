/// The data that a page gives to its own scripts.
#pragma once

#include <filmoteka/markup/document.hpp>

#include <boost/json/value.hpp>

#include <optional>
#include <string_view>

namespace filmoteka::markup {

/// By name: the content of <script id="NAME">, or what is assigned in a script: `window.NAME = {…}`, `var
/// NAME = […]`. JavaScript's \xNN inside of texts is understood. nullopt: there is none, or it is no JSON.
std::optional<boost::json::value> embedded_json(const Document& page, std::string_view name);

}  // namespace filmoteka::markup
