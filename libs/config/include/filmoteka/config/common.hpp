/// The settings that all services have.
#pragma once

#include <filmoteka/config/configuration.hpp>

#include <array>
#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::config {

/// The sections that a settings file may have, besides `common`.
inline constexpr std::array<std::string_view, 3> kServices = {"gateway", "metadata", "scraper"};

struct CommonSettings {
  std::filesystem::path data = "data";
  std::string database;  ///< empty: a SQLite file of the service in the data folder; see parse_database()
  std::string redis;  ///< what replicas share and may lose at any time; empty: none; see redis/endpoint.hpp
  HostPort listen{"127.0.0.1", 0};
  HostPort ops_listen{"127.0.0.1", 0};
  std::vector<Url> metadata{{"http://127.0.0.1:8081"}};  ///< for gateway and scraper
  std::vector<std::string>
      internal_token;         ///< of calls between services: the first is sent, each is accepted
  std::string otlp_endpoint;  ///< "http://collector:4318"; empty: no traces are recorded
  double otlp_sample_ratio = 0.01;
  std::string log_level = "info";
  std::size_t threads = 0;  ///< I/O threads; 0: one for each processor
  std::chrono::milliseconds stop_timeout{10'000};
};

/// Describes the struct in a service's section, with the flags --data, --database, --redis, --listen,
/// --ops-listen, --metadata and --log-level. Its present values are the defaults: set the ports of the
/// service before.
void describe_common(Section& section, CommonSettings& settings);

/// Refuses a `listen` address that others can reach while there is no internal_token: for services whose
/// write API is open to whoever reaches them.
void require_protection(Section& section, const CommonSettings& settings);

struct Database {
  enum class Kind { kSqlite, kPostgresql };
  Kind kind = Kind::kSqlite;
  std::string address;  ///< the path, or the whole postgresql:// URL
};
/// "sqlite:PATH" or "postgresql://…" (also "postgres://…").
std::optional<Database> parse_database(std::string_view text);
/// The database server that `database` of the settings names; nullopt: it names a file or nothing.
std::optional<std::string> postgresql_url(std::string_view text);

}  // namespace filmoteka::config
