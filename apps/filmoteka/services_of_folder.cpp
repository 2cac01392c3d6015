#include <filmoteka/kit/data_folder.hpp>
#include <filmoteka/services_of_folder.hpp>

#include <metadata/service.hpp>
#include <scraper/service.hpp>

#include <memory>
#include <utility>

namespace filmoteka::app {
namespace {

/// A service on a free port, without a port of its own in the settings.
template <class ServiceSettings>
ServiceSettings on_free_port(ServiceSettings settings) {
  settings.server.host = "127.0.0.1";
  settings.server.port = 0;
  settings.server.access_log = false;
  return settings;
}

/// A scraper that learns where metadata listens when that has started.
class LocalScraper final : public kit::Service {
 public:
  LocalScraper(kit::Environment environment, scraper::Settings settings,
               const metadata::MetadataService& metadata)
      : environment_(std::move(environment)), settings_(std::move(settings)), metadata_(metadata) {}

  std::string_view name() const override { return "scraper"; }
  Task<Result<void>> start() override {
    settings_.metadata = metadata_.base_url();
    settings_.run_schedules = false;
    scraper_ = std::make_unique<scraper::Scraper>(settings_, environment_);
    return scraper_->start();
  }
  std::vector<kit::Check> checks() const override { return scraper_->checks(); }
  Task<void> stop(Deadline deadline) override { return scraper_->stop(deadline); }
  std::string base_url() const { return scraper_->base_url(); }

 private:
  kit::Environment environment_;
  scraper::Settings settings_;
  const metadata::MetadataService& metadata_;
  std::unique_ptr<scraper::Scraper> scraper_;
};

}  // namespace

Result<std::unique_ptr<http::Client>> make_client(Executor executor, const ServiceAddress& address) {
  http::ClientSettings settings;
  settings.token = address.token;
  return http::Client::make(executor, address.url, std::move(settings));
}

int with_services(Process& process, const Settings& settings, Needs needs,
                  std::function<Task<int>(ServiceAddresses)> work) {
  const std::string token = settings.token();
  const auto holder = kit::DataFolder::find_holder(settings.data());
  if (holder.has_error()) return complain(holder.error());
  if (holder->has_value() && needs == Needs::kOwnScraper)
    return complain(Error{ErrorCode::kConflict,
                          "The folder " + settings.data().string() +
                              " is being served. Stop that first, or name another folder with --data.",
                          {},
                          {}});
  if (holder->has_value()) {
    const ServiceAddresses addresses{{(*holder)->metadata, token}, {(*holder)->scraper, token}};
    return process.run_beside({}, [&] { return work(addresses); });
  }

  const auto folder = kit::DataFolder::open(settings.data());
  if (folder.has_error()) return complain(folder.error());
  metadata::MetadataService metadata(on_free_port(settings.metadata), process.environment("metadata"));
  if (needs == Needs::kMetadata) {
    return process.run_beside({&metadata}, [&] { return work({{metadata.base_url(), token}, {}}); });
  }
  LocalScraper scraper(process.environment("scraper"), on_free_port(settings.scraper), metadata);
  return process.run_beside({&metadata, &scraper}, [&] {
    return work({{metadata.base_url(), token}, {scraper.base_url(), token}});
  });
}

}  // namespace filmoteka::app
