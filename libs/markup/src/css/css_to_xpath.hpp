/// CSS selectors (https://www.w3.org/TR/selectors-4/) as XPath 1.0. Internal.
#pragma once

#include <filmoteka/base/result.hpp>

#include <string>
#include <string_view>

namespace filmoteka::markup {

/// An expression that gives, for a context element, it and its descendants that match; ancestors outside of
/// it count for combinators, as in the DOM's querySelectorAll.
Result<std::string> css_to_xpath(std::string_view selector);

}  // namespace filmoteka::markup
