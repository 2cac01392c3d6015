/// The looks that `filmoteka doctor` takes. Each changes nothing, and ends within some seconds by itself
/// wherever the system lets it; see run_checks.hpp for where it does not.
#pragma once

#include <filmoteka/commands/doctor/finding.hpp>
#include <filmoteka/kit/data_folder.hpp>
#include <filmoteka/settings.hpp>

#include <chrono>
#include <optional>

namespace filmoteka::app::doctor {

/// For each wait on the outside.
inline constexpr std::chrono::milliseconds kPatience{2'500};

struct Subject {
  const Settings& settings;
  std::optional<kit::Addresses> holder = {};  ///< the process that serves the data folder
};

/// Nobody has loaded the catalogue yet, and it will be in memory whole.
inline bool may_be_loaded(const Subject& subject) {
  return !subject.holder && subject.settings.metadata.full_films == metadata::kFilmsInMemory;
}

Findings check_program(const Subject& subject);
Findings check_data_folder(const Subject& subject);
Findings check_sqlite(const Subject& subject);
Findings check_postgres(const Subject& subject);
Findings check_redis(const Subject& subject);
Findings check_services(const Subject& subject);
Findings check_ports(const Subject& subject);
Findings check_limits(const Subject& subject);
Findings check_clock(const Subject& subject);
Findings check_sources(const Subject& subject);
Findings check_web_app(const Subject& subject);
Findings check_certificate(const Subject& subject);

}  // namespace filmoteka::app::doctor
