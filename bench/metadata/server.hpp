/// How the PostgreSQL of a benchmark is set up: durable, and with the machine's memory.
#pragma once

#include <filmoteka/testing/postgres_server.hpp>

namespace filmoteka::bench {

/// fsync on; a quarter of the memory as shared buffers, 4 GB at most.
testing::PostgresOptions server_options();

}  // namespace filmoteka::bench
