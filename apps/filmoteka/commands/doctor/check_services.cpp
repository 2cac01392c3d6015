// Whether the services answer: their operations ports with how they are, their service ports with our token.
#include <filmoteka/commands/doctor/ask_http.hpp>
#include <filmoteka/commands/doctor/checks.hpp>
#include <filmoteka/config/values.hpp>

#include <set>

namespace filmoteka::app::doctor {
namespace {

constexpr int kUnauthorized = 401;
constexpr const char* kFilms = "/internal/v1/movies?per_page=1";
constexpr const char* kSources = "/internal/v1/sources";

/// `is_expected`: somebody serves, so that silence is wrong.
Finding check_ready(const std::string& service, const config::HostPort& operations, bool is_expected) {
  const std::string url = "http://" + to_string(reachable(operations));
  const auto answer = ask_http(url, "/readyz");
  if (answer.has_error() && !is_expected) return note(service, "does not run on " + url);
  if (answer.has_error())
    return wrong(service, url + "/readyz: " + answer.error().message + " Look into its log.");
  if (answer->status == 200) return ok(service, "is ready (" + url + ")");
  return wrong(service, "is not ready: " + answer->body);
}

Finding check_call(const std::string& service, const std::string& url, const std::string& target,
                   const std::string& token) {
  const auto answer = ask_http(url, target, token);
  if (answer.has_error()) {
    return wrong(service, url + " does not answer: " + answer.error().message +
                              " Is it running, and is that its address?");
  }
  if (answer->status == kUnauthorized) {
    return wrong(service, url + " does not accept our internal_token: give all services the same one");
  }
  if (answer->status != 200)
    return wrong(service, url + " answers " + std::to_string(answer->status) + ": look into its log");
  return ok(service, url + " answers us" + (token.empty() ? "" : ", and accepts our internal_token"));
}

}  // namespace

Findings check_services(const Subject& subject) {
  const Settings& settings = subject.settings;
  const bool is_served = subject.holder.has_value();
  Findings findings{check_ready("gateway", settings.gateway_operations(), is_served),
                    check_ready("metadata", settings.metadata_operations(), is_served),
                    check_ready("scraper", settings.scraper_operations(), is_served)};
  const auto call = [&](const char* service, const std::string& url, const char* target,
                        const std::string& token) {
    findings.push_back(check_call(service, url, target, token));
  };
  std::set<std::string> elsewhere;
  for (const config::Url& url : settings.metadata_elsewhere()) elsewhere.insert(url.text);
  for (const std::string& url : elsewhere) call("metadata", url, kFilms, settings.gateway.client.token);
  if (elsewhere.empty() && findings[1].level != Level::kNote)
    call("metadata", settings.gateway.metadata.front(), kFilms, settings.gateway.client.token);
  if (findings[2].level != Level::kNote) {
    const config::HostPort listen{settings.scraper.server.host, settings.scraper.server.port};
    call("scraper", "http://" + to_string(reachable(listen)), kSources, settings.token());
  }
  return findings;
}

}  // namespace filmoteka::app::doctor
