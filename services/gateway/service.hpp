/// The gateway as a service: the only door that is open to the public.
#pragma once

#include <filmoteka/kit/service.hpp>

#include <gateway/settings.hpp>

#include <memory>
#include <string>

namespace filmoteka::gateway {

/// See kit::Service for its life.
class Gateway final : public kit::Service {
 public:
  Gateway(Settings settings, const kit::Environment& environment);
  ~Gateway() override;

  std::string_view name() const override { return "gateway"; }
  Task<Result<void>> start() override;
  std::vector<kit::Check> checks() const override;
  Task<void> stop(Deadline deadline) override;

  /// Takes over what may change while it serves (the settings marked live). On thread 0, between start and
  /// stop.
  void adopt(const Settings& settings);

  /// "http://127.0.0.1:8080", once it has started.
  std::string base_url() const;

 private:
  class Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace filmoteka::gateway
