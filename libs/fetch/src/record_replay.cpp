#include "cassette.hpp"

#include <filmoteka/base/strings.hpp>
#include <filmoteka/fetch/record_replay.hpp>

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <fstream>
#include <map>
#include <mutex>

namespace filmoteka::fetch {

namespace {

constexpr std::string_view kFile = "exchanges.jsonl";

class RecordingFetcher final : public Fetcher {
 public:
  RecordingFetcher(Fetcher& inner, std::ofstream file) : inner_(inner), file_(std::move(file)) {}

  Task<Result<FetchResponse>> get(FetchRequest request) override {
    const auto asked = request;
    auto outcome = co_await inner_.get(std::move(request));
    const auto line = boost::json::serialize(exchange_json(asked, outcome));
    const std::lock_guard lock(mutex_);
    file_ << line << '\n' << std::flush;
    if (!file_) co_return unavailable("The cassette cannot be written: is the disk full?");
    co_return outcome;
  }

 private:
  Fetcher& inner_;
  std::mutex mutex_;  // guards file_
  std::ofstream file_;
};

/// How many characters two addresses have in common from their beginning.
std::size_t common_beginning(std::string_view a, std::string_view b) {
  return static_cast<std::size_t>(std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin());
}

class ReplayingFetcher final : public Fetcher {
 public:
  void add(Exchange exchange) {
    tracks_[std::move(exchange.key)].answers.push_back(std::move(exchange.outcome));
  }

  Task<Result<FetchResponse>> get(FetchRequest request) override { co_return answer(exchange_key(request)); }

 private:
  struct Track {
    std::vector<Result<FetchResponse>> answers;
    std::size_t next = 0;
  };

  Result<FetchResponse> answer(const std::string& key) {
    const std::lock_guard lock(mutex_);
    const auto found = tracks_.find(key);
    if (found == tracks_.end()) return unknown(key);
    auto& [answers, next] = found->second;
    auto outcome = answers[next];
    if (next + 1 < answers.size()) ++next;
    return outcome;
  }

  Error unknown(const std::string& key) const {
    const auto nearest =
        std::max_element(tracks_.begin(), tracks_.end(), [&key](const auto& a, const auto& b) {
          return common_beginning(key, a.first) < common_beginning(key, b.first);
        });
    return invalid_argument(
        "The cassette has no answer for " + key.substr(0, 300) +
        (nearest == tracks_.end() ? "" : "; the nearest it has is " + nearest->first.substr(0, 300)));
  }

  std::mutex mutex_;  // guards tracks_
  std::map<std::string, Track, std::less<>> tracks_;
};

}  // namespace

Result<std::unique_ptr<Fetcher>> make_recording_fetcher(Fetcher& inner,
                                                        const std::filesystem::path& cassette) {
  std::error_code error;
  std::filesystem::create_directories(cassette, error);
  std::ofstream file(cassette / kFile, std::ios::trunc | std::ios::binary);
  if (error || !file) return unavailable("The cassette " + cassette.string() + " cannot be written.");
  return std::make_unique<RecordingFetcher>(inner, std::move(file));
}

Result<std::unique_ptr<Fetcher>> make_replaying_fetcher(const std::filesystem::path& cassette) {
  std::ifstream file(cassette / kFile, std::ios::binary);
  if (!file)
    return not_found("There is no cassette at " + cassette.string() + " (" + std::string(kFile) + ").");
  auto fetcher = std::make_unique<ReplayingFetcher>();
  std::size_t number = 0;
  for (std::string line; std::getline(file, line);) {
    ++number;
    if (trim(line).empty()) continue;
    auto exchange = parse_exchange(line);
    if (exchange.has_error())
      return corrupt((cassette / kFile).string() + ", line " + std::to_string(number) + ": " +
                     exchange.error().message);
    fetcher->add(std::move(*exchange));
  }
  return fetcher;
}

}  // namespace filmoteka::fetch
