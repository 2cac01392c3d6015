/// What is to be thought of facts that were gathered. Pure.
#pragma once

#include <filmoteka/commands/doctor/finding.hpp>

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace filmoteka::app::doctor {

struct DiskFacts {
  std::string folder;
  std::uint64_t free_bytes = 0;
  std::uint64_t size_bytes = 0;
  std::uint64_t database_bytes = 0;  ///< our SQLite files there
};
Findings judge_disk(const DiskFacts& facts);

struct PostgresFacts {
  std::string name;     ///< "postgresql://films@db/films", without the password
  std::string version;  ///< "15.8"
  bool in_recovery = false;
  bool fsync = true;
  bool full_page_writes = true;
  std::string synchronous_commit;
  std::int64_t max_connections = 0;
  std::int64_t reserved = 0;  ///< for superusers
  std::int64_t connected = 0;
  std::int64_t ours = 0;   ///< what one set of our services takes at most
  std::int64_t films = 0;  ///< about: as the planner knows it
  std::chrono::milliseconds clock_difference{0};
};
Findings judge_postgres(const PostgresFacts& facts);

struct RedisFacts {
  std::string name;
  std::string version;
  bool knows_limits = false;  ///< CONFIG may be forbidden
  std::uint64_t max_memory = 0;
  std::string policy;
  std::chrono::milliseconds clock_difference{0};
};
Findings judge_redis(const RedisFacts& facts);

/// Of ours or another process.
struct PortFacts {
  std::string service;  ///< "gateway", "gateway operations"
  std::string address;
  bool is_taken = false;
  bool is_ours = false;     ///< by the process that serves this folder, or by that service's own program
  std::string holder = {};  ///< "nginx (process 17)"; empty: it cannot be seen
};
Finding judge_port(const PortFacts& facts);

struct LimitFacts {
  std::string whose;  ///< "this shell", "process 17"
  std::uint64_t open_files = 0;
  std::uint64_t max_connections = 0;  ///< of the gateway
};
Finding judge_open_files(const LimitFacts& facts);

struct MemoryFacts {
  std::uint64_t available_bytes = 0;
  std::int64_t films = 0;
  bool is_loaded = false;  ///< it is in memory already
};
Finding judge_memory(const MemoryFacts& facts);

struct CertificateFacts {
  std::string file;
  bool fits_key = false;
  std::int64_t seconds_left = 0;
};
Finding judge_certificate(const CertificateFacts& facts);

/// Of the migrations of a database that are not applied.
Finding judge_migrations(const std::string& what, const std::vector<std::string>& pending);

}  // namespace filmoteka::app::doctor
