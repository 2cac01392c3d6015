/// Which questions cost metadata more than others.
#pragma once

#include <string_view>

namespace filmoteka::gateway {

/// A search, facets, or a page far down a list. `target`: path and query in normal form.
bool is_expensive(std::string_view target);

}  // namespace filmoteka::gateway
