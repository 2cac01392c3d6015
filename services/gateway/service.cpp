#include <filmoteka/async/blocking_pool.hpp>
#include <filmoteka/async/task_group.hpp>

#include <gateway/adapters/dns_replicas.hpp>
#include <gateway/adapters/http_origin.hpp>
#include <gateway/adapters/loop_lag.hpp>
#include <gateway/adapters/redis_limits.hpp>
#include <gateway/adapters/redis_second_level.hpp>
#include <gateway/adapters/replica_origin.hpp>
#include <gateway/adapters/replica_probes.hpp>
#include <gateway/adapters/rotating_origin.hpp>
#include <gateway/adapters/site_folder.hpp>
#include <gateway/core/aggregate/aggregating_origin.hpp>
#include <gateway/core/answer/contents.hpp>
#include <gateway/core/answer/headers.hpp>
#include <gateway/core/api_origin.hpp>
#include <gateway/core/contract.hpp>
#include <gateway/core/feed/feed_follower.hpp>
#include <gateway/core/limits/shedding_origin.hpp>
#include <gateway/core/page/ids_origin.hpp>
#include <gateway/core/page/page_origin.hpp>
#include <gateway/routes.hpp>
#include <gateway/service.hpp>

#include <atomic>
#include <deque>
#include <optional>
#include <utility>

namespace filmoteka::gateway {
namespace {

std::unique_ptr<Variants> document(http::Headers headers, const char* type, std::string body) {
  headers.emplace_back("Content-Type", type);
  headers.emplace_back("Cache-Control", "public, max-age=300");
  const std::string tag = content_tag(body);
  return std::make_unique<Variants>(std::move(headers), tag, std::move(body));
}

CacheRules api_rules() {
  CacheRules rules;
  rules.make_content = [](int status, const http::Headers& fields, std::optional<std::string> body) {
    return is_page(fields) ? page_content(status, fields, std::move(body))
                           : api_content(status, fields, std::move(body));
  };
  rules.stamps_are_revisions = true;
  rules.purged_may_stand_in = true;
  return rules;
}

CacheRules proxy_rules() {
  CacheRules rules;
  rules.make_content = forwarded_content;
  return rules;
}

BalanceSettings balance_settings(const Settings& settings, std::size_t threads) {
  // With more calls than that the load is shed anyway: below it, a replica's limit is what it has shown.
  constexpr std::size_t kCallsForEachConnection = 8;
  BalanceSettings balance;
  balance.standing.probe_interval = settings.probe_interval;
  balance.patience.most = settings.cache.origin_timeout / 2;
  balance.limit.most =
      static_cast<double>(settings.client.max_connections * kCallsForEachConnection * threads);
  return balance;
}

}  // namespace

class Gateway::Parts {
 public:
  Parts(Settings settings, const kit::Environment& environment)
      : settings_(std::move(settings)),
        environment_(environment),
        compression_("gw-compress", settings_.compression_threads),
        freshness_(settings_.freshness),
        cors_(settings_.cors_origins),
        address_(settings_.public_url, !settings_.server.tls.certificate.empty()),
        load_board_(environment.runtime.size()),
        replicas_(balance_settings(settings_, environment.runtime.size()), environment.log,
                  environment.metrics),
        background_(environment.runtime.executor(0)),
        serving_(environment.runtime.executor(0)) {
    for (std::size_t i = 0; i < environment.runtime.size(); ++i)
      loads_.emplace_back(LoadThresholds{}, &load_board_);
  }

  Task<Result<void>> start();
  Task<void> stop(Deadline deadline);
  std::vector<kit::Check> checks() const;
  void adopt(const Settings& settings);
  std::string base_url() const { return server_->base_url(); }

 private:
  /// Another server is behind the gateway.
  bool is_proxy() const { return !settings_.origin.empty(); }
  Result<std::unique_ptr<Origin>> make_origin(const Executor& executor);
  Result<void> connect();
  Result<void> follow_changes();
  std::unique_ptr<Origin> make_api(std::unique_ptr<Origin> metadata);
  Result<void> connect_redis();
  Result<void> set_limits();
  void start_background();
  Task<void> load_site();
  Task<void> compress_documents();
  Result<void> serve();

