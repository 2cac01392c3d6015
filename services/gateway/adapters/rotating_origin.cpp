#include <gateway/adapters/rotating_origin.hpp>

#include <utility>

namespace filmoteka::gateway {

Task<Result<OriginAnswer>> RotatingOrigin::send(const OriginRequest& request) {
  auto sending = servers_[asked_]->send(request);
  Result<OriginAnswer> answer = co_await std::move(sending);
  if (answer.has_error() || answer->status >= 500) asked_ = (asked_ + 1) % servers_.size();
  co_return answer;
}

}  // namespace filmoteka::gateway
