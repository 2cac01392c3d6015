/// What can be set about the scraper.
#pragma once

#include <filmoteka/config/common.hpp>
#include <filmoteka/config/configuration.hpp>
#include <filmoteka/fetch/curl_fetcher.hpp>
#include <filmoteka/fetch/polite_fetcher.hpp>
#include <filmoteka/http/client.hpp>
#include <filmoteka/http/server.hpp>

#include <scraper/core/run/plan.hpp>

#include <cstdint>
#include <filesystem>
#include <string>

namespace filmoteka::scraper {

struct Settings {
  http::ServerSettings server;                     ///< port 8082 unless set otherwise
  std::string metadata = "http://127.0.0.1:8081";  ///< where films go
  http::ClientSettings client;
  std::filesystem::path data = "data";  ///< its memory is `scraper.db` in it …
  std::string database;           ///< … unless this is "postgresql://…", which several scrapers share
  std::filesystem::path sources;  ///< folder of definitions; empty: looked for beside the program
  fetch::FetcherSettings fetcher;
  fetch::PoliteSettings politeness;
  PlanSettings plan;
  bool run_schedules = true;                 ///< false: runs only when asked
  std::size_t outbox_max_rows = 50'000;      ///< more: runs wait for metadata
  std::size_t quarantine_max_rows = 10'000;  ///< older rejects are dropped
  std::size_t kept_runs = 1'000;
  /// What this process does it must have confirmed within it, or another one that shares the store takes
  /// over.
  std::chrono::milliseconds lease{60'000};
  std::chrono::milliseconds handover_timeout{10'000};
  std::chrono::milliseconds handover_max_backoff{30'000};
  std::size_t fetch_threads = 4;
  std::size_t parse_threads = 2;
  std::filesystem::path
      record;  ///< a folder for a cassette of what sources answer; empty: none (not a setting)
  std::filesystem::path replay;  ///< a cassette that answers in their place; empty: none (not a setting)
  std::uint64_t seed = 0;        ///< of the jitter; 0: from the system's entropy

  Settings() { server.port = 8082; }
};

/// The scraper's own settings in its section (those that all services have: config::describe_common).
void describe(config::Section& section, Settings& settings);

/// Takes over what all services have: data folder, database, address, where metadata is (the first address).
void apply(const config::CommonSettings& common, Settings& settings);

}  // namespace filmoteka::scraper