  Settings settings_;
  kit::Environment environment_;
  std::atomic<bool> stopping_{false};
  BlockingPool compression_;
  std::unique_ptr<redis::Client> redis_;            ///< null: not in the settings
  std::unique_ptr<RedisSecondLevel> second_level_;  ///< null: no Redis
  TrustedProxies proxies_;
  std::unique_ptr<Limits> limits_;              ///< null: off
  std::unique_ptr<RedisLimits> shared_limits_;  ///< null: no limits, or no Redis
  std::unique_ptr<Admission> admission_;
  LiveFreshness freshness_;
  Cors cors_;
  PublicAddress address_;
  std::unique_ptr<Site> site_;          ///< null: another server is behind the gateway
  std::unique_ptr<PageWriter> writer_;  ///< the same
  LoadBoard load_board_;
  std::deque<LoadLevel> loads_;         ///< one for each I/O thread
  std::optional<NamedReplicas> names_;  ///< nullopt: another server is behind the gateway
  Replicas replicas_;                   ///< of the metadata service; none if another server is
  std::unique_ptr<HttpCache> cache_;
  std::unique_ptr<Origin> feed_origin_;
  std::unique_ptr<FeedFollower> feed_;  ///< null: another server is behind the gateway
  std::unique_ptr<Variants> contract_;
  std::unique_ptr<ApiHandler> api_;
  std::unique_ptr<EarlyRefusal> early_refusal_;
  std::unique_ptr<PageHandler> pages_;        ///< null: another server is behind the gateway
  std::unique_ptr<SitemapHandler> sitemaps_;  ///< the same
  std::unique_ptr<OriginHandler> proxy_;
  http::Router router_;
  std::unique_ptr<http::Server> server_;
  TaskGroup background_;
  TaskGroup serving_;
};

Result<std::unique_ptr<Origin>> Gateway::Parts::make_origin(const Executor& executor) {
  if (is_proxy()) {
    // Who else is behind us is not told what our services tell each other.
    http::ClientSettings connections = settings_.client;
    connections.token.clear();
    FILMOTEKA_TRY(auto client, http::Client::make(executor, settings_.origin, std::move(connections)));
    return std::make_unique<HttpOrigin>(std::move(client));
  }
  http::ClientSettings connections = settings_.client;
  connections.tracer = environment_.tracer;
  return std::make_unique<ReplicaOrigin>(executor, replicas_, std::move(connections));
}

std::unique_ptr<Origin> Gateway::Parts::make_api(std::unique_ptr<Origin> metadata) {
  auto ask = [this](HttpCache::Question question) {
    return cache_->answer(std::move(question));
  };
  std::unique_ptr<Origin> api = std::make_unique<ApiOrigin>(std::move(metadata), freshness_);
  api = std::make_unique<AggregatingOrigin>(std::move(api), ask, freshness_, environment_.clock);
  api = std::make_unique<IdsOrigin>(std::move(api), compression_);
  return std::make_unique<PageOrigin>(std::move(api), ask, *writer_, freshness_, environment_.clock);
}

Result<void> Gateway::Parts::connect() {
  if (!is_proxy()) {
    FILMOTEKA_TRY(names_, NamedReplicas::make(settings_.metadata));
    replicas_.replace(names_->all());
  }
  Runtime& runtime = environment_.runtime;
  std::vector<std::unique_ptr<Origin>> origins;
  for (std::size_t i = 0; i < runtime.size(); ++i) {
    FILMOTEKA_TRY(auto origin, make_origin(runtime.executor(i)));
    origin = std::make_unique<SheddingOrigin>(std::move(origin), loads_[i], environment_.metrics);
    if (!is_proxy()) origin = make_api(std::move(origin));
    origins.push_back(std::move(origin));
  }
  // What a foreign origin says is stamped here, and means nothing to other processes: no second level.
  cache_ = std::make_unique<HttpCache>(
      runtime, std::move(origins), settings_.cache, is_proxy() ? proxy_rules() : api_rules(),
      is_proxy() ? nullptr : second_level_.get(), environment_.clock, environment_.log, environment_.metrics);
  api_ = std::make_unique<ApiHandler>(*cache_, compression_, environment_.clock);
  early_refusal_ =
      std::make_unique<EarlyRefusal>(*cache_, load_board_, environment_.clock, environment_.metrics);
  proxy_ = std::make_unique<OriginHandler>(*cache_, environment_.clock);
  if (!is_proxy()) {
    pages_ = std::make_unique<PageHandler>(*site_, *writer_, *cache_, compression_, environment_.clock);
    sitemaps_ = std::make_unique<SitemapHandler>(*cache_, compression_, address_);
  }
  return {};
}

Result<void> Gateway::Parts::follow_changes() {
  if (is_proxy()) return {};
  const Executor executor = environment_.runtime.executor(0);
  std::vector<std::unique_ptr<Origin>> replicas;
  for (const std::string& url : settings_.metadata) {
    FILMOTEKA_TRY(auto client, http::Client::make(executor, url, settings_.client));
    replicas.push_back(std::make_unique<HttpOrigin>(std::move(client)));
  }
  feed_origin_ = std::make_unique<RotatingOrigin>(std::move(replicas));
  feed_ = std::make_unique<FeedFollower>(*feed_origin_, *cache_, FeedSettings{}, environment_.log,
                                         environment_.metrics);
  return {};
}

Result<void> Gateway::Parts::connect_redis() {
  if (settings_.redis.empty()) return {};
  redis::ClientSettings redis;
  FILMOTEKA_TRY(redis.endpoint, redis::parse_endpoint(settings_.redis));
  redis_ =
      std::make_unique<redis::Client>(environment_.runtime, redis, environment_.metrics, environment_.log);
  const RedisSecondLevelSettings second_level{.endpoint = redis.endpoint,
                                              .timeout = settings_.second_level_timeout};
  second_level_ = std::make_unique<RedisSecondLevel>(environment_.runtime, second_level, compression_,
                                                     environment_.metrics, environment_.log);
  return {};
}

Result<void> Gateway::Parts::set_limits() {
  std::vector<AddressRange> trusted;
  for (const std::string& text : settings_.trusted_proxies) {
    const auto range = AddressRange::parse(text);
    if (!range) return invalid_argument("'" + text + "' is no address and no CIDR block (trusted_proxies).");
    trusted.push_back(*range);
  }
  proxies_ = TrustedProxies(std::move(trusted));
  if (settings_.limits.enabled) limits_ = std::make_unique<Limits>(settings_.limits);
  if (limits_ && redis_) {
    shared_limits_ =
        std::make_unique<RedisLimits>(*redis_, *limits_, environment_.clock, environment_.metrics);
  }
  admission_ = std::make_unique<Admission>(proxies_, limits_.get(), shared_limits_.get(), environment_.clock,
                                           environment_.metrics);
  return {};
}

Task<void> Gateway::Parts::load_site() {
  const auto root = settings_.web_root.empty() ? find_site("/proc/self/exe") : settings_.web_root;
  std::vector<SiteFile> files;
  if (!root.empty()) {
    auto read = [&root] {
      return read_site(root);
    };
    auto reading = compression_.run(std::move(read));
    Result<std::vector<SiteFile>> found = co_await std::move(reading);
    if (found.has_error()) environment_.log.warning(describe(found.error()));
    if (found.has_value()) files = std::move(*found);
  }
  site_ = std::make_unique<Site>(std::move(files));
  writer_ =
      std::make_unique<PageWriter>(site_->index().get(http::Encoding::kIdentity)->body, address_.for_all());
  if (site_->is_built()) {
    environment_.log.info("serving the web app", {{"folder", root.string()}, {"files", site_->all().size()}});
  } else {
    environment_.log.warning(
        "there is no web app to serve: build it with 'cd web && npm ci && npm run build', or name its folder "
        "with --web-root",
        {{"folder", root.string()}});
  }
}

Task<void> Gateway::Parts::compress_documents() {
  // These are made once and sent for as long as the process lives: worth a thorough compression, on a thread
  // of its own, so that answers of the API do not wait. Brotli's level 11 takes a second a file: a stop would
  // wait.
  constexpr int kThorough = 9;
  BlockingPool pool("gw-documents", 1);
  std::vector<Variants*> all = site_->all();
  all.push_back(contract_.get());
  for (Variants* variants : all) {
    for (const http::Encoding encoding :
         {http::Encoding::kBrotli, http::Encoding::kZstd, http::Encoding::kGzip}) {
      if (!variants->claim(encoding)) continue;
      auto make = [variants, encoding] {
        variants->compress(encoding, kThorough);
      };
      auto made = pool.run(std::move(make));
      co_await std::move(made);
    }
  }
}

Result<void> Gateway::Parts::serve() {
  if (is_proxy()) {
    add_proxy(router_, *admission_, *proxy_);
  } else {
    const RouteTargets targets{*admission_,
                               cors_,
                               *api_,
                               *early_refusal_,
                               *site_,
                               *pages_,
                               *sitemaps_,
                               address_,
                               *contract_,
                               [this] {
                                 return checks();
                               }};
    add_routes(router_, targets);
  }
  http::ClientOf client_of;
  if (!proxies_.empty()) {
    client_of = [this](const http::Request& request, std::string& client) {
      proxies_.client_of(request).write_to(client);
    };
  }
  http::ServerSettings server = settings_.server;
  server.tracer = environment_.tracer;
  FILMOTEKA_TRY(server_, http::Server::make(environment_.runtime, std::move(server), router_,
                                            environment_.log, environment_.metrics, std::move(client_of)));
  auto serving = server_->run();
  serving_.spawn(std::move(serving));
  return {};
}

void Gateway::Parts::start_background() {
  if (!is_proxy()) {
    const ProbeSettings probes{.target = "/internal/v1/movies?per_page=1&fields=id&count=none",
                               .token = settings_.client.token};
    background_.spawn(probe_replicas(replicas_, background_, probes));
    background_.spawn(follow_names(*names_, replicas_, std::chrono::seconds(5), environment_.log));
    auto compressing = compress_documents();
    background_.spawn(std::move(compressing));
    background_.spawn(feed_->run());
  }
  if (redis_) background_.spawn(redis_->run());
  if (second_level_) background_.spawn(second_level_->run());
  if (shared_limits_) background_.spawn(shared_limits_->run());
  for (std::size_t i = 0; i < loads_.size(); ++i) {
    telemetry::Gauge& lag = environment_.metrics.gauge("filmoteka_gateway_loop_lag_seconds",
                                                       "How late the last timer of an I/O thread has fired.",
                                                       {{"thread", std::to_string(i)}});
    background_.spawn(run_on(environment_.runtime.executor(i), measure_loop_lag(loads_[i], lag)));
  }
}

Task<Result<void>> Gateway::Parts::start() {
  FILMOTEKA_CO_TRY(std::string contract, contract_json());
  contract_ = document(api_headers(), "application/json; charset=utf-8", std::move(contract));
  FILMOTEKA_CO_CHECK(connect_redis());
  FILMOTEKA_CO_CHECK(set_limits());
  if (!is_proxy()) {
    auto loading = load_site();
    co_await std::move(loading);
  }
  FILMOTEKA_CO_CHECK(connect());
  FILMOTEKA_CO_CHECK(follow_changes());
  if (auto served = serve(); served.has_error()) {
    auto stopped = cache_->stop();
    co_await std::move(stopped);
    co_return std::move(served).error();
  }
  start_background();
  co_return Result<void>{};
}

Task<void> Gateway::Parts::stop(Deadline deadline) {
  stopping_ = true;
  background_.cancel();
  server_->stop(deadline);
  auto served = serving_.join();
  co_await std::move(served);
  auto ended = background_.join();
  co_await std::move(ended);
  auto stopped = cache_->stop();
  co_await std::move(stopped);
}

/// What is marked as live in settings.cpp. Answers that are kept keep the lifetime that they came with.
void Gateway::Parts::adopt(const Settings& settings) {
  server_->adopt(settings.server);
  freshness_.store(settings.freshness);
  if (limits_) limits_->adopt(settings.limits);
}

std::vector<kit::Check> Gateway::Parts::checks() const {
  const bool serving = !stopping_;
  std::vector<kit::Check> checks{{"serving", serving, serving ? "ok" : "the gateway is stopping"}};
  if (!is_proxy()) {
    const Replicas::Health health = replicas_.health();
    checks.push_back({"metadata", health.ok, health.message});
  }
  // What Redis is asked for can be had without it: it is named, and never makes the gateway unready.
  if (second_level_) checks.push_back({"redis", true, second_level_->describe()});
  return checks;
}

Gateway::Gateway(Settings settings, const kit::Environment& environment)
    : parts_(std::make_unique<Parts>(std::move(settings), environment)) {}
Gateway::~Gateway() = default;

Task<Result<void>> Gateway::start() {
  return parts_->start();
}
std::vector<kit::Check> Gateway::checks() const {
  return parts_->checks();
}
Task<void> Gateway::stop(Deadline deadline) {
  return parts_->stop(deadline);
}
void Gateway::adopt(const Settings& settings) {
  parts_->adopt(settings);
}
std::string Gateway::base_url() const {
  return parts_->base_url();
}

}  // namespace filmoteka::gateway
