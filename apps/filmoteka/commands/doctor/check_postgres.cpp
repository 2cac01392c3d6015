#include <filmoteka/commands/doctor/checks.hpp>
#include <filmoteka/commands/doctor/judge.hpp>
#include <filmoteka/commands/doctor/proc.hpp>
#include <filmoteka/config/values.hpp>
#include <filmoteka/run_task.hpp>
#include <filmoteka/sql/postgres/connection.hpp>

#include <metadata/adapters/postgres_movie_store.hpp>
#include <scraper/adapters/store/postgres_store.hpp>

#include <algorithm>
#include <map>
#include <memory>
#include <utility>

namespace filmoteka::app::doctor {
namespace {

namespace pg = sql::postgres;

constexpr std::int64_t kConnectionsForChanges = 3;  ///< of metadata, see its setting database_connections
constexpr std::string_view kFacts =
    "SELECT current_setting('server_version'), pg_is_in_recovery(), current_setting('fsync') = 'on',"
    " current_setting('full_page_writes') = 'on', current_setting('synchronous_commit'),"
    " current_setting('max_connections')::bigint, current_setting('superuser_reserved_connections')::bigint,"
    " (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'),"
    " (extract(epoch FROM clock_timestamp()) * 1000)::bigint,"
    " coalesce((SELECT reltuples::bigint FROM pg_class WHERE oid = to_regclass('metadata.movies')), 0)";

Task<Result<PostgresFacts>> gather(std::string url) {
  pg::ConnectSettings settings;
  settings.url = std::move(url);
  settings.application_name = "filmoteka-doctor";
  settings.connect_timeout = kPatience;
  settings.statement_timeout = kPatience;
  const Deadline deadline = Deadline::after(kPatience);
  auto opening = pg::Connection::open(settings, deadline);
  FILMOTEKA_CO_TRY(const std::unique_ptr<pg::Connection> connection, co_await std::move(opening));
  auto asking = connection->query(deadline, kFacts);
  FILMOTEKA_CO_TRY(const pg::Rows rows, co_await std::move(asking));
  PostgresFacts facts;
  facts.version = rows.get<std::string>(0, 0);
  facts.in_recovery = rows.get<bool>(0, 1);
  facts.fsync = rows.get<bool>(0, 2);
  facts.full_page_writes = rows.get<bool>(0, 3);
  facts.synchronous_commit = rows.get<std::string>(0, 4);
  facts.max_connections = rows.get<std::int64_t>(0, 5);
  facts.reserved = rows.get<std::int64_t>(0, 6);
  facts.connected = rows.get<std::int64_t>(0, 7);
  facts.clock_difference =
      std::chrono::milliseconds(rows.get<std::int64_t>(0, 8)) -
      std::chrono::duration_cast<std::chrono::milliseconds>(SystemClock::instance().now().time_since_epoch());
  facts.films = std::max<std::int64_t>(rows.get<std::int64_t>(0, 9), 0);
  co_return facts;
}

/// A standby is refused by who asks for a primary: it is found by asking for anything.
std::string any_server(const std::string& url) {
  return url + (url.find('?') == std::string::npos ? '?' : '&') + "target_session_attrs=any";
}

Result<PostgresFacts> gather_facts(const std::string& url) {
  Result<PostgresFacts> facts = run_task(gather(url));
  if (facts.has_value() || facts.error().code == ErrorCode::kDeadlineExceeded ||
      url.find("target_session_attrs") != std::string::npos)
    return facts;
  Result<PostgresFacts> standby = run_task(gather(any_server(url)));
  return standby.has_value() ? standby : facts;
}

using Names = Result<std::vector<std::string>>;

Names pending_of_metadata(const std::string& url) {
  metadata::PostgresStoreSettings settings;
  settings.url = url;
  settings.deadline = kPatience;
  return metadata::pending_postgres_migrations(settings);
}

Names pending_of_scraper(const std::string& url) {
  scraper::PostgresStoreSettings settings;
  settings.url = url;
  settings.deadline = kPatience;
  return scraper::pending_postgres_migrations(settings);
}

/// What one database is to us.
struct Use {
  std::int64_t connections = 0;
  bool will_be_loaded = false;  ///< its films, into this machine's memory
  std::map<std::string, Names (*)(const std::string&)> services;
};

Findings check_database(const std::string& url, const Use& use) {
  const std::string name = config::mask_password(url);
  Result<PostgresFacts> facts = gather_facts(url);
  if (facts.has_error()) {
    return {wrong(
        "PostgreSQL " + name,
        facts.error().message + " Is it running, is it reachable from here, are user and password right?")};
  }
  facts->name = name;
  facts->ours = use.connections;
  Findings findings = judge_postgres(*facts);
  if (use.will_be_loaded) findings.push_back(judge_memory({available_memory(), facts->films, false}));
  if (facts->in_recovery) return findings;
  for (const auto& [service, ask] : use.services) {
    const Names names = ask(url);
    const std::string what = "database of " + service;
    findings.push_back(names.has_value() ? judge_migrations(what, *names)
                                         : wrong(what, names.error().message));
  }
  return findings;
}

}  // namespace

Findings check_postgres(const Subject& subject) {
  std::map<std::string, Use> databases;
  if (const auto url = config::postgresql_url(subject.settings.metadata.database)) {
    Use& use = databases[*url];
    use.connections += 2 * static_cast<std::int64_t>(subject.settings.metadata.database_connections) +
                       kConnectionsForChanges;
    use.services["metadata"] = pending_of_metadata;
    use.will_be_loaded = may_be_loaded(subject);
  }
  if (const auto url = config::postgresql_url(subject.settings.scraper.database)) {
    Use& use = databases[*url];
    use.connections += static_cast<std::int64_t>(scraper::PostgresStoreSettings().connections);
    use.services["scraper"] = pending_of_scraper;
  }
  Findings findings;
  for (const auto& [url, use] : databases) {
    for (Finding& finding : check_database(url, use)) findings.push_back(std::move(finding));
  }
  return findings;
}

}  // namespace filmoteka::app::doctor
