/// The blocks `request:` and `paging:` of a definition.
#pragma once

#include <filmoteka/config/yaml.hpp>

#include <scraper/core/source/compilation.hpp>
#include <scraper/core/source/web_source.hpp>

#include <string>

namespace filmoteka::scraper {

/// Whose request it is: what may stand in its braces.
enum class RequestUse { kList, kDetails };

/// A text (the URL of a GET), or an object. `place` is "request" or "details.request".
RequestTemplate read_request(const config::YamlNode& node, const std::string& place, RequestUse use,
                             Compilation& compilation);

Paging read_paging(const config::YamlNode& node, Compilation& compilation);

/// Faults each value of the walk that is named but not made, or made but not named: {page} without
/// `paging.page`.
void check_walk(const RequestTemplate& request, const Paging& paging, int line, Compilation& compilation);

}  // namespace filmoteka::scraper
