/// Sites that are made up: a request in, an answer out, the same films for the same seed.
/// fake_site_server.hpp puts one on a port; filmoteka-fake-sources is it as a program.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace filmoteka::testing {

struct FakeRequest {
  std::string method = "GET";
  std::string target;  ///< path and query
  std::string if_none_match;
  std::string body;
};

struct FakeAnswer {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  bool cut = false;  ///< only half of the body is sent, then the connection breaks
  std::chrono::milliseconds delay{0};
};

/// Not thread-safe.
class FakeSite {
 public:
  virtual ~FakeSite() = default;
  virtual FakeAnswer answer(const FakeRequest& request) = 0;
};

/// What goes wrong.
enum class SiteFault {
  kNone,
  kBlockPage,    ///< 200, but a page for people
  kForbidden,    ///< 403 with HTML
  kRateLimited,  ///< 429, Retry-After: 1
  kServerError,  ///< 500
  kCut,          ///< the connection breaks in the middle of the body
  kSlow,         ///< the answer takes `delay`
  kCutOff,       ///< a body cut off, with a proper length
  kDrifted,      ///< another layout
};
/// "qrator", "forbidden", "rate-limited", "error", "cut", "slow", "not-json", "drifted".
std::optional<SiteFault> site_fault_from(std::string_view name);

struct SiteFaultPlan {
  SiteFault fault = SiteFault::kNone;
  std::uint64_t after = 0;                 ///< requests that are answered well before
  std::uint64_t times = ~0ull;             ///< requests that fail then
  std::chrono::milliseconds delay{5'000};  ///< of kSlow
};

struct FakeSiteSettings {
  std::uint64_t seed = 1;
  std::size_t films = 60;
  std::string base_url = "http://127.0.0.1";  ///< what absolute links begin with
};

/// Another layout: a piece of the body and what stands there instead.
struct Drift {
  std::string from;
  std::string to;
};

/// A site with faults: robots.txt is always answered well and not counted.
class FaultySite final : public FakeSite {
 public:
  FaultySite(std::unique_ptr<FakeSite> site, Drift drift, SiteFaultPlan plan = {});
  FakeAnswer answer(const FakeRequest& request) override;
  void set_faults(SiteFaultPlan plan);
  std::uint64_t requests() const { return requests_; }

 private:
  std::unique_ptr<FakeSite> site_;
  Drift drift_;
  SiteFaultPlan plan_;
  std::uint64_t requests_ = 0;
};

/// "archive", "wikidata", "kino"; null for any other name.
std::unique_ptr<FaultySite> make_fake_site(std::string_view name, const FakeSiteSettings& settings);

}  // namespace filmoteka::testing
