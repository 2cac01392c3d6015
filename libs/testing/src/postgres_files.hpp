/// The files of a PostgreSQL server of a test.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

namespace filmoteka::testing {

/// The newest /usr/lib/postgresql/N/bin with a server.
std::filesystem::path postgres_programs();
/// Starts a program with its output in `log`, as an unprivileged user if we are root; it gets `end_signal`
/// when the thread that started it ends.
pid_t start_unprivileged(const std::vector<std::string>& command, const std::filesystem::path& log,
                         int end_signal);
/// Fills `folder`/data with a fresh database cluster, owned by the unprivileged user.
void make_cluster(const std::filesystem::path& folder);
std::string read_text(const std::filesystem::path& file);

}  // namespace filmoteka::testing
