/// Which hosts a source may lead to. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::fetch {

/// Whether `host` (lower case) is one of `allowed`: "example.org", or ".example.org" for it and all below it.
bool is_allowed_host(std::string_view host, const std::vector<std::string>& allowed);

}  // namespace filmoteka::fetch
