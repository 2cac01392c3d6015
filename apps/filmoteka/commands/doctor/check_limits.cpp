#include <filmoteka/commands/backup/sqlite_part.hpp>
#include <filmoteka/commands/doctor/checks.hpp>
#include <filmoteka/commands/doctor/judge.hpp>
#include <filmoteka/commands/doctor/proc.hpp>

#include <sys/resource.h>

namespace filmoteka::app::doctor {
namespace {

/// Of the process that serves, or of this one: what a server started from here would have.
LimitFacts open_files_of(const Subject& subject) {
  LimitFacts facts;
  facts.max_connections = subject.settings.gateway.server.max_connections;
  rlimit limit{};
  if (subject.holder &&
      ::prlimit(static_cast<pid_t>(subject.holder->pid), RLIMIT_NOFILE, nullptr, &limit) == 0) {
    facts.whose =
        process_name(subject.holder->pid) + " (process " + std::to_string(subject.holder->pid) + ")";
  } else {
    ::getrlimit(RLIMIT_NOFILE, &limit);
    facts.whose = "what is started from here";
  }
  facts.open_files = limit.rlim_cur;
  return facts;
}

/// nullopt: they are not in a file of this machine.
std::optional<std::int64_t> films_of(const Subject& subject) {
  if (config::postgresql_url(subject.settings.metadata.database)) return std::nullopt;
  const auto file = metadata::database_file(subject.settings.metadata);
  if (file.has_error()) return std::nullopt;
  const auto films = count_sqlite_films(*file);
  return films.has_value() ? std::optional(*films) : std::nullopt;
}

}  // namespace

Findings check_limits(const Subject& subject) {
  Findings findings{judge_open_files(open_files_of(subject))};
  if (subject.holder) {
    findings.push_back(judge_memory({available_memory(), 0, true}));
  } else if (may_be_loaded(subject)) {
    if (const auto films = films_of(subject))
      findings.push_back(judge_memory({available_memory(), *films, false}));
  }
  return findings;
}

}  // namespace filmoteka::app::doctor
