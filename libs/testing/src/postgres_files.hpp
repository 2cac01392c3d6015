/// The files of a PostgreSQL server of a test.
#pragma once

#include <filesystem>

namespace filmoteka::testing {

/// The newest /usr/lib/postgresql/N/bin with a server.
std::filesystem::path postgres_programs();
/// Fills `folder`/data with a fresh database cluster, owned by the unprivileged user.
void make_cluster(const std::filesystem::path& folder);

}  // namespace filmoteka::testing
