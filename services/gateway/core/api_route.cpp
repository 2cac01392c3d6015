#include <filmoteka/base/strings.hpp>
#include <filmoteka/http/query.hpp>

#include <gateway/core/api_route.hpp>
#include <gateway/core/request/parameters.hpp>

namespace filmoteka::gateway {

Result<std::string> normal_target(const ApiRoute& route, const http::Request& request) {
  FILMOTEKA_TRY(const std::string query, normal_query(request.query, route.parameters));
  std::string target(route.path);
  if (!request.path_values.empty()) {
    const std::size_t open = target.find('{');
    const std::size_t close = target.find('}', open);
    target.replace(open, close - open + 1, http::encode_component(request.path_values.front()));
  }
  if (!query.empty()) target.append(1, '?').append(query);
  return target;
}

std::string key_of(std::string_view target) {
  return std::string(kPublicPrefix).append(target);
}

std::string public_links(std::string_view link_header) {
  std::string links;
  while (!link_header.empty()) {
    // A new link begins at ", <": commas may also stand inside of an address.
    const std::size_t next = link_header.find(", <");
    std::string_view link = trim(link_header.substr(0, next));
    link_header.remove_prefix(next == std::string_view::npos ? link_header.size() : next + 2);
    std::string_view prefix;
    if (link.starts_with("</internal/v1/")) {
      link.remove_prefix(1 + kInternalPrefix.size());
      prefix = kPublicPrefix;
    } else if (link.starts_with("<?")) {
      link.remove_prefix(1);
    } else {
      continue;
    }
    if (!links.empty()) links += ", ";
    links.append("<").append(prefix).append(link);
  }
  return links;
}

}  // namespace filmoteka::gateway
