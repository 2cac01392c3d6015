#include <gateway/core/http_caching/freshness.hpp>
#include <gateway/core/http_caching/http_time.hpp>

#include <algorithm>
#include <array>

namespace filmoteka::gateway {
namespace {

using std::chrono::seconds;
using std::chrono::sys_seconds;

constexpr seconds kLongestGuess = std::chrono::hours(24);
constexpr int kShareOfAge = 10;

std::optional<sys_seconds> date_of(const Fields& response, std::string_view name, sys_seconds now) {
  const auto text = response.combined(name);
  return text ? parse_field_date(*text, now) : std::nullopt;
}

seconds age_field(const Fields& response) {
  const std::string text = response.combined("Age").value_or("");
  const auto elements = list_elements(text);
  return elements.empty() ? seconds{0} : parse_delta_seconds(elements.front()).value_or(seconds{0});
}

seconds guess(const Fields& response, sys_seconds date, sys_seconds now) {
  const auto modified = date_of(response, "Last-Modified", now);
  if (!modified || *modified >= date) return seconds{0};
  return std::min((date - *modified) / kShareOfAge, kLongestGuess);
}

}  // namespace

seconds initial_age(const Fields& response, const ExchangeTimes& times) {
  const sys_seconds date = date_of(response, "Date", times.response).value_or(times.response);
  const seconds apparent = std::max(seconds{0}, times.response - date);
  const seconds corrected = age_field(response) + (times.response - times.request);
  return std::max(apparent, corrected);
}

Lifetime freshness_lifetime(int status, const Fields& response, const ResponseDirectives& directives,
                            const ExchangeTimes& times) {
  if (directives.s_maxage) return {*directives.s_maxage, true};
  if (directives.max_age) return {*directives.max_age, true};
  const sys_seconds date = date_of(response, "Date", times.response).value_or(times.response);
  if (!directives.targeted && response.has("Expires")) {
    const auto expires = date_of(response, "Expires", times.response);
    return {expires ? std::max(seconds{0}, *expires - date) : seconds{0}, true};
  }
  const bool may_guess = is_heuristically_cacheable(status) || directives.is_public;
  if (!may_guess || response.has("Set-Cookie")) return {};
  return {guess(response, date, times.response), false};
}

bool is_heuristically_cacheable(int status) {
  constexpr std::array kStatuses = {200, 203, 204, 300, 301, 308, 404, 405, 410, 414, 501};
  return std::ranges::find(kStatuses, status) != kStatuses.end();
}

}  // namespace filmoteka::gateway
