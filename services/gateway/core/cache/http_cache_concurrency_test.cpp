/// The whole cache, used by all I/O threads at once while groups are purged. ./test builds it with
/// ThreadSanitizer too.
#include <filmoteka/async/event.hpp>
#include <filmoteka/async/runtime.hpp>
#include <filmoteka/async/task_group.hpp>

#include <gateway/core/answer/contents.hpp>
#include <gateway/core/cache/http_cache.hpp>
#include <gtest/gtest.h>

#include <atomic>
#include <random>
#include <string>
#include <utility>

namespace filmoteka::gateway {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kThreads = 4;
constexpr int kSteps = 1'500;
constexpr unsigned kTargets = 40;

struct NoSink final : telemetry::LogSink {
  void write(std::string_view) override {}
};

/// Each target's body names it, at the revision when it was asked. Some answers may not be kept, some are
/// other ones for other languages, some calls fail.
class NamingOrigin final : public Origin {
 public:
  NamingOrigin(std::atomic<std::uint64_t>& calls, const std::atomic<std::uint64_t>& revision)
      : calls_(calls), revision_(revision) {}
  Task<Result<OriginAnswer>> send(const OriginRequest& request) override {
    const std::uint64_t call = calls_.fetch_add(1);
    const std::uint64_t revision = revision_;
    auto pause = sleep_for(std::chrono::milliseconds(call % 2));
    co_await std::move(pause);
    if (call % 17 == 0) co_return unavailable("The origin is away.");
    const auto number = std::stoul(request.target.substr(1));
    http::Headers fields{{"ETag", "\"" + request.target + "\""}, {"Cache-Groups", "\"films\""}};
    fields.emplace_back("X-Catalogue-Revision", std::to_string(revision));
    fields.emplace_back("Cache-Control", number % 5 == 0
                                             ? "no-store"
                                             : "max-age=1, stale-while-revalidate=9, stale-if-error=9");
    if (number % 7 == 0) fields.emplace_back("Vary", "Accept-Language");
    co_return OriginAnswer{200, std::move(fields), request.target};
  }

 private:
  std::atomic<std::uint64_t>& calls_;
  const std::atomic<std::uint64_t>& revision_;
};

struct Scene {
  explicit Scene(Runtime& runtime) {
    std::vector<std::unique_ptr<Origin>> origins;
    for (std::size_t i = 0; i < kThreads; ++i)
      origins.push_back(std::make_unique<NamingOrigin>(calls, revision));
    CacheRules rules;
    rules.make_content = forwarded_content;
    rules.stamps_are_revisions = true;
    HttpCacheSettings settings;
    settings.memory.max_bytes = std::size_t{1} << 20;
    const telemetry::Logger log(std::make_shared<NoSink>(), telemetry::LogLevel::kOff, "gateway");
    cache = std::make_unique<HttpCache>(runtime, std::move(origins), settings, rules, nullptr,
                                        SystemClock::instance(), log, metrics);
  }
  telemetry::Metrics metrics;
  std::atomic<std::uint64_t> calls{0};
  std::atomic<std::uint64_t> revision{1};
  std::atomic<std::uint64_t> hits{0};
  std::unique_ptr<HttpCache> cache;
};

HttpCache::Question question_of(unsigned number, bool in_russian) {
  HttpCache::Question question;
  question.key = question.request.target = "/" + std::to_string(number);
  question.request.headers = {{"Accept-Language", in_russian ? "ru" : "en"}};
  return question;
}

Task<void> client(Scene& scene, unsigned seed) {
  std::mt19937 random(seed);
  for (int step = 0; step < kSteps; ++step) {
    const auto number = static_cast<unsigned>(std::min(random() % kTargets, random() % kTargets));
    auto question = question_of(number, random() % 2 == 0);
    const std::string key = question.key;
    const auto what = random() % 64;
    if (what == 0) scene.cache->purge("films", ++scene.revision);
    if (what == 1) scene.cache->purge_all(++scene.revision);
    if (what == 2) scene.cache->suspect(step % 2 == 0);
    const Fields fields(question.request.headers);
    if (const auto entry = scene.cache->fresh(key, fields, SystemClock::instance().steady_now())) {
      EXPECT_EQ(entry->answer()->body(), key);
      scene.cache->count_hit();
      ++scene.hits;
      continue;
    }
    auto asking = scene.cache->answer(std::move(question));
    const auto served = co_await std::move(asking);
    if (served.has_error()) continue;
    EXPECT_EQ(served->entry->answer()->body(), key);
  }
}

Task<void> everybody(Runtime& runtime, Scene& scene) {
  const auto executor = co_await asio::this_coro::executor;
  TaskGroup clients(executor);
  for (unsigned i = 0; i < 4 * kThreads; ++i) {
    auto far = run_on(runtime.executor(i % kThreads), client(scene, i + 1));
    clients.spawn(std::move(far));
  }
  auto joined = clients.join();
  co_await std::move(joined);
  auto stopping = scene.cache->stop();
  co_await std::move(stopping);
}

TEST(HttpCacheConcurrency, everybody_is_answered_what_he_asked_for) {
  Runtime runtime(kThreads);
  Scene scene(runtime);
  runtime.run(everybody(runtime, scene));
  EXPECT_GT(scene.hits, 0U);
  EXPECT_LT(scene.calls, 4 * kThreads * kSteps);
}

}  // namespace
}  // namespace filmoteka::gateway
