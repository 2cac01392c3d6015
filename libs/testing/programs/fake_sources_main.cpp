/// filmoteka-fake-sources: a made-up site as a program. Prints its base URL as its first line.
#include <filmoteka/async/task_group.hpp>
#include <filmoteka/base/strings.hpp>
#include <filmoteka/testing/fake_site_server.hpp>

#include <boost/asio/signal_set.hpp>

#include <cstdio>
#include <map>
#include <string>

namespace {

using namespace filmoteka;
using namespace filmoteka::testing;

constexpr const char* kUsage =
    "filmoteka-fake-sources --site archive|wikidata|kino [--port P] [--films N] [--seed N]\n"
    "                       [--fault NAME [--after N] [--times N]]   NAME: qrator, forbidden, rate-limited, "
    "error,\n"
    "                       cut, slow, not-json, drifted; for N requests after N good ones\n";

struct Options {
  std::uint16_t port = 0;
  std::string site;
  FakeSiteSettings settings;
  SiteFaultPlan faults;
};

template <class Number>
bool take(const std::map<std::string, std::string>& given, const std::string& name, Number& value) {
  const auto found = given.find(name);
  if (found == given.end()) return true;
  const auto number = parse_number<Number>(found->second);
  if (number) value = *number;
  return number.has_value();
}

bool parse(int count, char** arguments, Options& options) {
  std::map<std::string, std::string> given;
  for (int i = 1; i + 1 < count; i += 2) given[arguments[i]] = arguments[i + 1];
  if (count % 2 == 0) return false;
  bool good = take(given, "--port", options.port) && take(given, "--films", options.settings.films) &&
              take(given, "--seed", options.settings.seed) && take(given, "--after", options.faults.after) &&
              take(given, "--times", options.faults.times);
  options.site = given["--site"];
  if (const auto& name = given["--fault"]; !name.empty()) {
    const auto fault = site_fault_from(name);
    good = good && fault.has_value();
    options.faults.fault = fault.value_or(SiteFault::kNone);
  }
  return good && !options.site.empty();
}

Task<void> serve_until_signal(FakeSiteServer& server) {
  using Signals = asio::basic_signal_set<Executor>;
  Signals signals(co_await asio::this_coro::executor, SIGINT, SIGTERM);
  TaskGroup group(co_await asio::this_coro::executor);
  group.spawn(server.run());
  co_await signals.async_wait(use_task);
  server.stop();
  co_await group.join();
}

int run(const Options& options) {
  Runtime runtime(1);
  telemetry::Metrics metrics;
  const telemetry::Logger log(telemetry::make_stderr_sink(), telemetry::LogLevel::kWarning, "fake-sources");
  auto server = FakeSiteServer::make(runtime, options.port, options.site, options.settings, log, metrics);
  if (server.has_error()) {
    std::fprintf(stderr, "%s\n", server.error().message.c_str());
    return 1;
  }
  (*server)->with([&options](FaultySite& site) { site.set_faults(options.faults); });
  std::printf("%s\n", (*server)->base_url().c_str());
  std::fflush(stdout);
  runtime.run(serve_until_signal(**server));
  return 0;
}

}  // namespace

int main(int count, char** arguments) {
  Options options;
  if (!parse(count, arguments, options)) {
    std::fputs(kUsage, stderr);
    return 2;
  }
  return run(options);
}
