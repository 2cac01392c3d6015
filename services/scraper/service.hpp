/// The scraper as a service: outbox, hand-over, runs, internal API.
#pragma once

#include <filmoteka/kit/service.hpp>

#include <scraper/settings.hpp>

#include <memory>
#include <string>

namespace filmoteka::scraper {

class Scraper final : public kit::Service {
 public:
  Scraper(Settings settings, const kit::Environment& environment);
  ~Scraper() override;

  std::string_view name() const override { return "scraper"; }
  /// Fails for a folder, database or port that can't be used. A faulty source definition does not keep the
  /// others from running: it is logged and shown by checks().
  Task<Result<void>> start() override;
  std::vector<kit::Check> checks() const override;
  Task<void> stop(Deadline deadline) override;

  /// "http://127.0.0.1:8082", after start().
  std::string base_url() const;

 private:
  class Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace filmoteka::scraper
