#include <filmoteka/async/blocking_pool.hpp>
#include <filmoteka/async/task_group.hpp>

#include <metadata/adapters/sqlite_store.hpp>
#include <metadata/core/live/live_catalogue.hpp>
#include <metadata/routes.hpp>
#include <metadata/service.hpp>

#include <atomic>
#include <filesystem>
#include <optional>
#include <utility>

namespace filmoteka::metadata {

class MetadataService::Parts {
 public:
  Parts(Settings settings, const kit::Environment& environment)
      : settings_(std::move(settings)),
        environment_(environment),
        compute_("metadata-cpu", settings_.compute_threads),
        catalogue_(environment.runtime, compute_, environment.log, environment.metrics),
        background_(environment.runtime.executor(0)),
        serving_(environment.runtime.executor(0)) {}

  Task<Result<void>> start();
  Task<void> stop(Deadline deadline);
  std::vector<kit::Check> checks() const;
  std::string base_url() const;

 private:
  Result<std::unique_ptr<Store>> open_store();
  Result<void> serve();
  Task<void> close_store();

  Settings settings_;
  kit::Environment environment_;
  std::atomic<bool> stopping_{false};
  BlockingPool compute_;
  LiveCatalogue catalogue_;
  std::unique_ptr<Store> store_;
  std::optional<UpsertMovies> upsert_movies_;
  std::optional<ListChanges> list_changes_;
  http::Router router_;
  std::unique_ptr<http::Server> server_;
  TaskGroup background_;
  TaskGroup serving_;
};

Result<std::unique_ptr<Store>> MetadataService::Parts::open_store() {
  FILMOTEKA_TRY(const std::filesystem::path file, database_file(settings_));
  std::error_code error;
  if (file.has_parent_path()) std::filesystem::create_directories(file.parent_path(), error);
  if (error) {
    return unavailable("The folder " + file.parent_path().string() + " cannot be made: " + error.message() +
                       ". Choose another with --data.");
  }
  auto listener = [this](std::span<const Change> changes) {
    catalogue_.enter(changes);
  };
  return open_sqlite_store(file, environment_.clock, environment_.metrics, listener);
}

Result<void> MetadataService::Parts::serve() {
  upsert_movies_.emplace(*store_, compute_, environment_.clock, environment_.metrics);
  list_changes_.emplace(*store_, catalogue_.revisions());
  add_routes(router_, {catalogue_, *upsert_movies_, *list_changes_});
  FILMOTEKA_TRY(server_, http::Server::make(environment_.runtime, settings_.server, router_, environment_.log,
                                            environment_.metrics));
  serving_.spawn(server_->run());
  return {};
}

Task<Result<void>> MetadataService::Parts::start() {
  auto open = [this] {
    return open_store();
  };
  auto opening = compute_.run(std::move(open));
  FILMOTEKA_CO_TRY(store_, co_await std::move(opening));
  Result<void> served = serve();
  if (served.has_error()) {
    auto closing = close_store();
    co_await std::move(closing);
    co_return served;
  }
  background_.spawn(catalogue_.load(*store_));
  background_.spawn(catalogue_.run());
  co_return Result<void>();
}

Task<void> MetadataService::Parts::close_store() {
  // Closing writes the log back into the file: not on an I/O thread.
  auto close = [this] {
    store_.reset();
  };
  auto closing = compute_.run(std::move(close));
  co_await std::move(closing);
}

Task<void> MetadataService::Parts::stop(Deadline deadline) {
  stopping_ = true;
  catalogue_.revisions().close();
  server_->stop(deadline);
  auto served = serving_.join();
  co_await std::move(served);
  background_.cancel();
  auto ended = background_.join();
  co_await std::move(ended);
  auto closing = close_store();
  co_await std::move(closing);
}

std::vector<kit::Check> MetadataService::Parts::checks() const {
  const bool serving = !stopping_;
  return {{"serving", serving, serving ? "ok" : "metadata is stopping"},
          {"catalogue", catalogue_.phase() == Phase::kReady, catalogue_.describe_phase()}};
}

std::string MetadataService::Parts::base_url() const {
  const std::string& host = settings_.server.host;
  const bool is_ipv6 = host.find(':') != std::string::npos;
  return "http://" + (is_ipv6 ? "[" + host + "]" : host) + ":" + std::to_string(server_->port());
}

MetadataService::MetadataService(Settings settings, const kit::Environment& environment)
    : parts_(std::make_unique<Parts>(std::move(settings), environment)) {}
MetadataService::~MetadataService() = default;

Task<Result<void>> MetadataService::start() {
  return parts_->start();
}
std::vector<kit::Check> MetadataService::checks() const {
  return parts_->checks();
}
Task<void> MetadataService::stop(Deadline deadline) {
  return parts_->stop(deadline);
}
std::string MetadataService::base_url() const {
  return parts_->base_url();
}

}  // namespace filmoteka::metadata
