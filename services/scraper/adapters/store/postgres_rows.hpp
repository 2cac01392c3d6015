/// How values stand in the scraper's tables of PostgreSQL.
#pragma once

#include <filmoteka/sql/postgres/rows.hpp>

#include <scraper/core/run/store.hpp>

#include <string>
#include <string_view>

namespace filmoteka::scraper::postgres {

/// The columns that read_run() and read_state() expect, as SELECT lists; they live as long as the program.
extern const std::string_view kRunColumns;
extern const std::string_view kStateColumns;

Run read_run(const sql::postgres::Rows& rows, std::size_t row);
SourceState read_state(const sql::postgres::Rows& rows, std::size_t row);
/// Of `id, run, at, source, source_id, position, stage, reasons, excerpt`.
StoredReject read_reject(const sql::postgres::Rows& rows, std::size_t row);

/// What a site wrote, as PostgreSQL takes it: valid UTF-8 without zero bytes; what is neither becomes U+FFFD.
std::string storable(std::string_view text);

/// Bytes of any kind as encode(…, 'hex') and decode(…, 'hex') have them.
std::string to_hex(std::string_view bytes);
std::string from_hex(std::string_view text);

}  // namespace filmoteka::scraper::postgres
