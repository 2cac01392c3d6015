#include "fake_sites.hpp"

#include <filmoteka/testing/fake_site.hpp>

#include <algorithm>
#include <array>

namespace filmoteka::testing {

namespace {

constexpr std::string_view kChallenge =
    "<!DOCTYPE html><html><head><title>Проверка</title></head><body>Подтвердите, что вы не "
    "робот</body></html>";

FakeAnswer page_for_people(int status) {
  return {status, {{"Content-Type", "text/html; charset=utf-8"}}, std::string(kChallenge)};
}

void replace_all(std::string& text, const std::string& from, const std::string& to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

struct FaultName {
  std::string_view name;
  SiteFault fault;
};
constexpr std::array kFaultNames = {
    FaultName{"none", SiteFault::kNone},           FaultName{"qrator", SiteFault::kBlockPage},
    FaultName{"forbidden", SiteFault::kForbidden}, FaultName{"rate-limited", SiteFault::kRateLimited},
    FaultName{"error", SiteFault::kServerError},   FaultName{"cut", SiteFault::kCut},
    FaultName{"slow", SiteFault::kSlow},           FaultName{"not-json", SiteFault::kCutOff},
    FaultName{"drifted", SiteFault::kDrifted},
};

}  // namespace

std::optional<SiteFault> site_fault_from(std::string_view name) {
  const auto* found = std::find_if(kFaultNames.begin(), kFaultNames.end(),
                                   [name](const FaultName& entry) { return entry.name == name; });
  if (found == kFaultNames.end()) return std::nullopt;
  return found->fault;
}

FaultySite::FaultySite(std::unique_ptr<FakeSite> site, Drift drift, SiteFaultPlan plan)
    : site_(std::move(site)), drift_(std::move(drift)), plan_(plan) {}

void FaultySite::set_faults(SiteFaultPlan plan) {
  plan_ = plan;
  requests_ = 0;
}

FakeAnswer FaultySite::answer(const FakeRequest& request) {
  if (request.target == "/robots.txt") return site_->answer(request);
  const auto number = requests_++;
  const bool is_well = number < plan_.after || number - plan_.after >= plan_.times;
  const auto fault = is_well ? SiteFault::kNone : plan_.fault;
  if (fault == SiteFault::kBlockPage) return page_for_people(200);
  if (fault == SiteFault::kForbidden) return page_for_people(403);
  if (fault == SiteFault::kServerError) return page_for_people(500);
  if (fault == SiteFault::kRateLimited) {
    auto answer = page_for_people(429);
    answer.headers.emplace_back("Retry-After", "1");
    return answer;
  }
  auto answer = site_->answer(request);
  if (fault == SiteFault::kSlow) answer.delay = plan_.delay;
  answer.cut = fault == SiteFault::kCut;
  if (fault == SiteFault::kCutOff) answer.body.resize(answer.body.size() / 2);
  if (fault == SiteFault::kDrifted) replace_all(answer.body, drift_.from, drift_.to);
  return answer;
}

std::unique_ptr<FaultySite> make_fake_site(std::string_view name, const FakeSiteSettings& settings) {
  if (name == "archive")
    return std::make_unique<FaultySite>(make_fake_archive(settings), Drift{"\"items\"", "\"entries\""});
  if (name == "wikidata")
    return std::make_unique<FaultySite>(make_fake_wikidata(settings), Drift{"\"bindings\"", "\"rows\""});
  if (name == "kino")
    return std::make_unique<FaultySite>(make_fake_kino(settings), Drift{"class=\"film\"", "class=\"card\""});
  return nullptr;
}

}  // namespace filmoteka::testing
