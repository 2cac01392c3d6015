/// Several servers of which one is enough: for calls that take long on purpose, and would tell a balancer
/// nothing.
#pragma once

#include <gateway/core/origin.hpp>

#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

namespace filmoteka::gateway {

/// Asks one server until it fails, then the next. Used on one thread only.
class RotatingOrigin final : public Origin {
 public:
  /// At least one.
  explicit RotatingOrigin(std::vector<std::unique_ptr<Origin>> servers) : servers_(std::move(servers)) {}
  Task<Result<OriginAnswer>> send(const OriginRequest& request) override;

 private:
  std::vector<std::unique_ptr<Origin>> servers_;
  std::size_t asked_ = 0;
};

}  // namespace filmoteka::gateway
