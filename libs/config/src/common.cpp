#include <filmoteka/config/common.hpp>

#include <algorithm>
#include <utility>

namespace filmoteka::config {
namespace {

bool is_token(const std::string& text) {
  constexpr std::size_t kShortest = 16;
  return text.size() >= kShortest && std::ranges::all_of(text, [](char c) { return c > ' ' && c < 0x7F; });
}

}  // namespace

std::optional<Database> parse_database(std::string_view text) {
  constexpr std::string_view kSqlite = "sqlite:";
  if (text.starts_with(kSqlite) && text.size() > kSqlite.size()) {
    return Database{Database::Kind::kSqlite, std::string(text.substr(kSqlite.size()))};
  }
  if (text.starts_with("postgresql://") || text.starts_with("postgres://")) {
    return Database{Database::Kind::kPostgresql, std::string(text)};
  }
  return std::nullopt;
}

std::optional<std::string> postgresql_url(std::string_view text) {
  auto database = parse_database(text);
  if (!database || database->kind != Database::Kind::kPostgresql) return std::nullopt;
  return std::move(database->address);
}

void describe_common(Section& section, CommonSettings& settings) {
  using std::chrono::milliseconds;
  section.add("data", settings.data, "The folder of everything that is kept. One process at a time uses it.")
      .shared()
      .flag("data");
  section
      .add("database", settings.database,
           "The system of record. Empty: a SQLite file of the service in the data folder; a relative path is "
           "taken there.")
      .shared()
      .flag("database")
      .hide_password()
      .check("sqlite:PATH or postgresql://…",
             [](const std::string& text) { return text.empty() || parse_database(text).has_value(); });
  section
      .add("redis", settings.redis,
           "A cache that all replicas share, which may be away at any time. Empty: none.")
      .shared()
      .flag("redis")
      .hide_password()
      .check("redis://user:password@host:port/0 or unix:///path, or nothing", [](const std::string& text) {
        return text.empty() || text.starts_with("redis://") || text.starts_with("unix://") ||
               text.starts_with("redis+unix://");
      });
  section.add("listen", settings.listen, "Where the service answers. Port 0: any free port.").flag("listen");
  section
      .add("ops_listen", settings.ops_listen,
           "Where the operator asks: /healthz, /readyz, /metrics, /config, /build. Never open it to the "
           "public.")
      .flag("ops-listen");
  section.add("metadata", settings.metadata, "The metadata services, for gateway and scraper.")
      .shared()
      .flag("metadata");
  section
      .add("internal_token", settings.internal_token,
           "The secret by which our services know each other: what gateway, scraper and commands send to "
           "metadata and scraper, which answer nobody else then. Several, while one takes the place of the "
           "other: the first is sent, each is accepted. Empty: they answer everybody who reaches them, and "
           "listen on this machine only. `openssl rand -hex 32` makes one.")
      .shared()
      .secret()
      .check("at least 16 letters, digits or other visible characters without a comma", is_token);
  section
      .add(
          "otlp_endpoint", settings.otlp_endpoint,
          "A collector of traces that takes OTLP/HTTP, like http://127.0.0.1:4318. Empty: none are recorded.")
      .shared()
      .check("http://host:port, or nothing",
             [](const std::string& text) { return text.empty() || text.starts_with("http://"); });
  section
      .add("otlp_sample_ratio", settings.otlp_sample_ratio,
           "How many of the traces that begin here are recorded. Of a trace that a client has begun, the "
           "client decides.")
      .shared()
      .range(0, 1);
  section.add("log_level", settings.log_level, "What is logged: this and what is worse.")
      .shared()
      .live()
      .flag("log-level")
      .one_of({"debug", "info", "warning", "error", "off"});
  section.add("threads", settings.threads, "I/O threads. 0: one for each processor.").shared().range(0, 256);
  section
      .add("stop_timeout", settings.stop_timeout,
           "How long requests under way may take to end after SIGTERM.")
      .shared()
      .range(milliseconds{0}, std::chrono::hours{1});
}

void require_protection(Section& section, const CommonSettings& settings) {
  section.require("listen", [&settings]() -> std::optional<std::string> {
    if (is_loopback(settings.listen) || !settings.internal_token.empty()) return std::nullopt;
    return to_string(settings.listen) +
           " can be reached from other machines, and whoever reaches it may write. Give internal_token to "
           "all services, or listen on 127.0.0.1.";
  });
}

}  // namespace filmoteka::config
