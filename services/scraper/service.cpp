#include <filmoteka/async/blocking_pool.hpp>
#include <filmoteka/async/task_group.hpp>
#include <filmoteka/browser/chromium.hpp>
#include <filmoteka/config/common.hpp>
#include <filmoteka/fetch/record_replay.hpp>

#include <scraper/adapters/registry/registry.hpp>
#include <scraper/adapters/store/open_store.hpp>
#include <scraper/core/run/run_metrics.hpp>
#include <scraper/routes.hpp>
#include <scraper/service.hpp>

#include <atomic>
#include <mutex>
#include <random>
#include <utility>

namespace filmoteka::scraper {

namespace {

/// How soon an edited definition counts.
constexpr std::chrono::seconds kLook{2};
/// How soon it counts what others that share the store have done.
constexpr std::chrono::milliseconds kLookAtOthers{1'000};

std::vector<SupervisedSource> supervised(const Registry& registry) {
  std::vector<SupervisedSource> sources;
  for (const auto& source : registry.sources)
    sources.push_back({source.definition, source.file(), source.digest});
  return sources;
}

std::uint64_t seed_of(const Settings& settings) {
  if (settings.seed != 0) return settings.seed;
  std::random_device entropy;
  return std::uint64_t{entropy()} << 32 | entropy();
}

HandoverSettings handover_settings(const Settings& settings) {
  HandoverSettings handover;
  handover.timeout = settings.handover_timeout;
  handover.max_backoff = settings.handover_max_backoff;
  handover.outbox_max_rows = settings.outbox_max_rows;
  handover.lease = settings.lease;
  return handover;
}

}  // namespace

class Scraper::Parts {
 public:
  Parts(Settings settings, const kit::Environment& environment)
      : settings_(std::move(settings)),
        environment_(environment),
        executor_(environment.runtime.executor(0)),
        fetch_pool_("scraper-fetch", settings_.fetch_threads),
        parse_pool_("scraper-parse", settings_.parse_threads),
        handing_over_(executor_, failure_logger("hand-over")),
        watching_(executor_, failure_logger("supervisor")),
        serving_(executor_, failure_logger("server")) {}

  Task<Result<void>> start();
  Task<void> stop(Deadline deadline);
  std::vector<kit::Check> checks() const;
  std::string base_url() const { return server_->base_url(); }

 private:
  TaskGroup::FailureHandler failure_logger(std::string part) const;
  Task<Result<void>> open();
  void show_outbox(std::shared_ptr<const std::atomic<std::size_t>> depth);
  Result<void> load_definitions();
  void note_faults();
  Task<void> follow_definitions();
  Task<void> look_again();
  Task<void> measure_outbox();
  Result<void> make_fetcher();
  Result<void> connect();
  void supervise();
  Result<void> serve();

