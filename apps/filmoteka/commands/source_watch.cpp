#include <filmoteka/async/event.hpp>
#include <filmoteka/commands/source_report.hpp>
#include <filmoteka/commands/source_watch.hpp>
#include <filmoteka/json_client.hpp>

#include <iostream>
#include <set>
#include <utility>

namespace filmoteka::app {
namespace {

constexpr std::chrono::seconds kPollInterval{1};

/// The run to tell of: ended, and with nothing on its way any more; null if there is none yet.
const boost::json::object* finished_run(const boost::json::object& source) {
  const boost::json::value* run = source.if_contains("last_run");
  if (run == nullptr || !run->is_object()) return nullptr;
  return text_of(run->as_object(), "state") == "done" ? &run->as_object() : nullptr;
}

bool is_expected(const boost::json::object& source) {
  return source.at("enabled").as_bool() && source.at("schedule").is_object() &&
         text_of(source, "state") != "paused";
}

/// Tells of what has finished since the last call; true while there is more to come.
bool tell(const boost::json::array& sources, std::set<std::string>& told) {
  bool more = false;
  for (const boost::json::value& value : sources) {
    const boost::json::object& source = value.as_object();
    const std::string name = text_of(source, "name");
    if (!is_expected(source) || told.contains(name)) continue;
    const boost::json::object* run = finished_run(source);
    more = more || run == nullptr;
    if (run == nullptr) continue;
    told.insert(name);
    std::cout << describe_run(*run) << std::flush;
  }
  return more;
}

}  // namespace

Task<void> say_how_sources_are(ServiceAddress address) {
  const auto executor = co_await asio::this_coro::executor;
  auto scraper = JsonClient::make(executor, address);
  if (scraper.has_error()) co_return;
  std::set<std::string> told;
  for (;;) {
    auto asking = scraper->get("/internal/v1/sources");
    const auto answer = co_await std::move(asking);
    if (answer.has_error() || !tell(answer->at("items").as_array(), told)) co_return;
    auto pause = sleep_for(kPollInterval);
    co_await std::move(pause);
  }
}

}  // namespace filmoteka::app
