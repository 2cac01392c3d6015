/// What can be set about metadata.
#pragma once

#include <filmoteka/config/common.hpp>
#include <filmoteka/config/configuration.hpp>
#include <filmoteka/http/server.hpp>

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>

namespace filmoteka::metadata {

/// Values of `full_films`: where they are read from.
inline constexpr const char* kFilmsInMemory = "memory";
inline constexpr const char* kFilmsInDatabase = "database";

struct Settings {
  http::ServerSettings server;          ///< port 8081 unless set otherwise
  std::filesystem::path data = "data";  ///< the folder of the SQLite file, made if it is not there
  std::string database;                 ///< "sqlite:PATH", "postgresql://…"; empty: metadata.db in `data`
  /// To PostgreSQL for writes, and as many for loading and exports; three more for what others change.
  std::size_t database_connections = 4;
  std::size_t compute_threads = 2;  ///< for reading batches, loading and entering changes
  bool require_if_match = false;    ///< changes of a film need If-Match
  std::string full_films = kFilmsInMemory;
  /// How often the database is looked at when it says nothing; it does say, so only tests set it.
  std::chrono::milliseconds follow_interval{1'000};
  std::string redis;  ///< see redis::parse_endpoint(); empty: none

  Settings();
};

/// The service's own settings in its section (those that all services have: config::describe_common).
void describe(config::Section& section, Settings& settings);

/// Takes over from the common settings what the service needs of them.
void apply(const config::CommonSettings& common, Settings& settings);

/// The SQLite file that the settings name. kInvalidArgument for a database of another kind.
Result<std::filesystem::path> database_file(const Settings& settings);

}  // namespace filmoteka::metadata