  Settings settings_;
  kit::Environment environment_;
  Executor executor_;
  std::atomic<bool> stopping_{false};
  BlockingPool fetch_pool_;
  BlockingPool parse_pool_;
  Registry registry_;               ///< on the executor's thread, once started
  mutable std::mutex fault_mutex_;  // guards fault_
  std::string fault_;               ///< the first of the definitions; empty: none
  std::unique_ptr<Store> store_;
  fetch::SharedTurns* turns_ = nullptr;  ///< of the store, where several scrapers share it
  std::shared_ptr<std::atomic<std::int64_t>> outbox_since_ = std::make_shared<std::atomic<std::int64_t>>(0);
  std::unique_ptr<fetch::Fetcher> network_;  ///< null while a cassette answers
  std::unique_ptr<fetch::Fetcher> fetcher_;  ///< what is asked: the network, perhaps recorded, or a cassette
  std::unique_ptr<fetch::PoliteFetcher> polite_;
  std::unique_ptr<browser::Renderer> browser_;  ///< starts nothing before a source needs it
  std::unique_ptr<api::MetadataClient> metadata_;
  std::unique_ptr<Handover> handover_;
  std::unique_ptr<Supervisor> supervisor_;
  http::Router router_;
  std::unique_ptr<http::Server> server_;
  TaskGroup handing_over_;
  TaskGroup watching_;
  TaskGroup serving_;
};

TaskGroup::FailureHandler Scraper::Parts::failure_logger(std::string part) const {
  return [log = environment_.log, part = std::move(part)](const std::exception_ptr& failure) {
    try {
      std::rethrow_exception(failure);
    } catch (const std::exception& error) {
      log.error("a part of the scraper ended by a defect", {{"part", part}, {"error", error.what()}});
    }
  };
}

Result<void> Scraper::Parts::load_definitions() {
  auto loaded = load_sources(settings_.sources);
  // A folder that was named must be there; without one the service has nothing to do, which is not wrong.
  if (loaded.has_error() && !settings_.sources.empty()) return std::move(loaded).error();
  if (loaded.has_error()) {
    environment_.log.warning(loaded.error().message);
    return {};
  }
  registry_ = std::move(*loaded);
  note_faults();
  environment_.log.info("sources loaded", {{"sources", registry_.sources.size()}});
  return {};
}

void Scraper::Parts::note_faults() {
  for (const auto& fault : registry_.faults)
    environment_.log.error("a source definition can't be used", {{"error", describe(fault)}});
  const std::lock_guard lock(fault_mutex_);
  fault_ = registry_.faults.empty() ? std::string() : registry_.faults.front().message;
}

/// Definitions are edited while we run; a faulty edit leaves the last good one in force.
Task<void> Scraper::Parts::look_again() {
  auto reading = [this] {
    return reload_sources(registry_);
  };
  auto read = co_await parse_pool_.run(std::move(reading));
  if (read.has_error()) co_return;  // the folder is being replaced, perhaps
  const auto said = [](const Registry& registry) {
    std::string all;
    for (const auto& fault : registry.faults) all += describe(fault);
    return all;
  };
  const bool has_other_faults = said(read->registry) != said(registry_);
  const bool differs = read->differs();
  registry_ = std::move(read->registry);
  if (has_other_faults) note_faults();
  if (!differs) co_return;
  for (const auto& [what, names] : {std::pair("added", &read->added), std::pair("changed", &read->changed),
                                    std::pair("removed", &read->removed)})
    for (const auto& name : *names)
      environment_.log.info("a source definition was read", {{"source", name}, {"change", what}});
  auto sources = supervised(registry_);
  auto updated = co_await supervisor_->update(std::move(sources));
  if (updated.has_error())
    environment_.log.error("changed sources could not be taken over", {{"error", describe(updated.error())}});
}

Task<void> Scraper::Parts::measure_outbox() {
  const auto oldest = co_await store_->oldest_at();
  if (oldest.has_error()) co_return;
  outbox_since_->store(*oldest ? (*oldest)->time_since_epoch().count() : 0, std::memory_order_relaxed);
}

Task<void> Scraper::Parts::follow_definitions() {
  while (true) {
    co_await sleep_for(kLook);
    co_await measure_outbox();
    if (!registry_.folder.empty()) co_await look_again();
  }
}

Task<Result<void>> Scraper::Parts::open() {
  auto loading = [this] {
    return load_definitions();
  };
  FILMOTEKA_CO_CHECK(co_await parse_pool_.run(std::move(loading)));
  const StoreSettings store{settings_.data, config::postgresql_url(settings_.database),
                            settings_.quarantine_max_rows, settings_.kept_runs, settings_.lease};
  auto opening = open_store(store, executor_, parse_pool_, environment_.clock);
  FILMOTEKA_CO_TRY(auto opened, co_await std::move(opening));
  store_ = std::move(opened.store);
  turns_ = opened.turns;
  show_outbox(std::move(opened.depth));
  co_return Result<void>{};
}

void Scraper::Parts::show_outbox(std::shared_ptr<const std::atomic<std::size_t>> depth) {
  auto rows = [depth = std::move(depth)] {
    return static_cast<double>(*depth);
  };
  environment_.metrics.gauge_callback("filmoteka_scraper_outbox_rows", "Films on their way to metadata",
                                      rows);
  auto age = [since = outbox_since_, &clock = environment_.clock] {
    const auto milliseconds = since->load(std::memory_order_relaxed);
    if (milliseconds == 0) return 0.0;
    return static_cast<double>(clock.now().time_since_epoch().count() - milliseconds) / 1'000;
  };
  environment_.metrics.gauge_callback("filmoteka_scraper_outbox_age_seconds",
                                      "How long the oldest film has been on its way to metadata", age);
}

Result<void> Scraper::Parts::make_fetcher() {
  if (!settings_.replay.empty()) {
    // Nobody is there to be spared.
    settings_.politeness.requests_set_delay = false;
    settings_.politeness.politeness.min_delay = settings_.politeness.politeness.max_delay = {};
    settings_.politeness.politeness.latency_factor = 0;
    FILMOTEKA_TRY(fetcher_, fetch::make_replaying_fetcher(settings_.replay));
    return {};
  }
  network_ = fetch::make_curl_fetcher(settings_.fetcher, fetch_pool_);
  if (settings_.record.empty()) {
    fetcher_ = std::move(network_);
    return {};
  }
  FILMOTEKA_TRY(fetcher_, fetch::make_recording_fetcher(*network_, settings_.record));
  return {};
}

Result<void> Scraper::Parts::connect() {
  http::ClientSettings connections = settings_.client;
  connections.tracer = environment_.tracer;
  FILMOTEKA_TRY(auto client, http::Client::make(executor_, settings_.metadata, std::move(connections)));
  metadata_ = api::make_metadata_client(std::move(client), environment_.tracer);
  const auto seed = seed_of(settings_);
  auto& metrics = environment_.metrics;
  auto count = [&metrics](const std::vector<Delivery>& deliveries) {
    count_deliveries(metrics, deliveries);
  };
  auto handing_over = handover_settings(settings_);
  if (turns_ != nullptr) handing_over.look = kLookAtOthers;
  handover_ = std::make_unique<Handover>(executor_, *store_, *metadata_, environment_.clock, environment_.log,
                                         handing_over, seed, count);
  FILMOTEKA_CHECK(make_fetcher());
  auto observe = [&metrics](std::string_view, fetch::Verdict verdict, std::uint64_t bytes) {
    count_fetch(metrics, verdict, bytes);
  };
  polite_ = std::make_unique<fetch::PoliteFetcher>(executor_, *fetcher_, environment_.clock,
                                                   settings_.politeness, seed + 1, observe, turns_);
  return {};
}

void Scraper::Parts::supervise() {
  browser::ChromiumSettings browser;
  browser.work_folder = settings_.data / "browser";
  browser.user_agent = fetch::user_agent(settings_.fetcher);
  browser_ = browser::make_chromium_renderer(executor_, std::move(browser), environment_.log);
  const SupervisorTools tools{executor_,          *store_,          *handover_,
                              *polite_,           browser_.get(),   parse_pool_,
                              environment_.clock, environment_.log, environment_.metrics};
  SupervisorSettings supervision;
  supervision.plan = settings_.plan;
  supervision.run_schedules = settings_.run_schedules;
  supervision.lease = settings_.lease;
  if (turns_ != nullptr) supervision.look = kLookAtOthers;
  supervisor_ = std::make_unique<Supervisor>(tools, supervision, seed_of(settings_) + 2);
}

Result<void> Scraper::Parts::serve() {
  add_routes(router_, RouteTargets{executor_, *supervisor_, *store_, settings_.server.host});
  auto settings = settings_.server;
  settings.name = "scraper";
  settings.tracer = environment_.tracer;
  FILMOTEKA_TRY(server_, http::Server::make(environment_.runtime, settings, router_, environment_.log,
                                            environment_.metrics));
  return {};
}

Task<Result<void>> Scraper::Parts::start() {
  auto opening = open();
  FILMOTEKA_CO_CHECK(co_await std::move(opening));
  FILMOTEKA_CO_CHECK(connect());
  supervise();
  FILMOTEKA_CO_CHECK(serve());
  auto sources = supervised(registry_);
  if (auto started = co_await supervisor_->start(watching_, std::move(sources)); started.has_error()) {
    supervisor_->stop();
    co_await watching_.join();
    co_return started;
  }
  handing_over_.spawn(handover_->run());
  handing_over_.spawn(follow_definitions());
  serving_.spawn(server_->run());
  co_return Result<void>{};
}

Task<void> Scraper::Parts::stop(Deadline deadline) {
  stopping_ = true;
  supervisor_->stop();
  server_->stop(deadline);
  co_await watching_.join();
  co_await serving_.join();
  auto closing = browser_->close();
  co_await std::move(closing);
  handing_over_.cancel();
  co_await handing_over_.join();
  co_await handover_->give_back();
}

std::vector<kit::Check> Scraper::Parts::checks() const {
  const bool serving = !stopping_;
  std::string sources = "ok";
  {
    const std::lock_guard lock(fault_mutex_);
    if (!fault_.empty()) sources = fault_;
  }
  // Without metadata the scraper does its work all the same: films wait in the outbox.
  const bool reachable = !handover_ || handover_->is_reachable();
  return {{"serving", serving, serving ? "ok" : "the scraper is stopping"},
          {"sources", true, sources},
          {"metadata", true, reachable ? "ok" : "metadata takes no films: they wait in the outbox"}};
}

Scraper::Scraper(Settings settings, const kit::Environment& environment)
    : parts_(std::make_unique<Parts>(std::move(settings), environment)) {}
Scraper::~Scraper() = default;

Task<Result<void>> Scraper::start() {
  return parts_->start();
}
std::vector<kit::Check> Scraper::checks() const {
  return parts_->checks();
}
Task<void> Scraper::stop(Deadline deadline) {
  return parts_->stop(deadline);
}
std::string Scraper::base_url() const {
  return parts_->base_url();
}

}  // namespace filmoteka::scraper
