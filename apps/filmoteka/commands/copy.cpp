#include <filmoteka/commands/commands.hpp>
#include <filmoteka/commands/prepare.hpp>
#include <filmoteka/config/common.hpp>
#include <filmoteka/config/values.hpp>
#include <filmoteka/kit/data_folder.hpp>
#include <filmoteka/progress.hpp>

#include <metadata/adapters/postgres_movie_store.hpp>
#include <metadata/adapters/sqlite_movie_store.hpp>
#include <metadata/core/copy/copy_catalogue.hpp>
#include <unistd.h>

#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>
#include <utility>

namespace filmoteka::app {
namespace {

using metadata::CopyRole;

/// The copy is good, and not the last one. (1: an error. 2: wrong settings.)
constexpr int kSourceHasChanged = 3;

struct End {
  std::string name;  ///< for people, without a password
  config::Database database;
  CopyRole role = CopyRole::kSource;
};

Result<End> parse_end(const std::string& text, CopyRole role) {
  auto database = config::parse_database(text);
  if (database) return End{config::mask_password(text), std::move(*database), role};
  const std::string option = role == CopyRole::kSource ? "--from " : "--to ";
  return invalid_argument(option + config::mask_password(text) +
                          " is no database: sqlite:PATH and postgresql://user:password@host/name are.");
}

Error at(const End& end, Error error) {
  error.message = end.name + ": " + error.message;
  return error;
}

Result<std::unique_ptr<metadata::CopyableStore>> open_end(const End& end, telemetry::Metrics& metrics) {
  const Clock& clock = SystemClock::instance();
  if (end.database.kind == config::Database::Kind::kSqlite) {
    return metadata::open_sqlite_to_copy(end.database.address, end.role, clock, metrics);
  }
  metadata::PostgresStoreSettings settings;
  settings.url = end.database.address;
  return metadata::open_postgres_to_copy(settings, end.role, clock, metrics);
}

/// Nobody else works in the folder of a target that is a file.
Result<std::optional<kit::DataFolder>> hold_folder(const End& end) {
  if (end.database.kind != config::Database::Kind::kSqlite) return std::optional<kit::DataFolder>();
  const auto folder = std::filesystem::absolute(end.database.address).parent_path();
  FILMOTEKA_TRY(kit::DataFolder held, kit::DataFolder::open(folder));
  return std::optional(std::move(held));
}

/// One line for each phase.
class PhaseProgress {
 public:
  void show(const metadata::CopyProgress& state) {
    if (state.verb != verb_) {
      clear();
      verb_ = state.verb;
      progress_.emplace(std::cerr, isatty(STDERR_FILENO) != 0, SystemClock::instance());
    }
    progress_->update({state.verb, static_cast<std::int64_t>(state.films), 0, {}});
  }
  void clear() {
    if (progress_) progress_->clear();
  }

 private:
  std::string_view verb_;
  std::optional<Progress> progress_;
};

void print(const metadata::CopyReport& report, const End& from, const End& to) {
  const auto number = [](std::uint64_t value) {
    return with_thousands(static_cast<std::int64_t>(value));
  };
  std::cout << "copied " << from.name << " to " << to.name << ": everything up to revision " << report.up_to;
  if (report.from > 0) std::cout << " (an earlier run had come to " << report.from << ")";
  std::cout << "\nverified: " << number(report.films) << " films are the same in both, with "
            << number(report.reviews) << " open reviews; SHA-256 of their export " << report.sha256 << '\n';
  if (report.later == 0) return;
  std::cout << number(report.later)
            << " films changed at the source meanwhile: stop who writes there, run it again, and the rest "
               "comes too\n";
}

Task<int> copy(metadata::CopyableStore& source, metadata::CopyableStore& target, const End& from,
               const End& to) {
  PhaseProgress progress;
  metadata::CopyOptions options;
  options.progress = [&progress](const metadata::CopyProgress& state) {
    progress.show(state);
  };
  auto copying = metadata::copy_catalogue(source, target, std::move(options));
  const Result<metadata::CopyReport> report = co_await std::move(copying);
  progress.clear();
  if (report.has_error()) {
    Error error = report.error();
    error.message = "from " + from.name + " to " + to.name + ": " + error.message;
    co_return complain(error);
  }
  print(*report, from, to);
  co_return report->later == 0 ? 0 : kSourceHasChanged;
}

}  // namespace

int run_copy(const Options& options, const CopyCommand& command) {
  Settings settings;
  if (!load_or_complain(settings, options)) return kWrongSettings;
  const auto from = parse_end(command.from, CopyRole::kSource);
  if (from.has_error()) return complain(from.error()), kWrongSettings;
  const auto to = parse_end(command.to, CopyRole::kTarget);
  if (to.has_error()) return complain(to.error()), kWrongSettings;
  const auto process = make_command_process(settings, options);
  telemetry::Metrics metrics;
  const auto source = open_end(*from, metrics);
  if (source.has_error()) return complain(at(*from, source.error()));
  const auto folder = hold_folder(*to);
  if (folder.has_error()) return complain(at(*to, folder.error()));
  const auto target = open_end(*to, metrics);
  if (target.has_error()) return complain(at(*to, target.error()));
  return process->run_beside({}, [&] { return copy(**source, **target, *from, *to); });
}

}  // namespace filmoteka::app
