/// A Rutube that is made up: the lists of its API with their quirks and faults, the same films for the same
/// seed. Pure: a request in, an answer out. fake_rutube_server.hpp puts it on a port.
#pragma once

#include <filmoteka/testing/fake_site.hpp>

#include <boost/json/object.hpp>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace filmoteka::testing {

struct FakeRutubeSettings {
  std::uint64_t seed = 1;
  std::size_t films = 250;          ///< in category 4; other lists repeat some of them
  std::size_t category_page = 100;  ///< rows to a page, as Rutube has it
  std::size_t other_page = 20;
  std::string base_url = "http://127.0.0.1";             ///< what `next` and the like begin with
  std::string robots = "User-agent: *\nAllow: /api/\n";  ///< empty: 404
};

/// What goes wrong, and how often.
enum class RutubeFault {
  kNone,
  kQrator,       ///< 200, but a page for people
  kForbidden,    ///< 403 with HTML
  kRateLimited,  ///< 429, Retry-After: 1
  kServerError,  ///< 500
  kCut,          ///< the connection breaks in the middle of the body
  kSlow,         ///< the answer takes `delay`
  kNotJson,      ///< a body cut off, with a proper length
  kDrifted,      ///< `results` has another name
};
std::optional<RutubeFault> rutube_fault_from(std::string_view name);

struct RutubeFaultPlan {
  RutubeFault fault = RutubeFault::kNone;
  std::uint64_t after = 0;                 ///< API requests that are answered well before
  std::uint64_t times = ~0ull;             ///< requests that fail then
  std::chrono::milliseconds delay{5'000};  ///< of kSlow
};

/// One film as the lists show it; what the scraper should make of it.
struct FakeFilm {
  std::string id;  ///< 32 hexadecimal digits
  std::string title;
  int year = 0;
  int duration_seconds = 0;
  std::int64_t hits = 0;
  std::string publication_ts;
};

/// Not thread-safe (it counts requests).
class FakeRutube {
 public:
  explicit FakeRutube(FakeRutubeSettings settings);

  /// `target`: path and query of a GET.
  FakeAnswer answer(std::string_view target);
  void set_faults(RutubeFaultPlan plan) {
    plan_ = plan;
    api_requests_ = 0;
  }
  /// From now on only captured answers exist. `target`: "/api/video/person/32", or with "?page=2"; "{base}"
  /// in the body is replaced by the base URL.
  void capture(std::string target, std::string body);

  /// What of category 4 is a film. The rest of its rows are trailers, episodes, broadcasts …
  const std::vector<FakeFilm>& films() const { return films_; }
  /// … and so many hidden and deleted videos, which may have been films.
  std::size_t inactive_videos() const { return inactive_videos_; }
  std::uint64_t requests() const { return requests_; }

 private:
  FakeAnswer list(std::string_view path, std::string_view query, const std::vector<boost::json::object>& rows,
                  std::size_t page_size, bool is_channel);
  FakeAnswer rss() const;
  FakeAnswer good_answer(std::string_view path, std::string_view query);
  std::optional<RutubeFault> fault_now();

  FakeRutubeSettings settings_;
  RutubeFaultPlan plan_;
  std::vector<FakeFilm> films_;
  std::vector<boost::json::object> category_;  ///< rows of category 4, films and others
  std::map<std::string, std::string, std::less<>> captured_;
  std::size_t inactive_videos_ = 0;
  std::uint64_t requests_ = 0;
  std::uint64_t api_requests_ = 0;
};

/// Puts a folder of captured answers ("01-api-tags-video-4996-page1.json": the URL's path with dashes) where
/// they came from, and all of their videos as the pages of category 4. Returns how many files were taken;
/// those that are no answer of the API are left out.
std::size_t load_captured(FakeRutube& rutube, const std::filesystem::path& folder);

}  // namespace filmoteka::testing
