/// The index of what films are matched by: table match_keys. Blocking.
#pragma once

#include <filmoteka/base/result.hpp>
#include <filmoteka/sql/database.hpp>

#include <metadata/core/write/holdings.hpp>

#include <vector>

namespace filmoteka::metadata {

/// Adds them, inside the caller's transaction. The films have none of them yet.
Result<void> write_match_keys(sql::Database& database, std::vector<KeyedFilm>& keys);

/// If the keys were made by an older algorithm (domain::kMatchKeysVersion) makes all anew, some thousand
/// films a transaction. When it is interrupted, the next call goes on where it was.
Result<void> renew_match_keys(sql::Database& database);

}  // namespace filmoteka::metadata
