#include <filmoteka/base/strings.hpp>

#include <gateway/core/http_caching/invalidation.hpp>
#include <gateway/core/http_caching/structured_fields.hpp>

#include <algorithm>
#include <optional>

namespace filmoteka::gateway {
namespace {

/// Path and query of a reference (RFC 3986, 4.2) seen from `target`; nullopt if it leads elsewhere.
/// References with dot segments are not followed: nobody writes them into these fields.
std::optional<std::string> own_target(std::string_view reference, std::string_view target,
                                      std::string_view host) {
  reference = trim(reference.substr(0, reference.find('#')));
  for (const std::string_view scheme : {"http:", "https:"}) {
    if (reference.size() > scheme.size() &&
        equals_ignore_case_ascii(reference.substr(0, scheme.size()), scheme)) {
      reference.remove_prefix(scheme.size());
      if (!reference.starts_with("//")) return std::nullopt;
      break;
    }
  }
  if (reference.starts_with("//")) {
    reference.remove_prefix(2);
    const std::size_t end = std::min(reference.find_first_of("/?"), reference.size());
    if (!equals_ignore_case_ascii(reference.substr(0, end), host)) return std::nullopt;
    reference.remove_prefix(end);
    return reference.starts_with('/') ? std::string(reference) : "/" + std::string(reference);
  }
  if (reference.empty() || reference.starts_with('/'))
    return std::string(reference.empty() ? target : reference);
  const std::string_view path = target.substr(0, target.find('?'));
  if (reference.starts_with('?')) return std::string(path).append(reference);
  if (reference.find(':') < reference.find_first_of("/?")) return std::nullopt;  // another scheme
  return std::string(path.substr(0, path.rfind('/') + 1)).append(reference);
}

}  // namespace

bool is_safe(std::string_view method) {
  return method == "GET" || method == "HEAD" || method == "OPTIONS" || method == "TRACE";
}

std::vector<std::string> invalidated_targets(std::string_view target, std::string_view host, int status,
                                             const Fields& response) {
  std::vector<std::string> targets;
  if (status < 200 || status >= 400) return targets;
  targets.emplace_back(target);
  for (const char* field : {"Location", "Content-Location"}) {
    const auto reference = response.first(field);
    if (!reference) continue;
    if (auto own = own_target(*reference, target, host)) targets.push_back(std::move(*own));
  }
  return targets;
}

std::vector<std::string> group_names(const Fields& response, std::string_view field) {
  std::vector<std::string> names;
  const auto list = structured::parse_list(response.combined(field).value_or(""));
  if (!list) return names;
  for (const structured::Value& member : *list) {
    const auto* name = std::get_if<std::string>(&member);
    if (name != nullptr && !name->empty()) names.push_back(*name);
  }
  return names;
}

}  // namespace filmoteka::gateway
