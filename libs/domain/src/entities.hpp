/// The named and numeric character references of HTML.
#pragma once

#include <string>
#include <string_view>

namespace filmoteka::domain {

/// Decodes the entity at the front of `text` (which begins with '&') and takes it off; empty, with nothing
/// taken, if there is none.
std::string take_entity(std::string_view& text);

}  // namespace filmoteka::domain
