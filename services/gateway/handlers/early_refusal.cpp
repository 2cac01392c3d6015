#include <gateway/core/answer/problems.hpp>
#include <gateway/core/limits/expense.hpp>
#include <gateway/handlers/early_refusal.hpp>

namespace filmoteka::gateway {

std::optional<http::Response> EarlyRefusal::refuse(const ApiRoute& route,
                                                   const http::Request& request) const {
  const Load load = load_.least();
  if (load == Load::kNormal) return std::nullopt;
  const Result<std::string> target = normal_target(route, request);
  if (target.has_error()) return std::nullopt;
  const bool expensive = is_expensive(*target);
  if (!Shedding::would_turn_away(load, expensive)) return std::nullopt;
  if (cache_.keeps(key_of(*target), request.headers, clock_.steady_now())) return std::nullopt;
  shedding_.turns_away(load, expensive);
  return api_problem(Shedding::too_much_to_do(), request.request_id);
}

}  // namespace filmoteka::gateway
