#include <gateway/core/answer/problems.hpp>
#include <gateway/core/limits/limit_headers.hpp>

#include <array>
#include <charconv>
#include <string>

namespace filmoteka::gateway {
namespace {

void append_number(std::string& text, std::uint32_t number) {
  std::array<char, 10> digits{};
  text.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr);
}

}  // namespace

void add_limit_headers(http::Response& response, const Limits& limits, RouteClass route_class,
                       const LimitVerdict& verdict) {
  response.headers.emplace_back("RateLimit-Policy", limits.policy(route_class));
  std::string& value = response.headers.emplace_back("RateLimit", std::string{}).second;
  value.reserve(32);
  value.append(1, '"').append(to_string(route_class)).append("\";r=");
  append_number(value, verdict.remaining);
  value.append(";t=");
  append_number(value, verdict.seconds);
}

http::Response limit_problem(const Limits& limits, RouteClass route_class, const LimitVerdict& verdict,
                             std::string_view request_id) {
  const std::string seconds = std::to_string(verdict.seconds);
  const Error error{ErrorCode::kTooManyRequests,
                    "You have made too many requests of this kind. The next one will be answered in " +
                        seconds + (verdict.seconds == 1 ? " second." : " seconds."),
                    {},
                    {}};
  http::Response response = api_problem(error, request_id);
  response.set_header("Retry-After", seconds);
  add_limit_headers(response, limits, route_class, verdict);
  return response;
}

}  // namespace filmoteka::gateway
