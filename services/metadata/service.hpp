/// Metadata as a service: owns the films, answers every read from memory.
#pragma once

#include <filmoteka/kit/service.hpp>

#include <metadata/settings.hpp>

#include <memory>
#include <string>

namespace filmoteka::metadata {

/// See kit::Service for its life. Between start() and readiness it loads the catalogue; requests are answered
/// 503 with Retry-After until then.
class MetadataService final : public kit::Service {
 public:
  MetadataService(Settings settings, const kit::Environment& environment);
  ~MetadataService() override;

  std::string_view name() const override { return "metadata"; }
  /// Fails for a folder, database or port that can't be used, and for a database of a newer Filmoteka.
  Task<Result<void>> start() override;
  std::vector<kit::Check> checks() const override;
  Task<void> stop(Deadline deadline) override;

  /// "http://127.0.0.1:8081", once it has started.
  std::string base_url() const;

 private:
  class Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace filmoteka::metadata
