/// What can be set about the gateway.
#pragma once

#include <filmoteka/config/common.hpp>
#include <filmoteka/http/client.hpp>
#include <filmoteka/http/server.hpp>

#include <gateway/core/api_origin.hpp>
#include <gateway/core/cache/http_cache.hpp>
#include <gateway/core/limits/limits.hpp>

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

namespace filmoteka::gateway {

struct Settings {
  http::ServerSettings server;                                    ///< port 8080 unless set otherwise
  std::vector<std::string> metadata = {"http://127.0.0.1:8081"};  ///< one address for each replica
  http::ClientSettings client;                                    ///< of each connection pool to a replica
  std::string origin;  ///< if set, another HTTP server is behind the gateway, and nothing of Filmoteka
  HttpCacheSettings cache;
  Freshness freshness;                              ///< of the API's answers
  config::ByteSize cache_bytes{64 * 1024 * 1024};   ///< becomes cache.memory.max_bytes in apply()
  std::chrono::milliseconds probe_interval{1'000};  ///< of each metadata service
  std::filesystem::path web_root;                   ///< empty: looked for beside the program
  std::string public_url;  ///< what the site is called outside; empty: see PublicAddress
  std::size_t compression_threads = 1;
  std::string redis;  ///< what gateways share; empty: none; see redis::parse_endpoint()
  std::chrono::milliseconds second_level_timeout{10};  ///< of one call of the cache in Redis
  LimitSettings limits;
  std::vector<std::string> trusted_proxies;  ///< see AddressRange::parse()
  std::vector<std::string> cors_origins = {"*"};

  Settings();
};

/// The gateway's own settings in its section (those that all services have: config::describe_common).
void describe(config::Section& section, Settings& settings);

/// Takes over what all services have, once everything is loaded.
void apply(const config::CommonSettings& common, Settings& settings);

}  // namespace filmoteka::gateway
