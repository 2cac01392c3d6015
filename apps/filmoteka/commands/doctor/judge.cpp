#include <filmoteka/commands/backup/byte_meter.hpp>
#include <filmoteka/commands/doctor/judge.hpp>
#include <filmoteka/progress.hpp>

#include <algorithm>

namespace filmoteka::app::doctor {
namespace {

constexpr std::uint64_t kLittleDisk = 100'000'000;  ///< SQLite's log alone may take that
constexpr std::chrono::milliseconds kClocksDiffer{2'000};
constexpr std::chrono::milliseconds kClocksFarApart{60'000};
constexpr std::uint64_t kFilesBesideConnections = 200;
/// With what loading and merging take for a while: 24 GiB for 10 M films (docs/scaling.md).
constexpr std::uint64_t kBytesOfFilm = 2'600;
constexpr std::int64_t kDay = 86'400;
constexpr std::int64_t kRenewDays = 14;

Findings judge_clock(const std::string& what, std::chrono::milliseconds difference) {
  const auto size = std::chrono::abs(difference);
  if (size < kClocksDiffer) return {};
  const std::string text = "its clock and ours differ by " + std::to_string(size.count() / 1'000) + " s";
  if (size < kClocksFarApart) return {note(what, text + "; let both be set by NTP")};
  return {
      wrong(what, text + "; times of changes are wrong: let both be set by NTP (systemd-timesyncd, chrony)")};
}

}  // namespace

Findings judge_disk(const DiskFacts& facts) {
  const std::string free =
      format_bytes(facts.free_bytes) + " of " + format_bytes(facts.size_bytes) + " are free";
  if (facts.free_bytes < kLittleDisk)
    return {wrong("disk", facts.folder + ": only " + free + "; make room: without it writes are refused")};
  // A copy beside the original (a backup, a VACUUM) has to fit.
  if (facts.free_bytes < facts.database_bytes)
    return {note("disk", facts.folder + ": " + free + ", less than the databases take (" +
                             format_bytes(facts.database_bytes) + "): back up to another disk")};
  return {ok("disk", facts.folder + ": " + free)};
}

Findings judge_postgres(const PostgresFacts& facts) {
  const std::string what = "PostgreSQL " + facts.name;
  Findings findings;
  if (facts.in_recovery) {
    findings.push_back(
        wrong(what, "version " + facts.version +
                        ", a standby: it takes no writes; name the primary, or all servers (host=a,b), "
                        "or promote it"));
  } else {
    findings.push_back(ok(what, "version " + facts.version + ", takes writes"));
  }
  if (!facts.fsync || !facts.full_page_writes) {
    findings.push_back(wrong(what, std::string(facts.fsync ? "full_page_writes" : "fsync") +
                                       " is off: a loss of power damages the database; switch it on"));
  }
  if (facts.synchronous_commit == "off") {
    findings.push_back(
        wrong(what,
              "synchronous_commit is off: films that were acknowledged are lost when the server "
              "ends; set it to on"));
  }
  const std::int64_t room = facts.max_connections - facts.reserved;
  const std::string connections =
      "max_connections is " + std::to_string(facts.max_connections) + ", " + std::to_string(facts.reserved) +
      " reserved, one set of our services takes up to " + std::to_string(facts.ours);
  if (room < facts.ours) {
    findings.push_back(
        wrong(what, connections + ": raise max_connections, or lower metadata.database_connections"));
  } else if (facts.connected > room - facts.ours / 2) {
    findings.push_back(note(what, connections + ", and " + std::to_string(facts.connected) +
                                      " are open: there is little room for another replica"));
  } else {
    findings.push_back(ok(what, connections));
  }
  const Findings clock = judge_clock(what, facts.clock_difference);
  findings.insert(findings.end(), clock.begin(), clock.end());
  return findings;
}

Findings judge_redis(const RedisFacts& facts) {
  const std::string what = "Redis " + facts.name;
  Findings findings{ok(what, "version " + facts.version + ", answers")};
  if (!facts.knows_limits) {
    findings.push_back(note(what,
                            "CONFIG is not allowed: look yourself that maxmemory is set and maxmemory-policy "
                            "drops keys (allkeys-lru)"));
  } else if (facts.max_memory == 0) {
    findings.push_back(note(what,
                            "maxmemory is not set: it takes what memory there is; set maxmemory and "
                            "maxmemory-policy allkeys-lru"));
  } else if (!facts.policy.starts_with("allkeys-") && !facts.policy.starts_with("volatile-")) {
    findings.push_back(wrong(what, "maxmemory is " + format_bytes(facts.max_memory) +
                                       " with maxmemory-policy " + facts.policy +
                                       ": once it is full nothing new is cached; set allkeys-lru"));
  } else {
    findings.push_back(ok(what, "maxmemory " + format_bytes(facts.max_memory) + ", " + facts.policy));
  }
  const Findings clock = judge_clock(what, facts.clock_difference);
  findings.insert(findings.end(), clock.begin(), clock.end());
  return findings;
}

Finding judge_port(const PortFacts& facts) {
  const std::string what = "port of " + facts.service;
  if (!facts.is_taken) return ok(what, facts.address + " is free");
  const std::string holder = facts.holder.empty() ? "a process of another user" : facts.holder;
  if (facts.is_ours) return ok(what, facts.address + " is held by " + holder);
  return wrong(what, facts.address + " is taken by " + holder +
                         ", which is not the one that serves this folder: stop it, or choose another port");
}

Finding judge_open_files(const LimitFacts& facts) {
  const std::uint64_t needed = facts.max_connections + kFilesBesideConnections;
  const std::string limit = facts.whose + " may have " + std::to_string(facts.open_files) +
                            " open files, and " + std::to_string(facts.max_connections) +
                            " connections are allowed (gateway.max_connections)";
  if (facts.open_files >= needed) return ok("open files", limit);
  return wrong("open files", limit + ": raise the limit to " + std::to_string(needed) +
                                 " (ulimit -n, LimitNOFILE=), or lower gateway.max_connections");
}

Finding judge_memory(const MemoryFacts& facts) {
  const std::string available = format_bytes(facts.available_bytes) + " are available";
  if (facts.is_loaded) return ok("memory", available + "; the catalogue is loaded");
  const auto films = static_cast<std::uint64_t>(std::max<std::int64_t>(facts.films, 0));
  const std::uint64_t needed = films * kBytesOfFilm;
  const std::string text =
      available + ", " + with_thousands(facts.films) + " films take up to " + format_bytes(needed);
  if (needed <= facts.available_bytes) return ok("memory", text);
  return wrong("memory", text + ": give the machine more memory, or set metadata.full_films to database");
}

Finding judge_certificate(const CertificateFacts& facts) {
  const std::string days =
      std::to_string(std::max<std::int64_t>(facts.seconds_left, 0) / kDay) + " days left";
  if (!facts.fits_key)
    return wrong("certificate", facts.file + " does not belong to the key of tls.key: give the pair");
  if (facts.seconds_left <= 0) return wrong("certificate", facts.file + " has expired: renew it");
  if (facts.seconds_left < kRenewDays * kDay)
    return note("certificate", facts.file + ": " + days + ": renew it");
  return ok("certificate", facts.file + ": " + days + ", belongs to its key");
}

Finding judge_migrations(const std::string& what, const std::vector<std::string>& pending) {
  if (pending.empty()) return ok(what, "the schema is this program's");
  return wrong(what, std::to_string(pending.size()) +
                         (pending.size() == 1 ? " migration is" : " migrations are") + " pending (" +
                         pending.front() + (pending.size() == 1 ? "" : " and more") +
                         "): start this version, or run `filmoteka migrate`");
}

}  // namespace filmoteka::app::doctor
