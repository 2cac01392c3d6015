#include <filmoteka/fetch/allowed_hosts.hpp>

#include <algorithm>

namespace filmoteka::fetch {

bool is_allowed_host(std::string_view host, const std::vector<std::string>& allowed) {
  return std::any_of(allowed.begin(), allowed.end(), [host](const std::string& one) {
    if (!one.starts_with('.')) return host == one;
    return host.ends_with(one) || host == std::string_view(one).substr(1);
  });
}

}  // namespace filmoteka::fetch
