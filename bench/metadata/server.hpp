/// How the PostgreSQL of a benchmark is set up: durable, and with the machine's memory.
#pragma once

#include <filmoteka/testing/postgres_server.hpp>

#include <cstdint>

namespace filmoteka::bench {

/// fsync on; a quarter of the memory as shared buffers, but not more than that.
testing::PostgresOptions server_options(std::int64_t most_megabytes = 4'096);

}  // namespace filmoteka::bench
