/// PostgreSQL's own programs.
#pragma once

#include <filmoteka/commands/backup/child_process.hpp>

#include <string>

namespace filmoteka::app {

/// `command` with the newest installed program of that name (pg_dump reads servers of its version and older),
/// in the folders of Debian's packages or, without them, wherever programs are looked for. kNotFound says
/// which package has it.
Result<ChildProcess> start_postgres_program(const std::string& name, ChildCommand command);

}  // namespace filmoteka::app
