#include "browser_session.hpp"

#include <filmoteka/async/event.hpp>
#include <filmoteka/base/strings.hpp>

#include <boost/json/array.hpp>
#include <unistd.h>

#include <fstream>
#include <random>
#include <sstream>

namespace filmoteka::browser {

namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

constexpr auto kPoll = 100ms;

json::object capabilities(const ChromiumSettings& settings, const std::filesystem::path& profile,
                          std::uint16_t proxy_port) {
  json::array arguments{"--headless=new",
                        "--user-data-dir=" + profile.string(),
                        "--proxy-server=http://127.0.0.1:" + std::to_string(proxy_port),
                        "--proxy-bypass-list=<-loopback>",
                        "--disable-quic",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--disable-extensions",
                        "--disable-dev-shm-usage",
                        "--disable-gpu",
                        "--no-first-run",
                        "--mute-audio",
                        "--block-new-web-contents",
                        "--blink-settings=imagesEnabled=false",
                        "--force-webrtc-ip-handling-policy=disable_non_proxied_udp"};
  if (::geteuid() == 0) arguments.push_back("--no-sandbox");  // Chromium refuses to run as root with one
  if (!settings.user_agent.empty()) arguments.push_back(json::value("--user-agent=" + settings.user_agent));
  json::object preferences{{"download_restrictions", 3},
                           {"profile.default_content_setting_values.popups", 2}};
  return {{"browserName", "chrome"},
          {"pageLoadStrategy", "none"},
          {"unhandledPromptBehavior", "dismiss"},
          {"goog:loggingPrefs", json::object{{"performance", "ALL"}}},
          {"goog:chromeOptions", json::object{{"binary", settings.browser},
                                              {"args", std::move(arguments)},
                                              {"prefs", std::move(preferences)}}}};
}

std::string read_file(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

/// The driver says its port in its first lines: "… was started successfully on port 40123."
std::optional<std::uint16_t> port_in(const std::string& log) {
  constexpr std::string_view kBefore = "started successfully on port ";
  const auto place = log.find(kBefore);
  if (place == std::string::npos) return std::nullopt;
  const auto digits = std::string_view(log).substr(place + kBefore.size());
  return parse_number<std::uint16_t>(digits.substr(0, digits.find_first_not_of("0123456789")));
}

Error no_browser() {
  return unavailable(
      "There is no browser to render this page: install the Debian packages chromium and chromium-driver, or "
      "leave "
      "`browser` out of the source.");
}

Error stopped() {
  return Error{ErrorCode::kCancelled, "Stopped.", {}, {}};
}

bool is_set(const std::atomic<bool>* stop) {
  return stop != nullptr && stop->load(std::memory_order_relaxed);
}

std::filesystem::path new_profile(const std::filesystem::path& folder) {
  std::random_device entropy;
  return folder / ("profile-" + std::to_string(entropy()) + std::to_string(entropy()));
}

}  // namespace

BrowserSession::BrowserSession(Executor executor, const ChromiumSettings& settings)
    : executor_(executor),
      settings_(settings),
      filtering_(executor),
      profile_(new_profile(settings.work_folder)) {}

BrowserSession::~BrowserSession() {
  if (processes_) processes_->kill();
  std::error_code ignored;
  std::filesystem::remove_all(profile_, ignored);
}

Task<Result<std::unique_ptr<BrowserSession>>> BrowserSession::start(Executor executor,
                                                                    const ChromiumSettings& settings,
                                                                    telemetry::Logger log,
                                                                    Deadline deadline) {
  if (!std::filesystem::exists(settings.browser)) co_return no_browser();
  auto session = std::make_unique<BrowserSession>(executor, settings);
  FILMOTEKA_CO_TRY(session->egress_, EgressFilter::make(executor));
  session->filtering_.spawn(session->egress_->run());
  auto launching = session->launch(std::move(log), deadline);
  auto launched = co_await std::move(launching);
  if (launched.has_error()) {
    co_await session->end();
    co_return std::move(launched).error();
  }
  co_return session;
}

Task<Result<void>> BrowserSession::launch(telemetry::Logger log, Deadline deadline) {
  // What a scraper that was killed has left behind.
  kill_marked(settings_.work_folder.string() + "/profile-", 0);
  std::error_code error;
  std::filesystem::create_directories(profile_, error);
  if (error)
    co_return unavailable("The folder " + profile_.string() + " cannot be made: " + error.message() + ".");
  const auto output = profile_ / "driver.log";
  FILMOTEKA_CO_TRY(auto processes,
                   ProcessGroup::start({settings_.driver, "--port=0"}, output, profile_.string()));
  processes_.emplace(std::move(processes));
  std::optional<std::uint16_t> port;
  while (!(port = port_in(read_file(output)))) {
    if (!processes_->is_running()) co_return no_browser();
    co_await sleep_for(kPoll / 5);
  }
  FILMOTEKA_CO_TRY(auto driver, WebDriver::make(executor_, "http://127.0.0.1:" + std::to_string(*port)));
  driver_.emplace(std::move(driver));
  auto opening = driver_->open_session(capabilities(settings_, profile_, egress_->port()), deadline);
  FILMOTEKA_CO_CHECK(co_await std::move(opening));
  log.info("a browser was started", {{"browser", settings_.browser}, {"sandbox", ::geteuid() != 0}});
  co_return Result<void>{};
}

Task<Result<void>> BrowserSession::take_events(const RenderRequest& request, PageEvents& events) {
  auto asking = driver_->events(request.deadline);
  FILMOTEKA_CO_TRY(const auto messages, co_await std::move(asking));
  read_events(messages, request.json_url, events);
  co_return Result<void>{};
}

/// Loaded and quiet: the same number of requests at two looks one after the other.
Task<Result<bool>> BrowserSession::is_loaded(const RenderRequest& request, std::string& last_state) {
  const bool waits_for_element = !request.wait_for.empty();
  std::string script = waits_for_element ? "return document.querySelector(arguments[0]) ? 'there' : 'waiting'"
                                         : "return document.readyState + ' ' + location.href + ' ' + "
                                           "performance.getEntriesByType('resource').length";
  auto asking = driver_->evaluate(std::move(script), request.wait_for, request.deadline);
  FILMOTEKA_CO_TRY(const auto value, co_await std::move(asking));
  const std::string state = value.is_string() ? std::string(value.as_string()) : std::string();
  if (waits_for_element) co_return state == "there";
  const bool is_quiet =
      state == last_state && state.starts_with("complete") && !state.starts_with("complete about:");
  last_state = state;
  co_return is_quiet;
}

Task<Result<void>> BrowserSession::wait_until_loaded(const RenderRequest& request, PageEvents& events) {
  std::string last_state;
  while (true) {
    if (is_set(request.stop)) co_return stopped();
    if (egress_->is_over_limit())
      co_return Error{ErrorCode::kPayloadTooLarge, "The page loads more than it may.", request.url, {}};
    FILMOTEKA_CO_CHECK(co_await take_events(request, events));
    if (events.has_failed)
      co_return unavailable("The page " + request.url + " could not be loaded: " + events.failure + ".");
    FILMOTEKA_CO_TRY(const bool loaded, co_await is_loaded(request, last_state));
    const bool has_json = request.json_url.empty() || events.has_json_ended;
    if (events.document_status && has_json && (loaded || !request.json_url.empty())) co_return Result<void>{};
    co_await sleep_for(kPoll);
  }
}

Task<Result<std::string>> BrowserSession::body_of(const std::string& request_id, Deadline deadline) {
  json::object parameters{{"requestId", request_id}};
  auto asking = driver_->command("Network.getResponseBody", std::move(parameters), deadline);
  FILMOTEKA_CO_TRY(const auto value, co_await std::move(asking));
  const auto* body = value.is_object() ? value.as_object().if_contains("body") : nullptr;
  if (body == nullptr || !body->is_string()) co_return corrupt("The browser gives no body.");
  co_return std::string(body->as_string());
}

/// Nothing of this page is there for the next one.
Task<void> BrowserSession::leave_page(Deadline deadline) {
  json::object everything{{"origin", "*"}, {"storageTypes", "all"}};
  auto clearing = driver_->command("Storage.clearDataForOrigin", std::move(everything), deadline);
  static_cast<void>(co_await std::move(clearing));
  auto forgetting = driver_->command("Network.clearBrowserCookies", {}, deadline);
  static_cast<void>(co_await std::move(forgetting));
  auto leaving = driver_->go_to("about:blank", deadline);
  static_cast<void>(co_await std::move(leaving));
}

Task<Result<RenderedPage>> BrowserSession::render(const RenderRequest& request) {
  const auto begun = std::chrono::steady_clock::now();
  egress_->begin_page({request.allow_private_addresses, settings_.max_page_bytes});
  PageEvents events;
  FILMOTEKA_CO_CHECK(co_await take_events(request, events));  // those of the page before
  events = {};
  auto going = driver_->go_to(request.url, request.deadline);
  FILMOTEKA_CO_CHECK(co_await std::move(going));
  FILMOTEKA_CO_CHECK(co_await wait_until_loaded(request, events));
  if (request.settle.count() > 0) co_await sleep_for(request.settle);
  RenderedPage page;
  page.status = events.document_status.value_or(0);
  if (!events.json_request.empty()) {
    auto reading = body_of(events.json_request, request.deadline);
    FILMOTEKA_CO_TRY(page.json, co_await std::move(reading));
  }
  std::string script =
      "return location.href + '\\n' + document.documentElement.outerHTML.slice(0, Number(arguments[0]) + 1)";
  auto asking =
      driver_->evaluate(std::move(script), std::to_string(settings_.max_html_bytes), request.deadline);
  FILMOTEKA_CO_TRY(const auto value, co_await std::move(asking));
  if (!value.is_string()) co_return corrupt("The browser gives no page.");
  const std::string text(value.as_string());
  const auto line = text.find('\n');
  page.url = text.substr(0, line);
  page.html = line == std::string::npos ? std::string() : text.substr(line + 1);
  if (page.html.size() > settings_.max_html_bytes)
    co_return Error{ErrorCode::kPayloadTooLarge, "The page is larger than it may be.", request.url, {}};
  page.received_bytes = egress_->received_bytes();
  co_await leave_page(request.deadline);
  page.duration =
      std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begun);
  co_return page;
}

Task<void> BrowserSession::end() {
  if (processes_) processes_->kill();
  processes_.reset();
  if (egress_) egress_->stop();
  co_await filtering_.join();
}

}  // namespace filmoteka::browser
