/// The questions as the service answers them: parse, look at the snapshot, make the page and its links.
#pragma once

#include "measure.hpp"
#include "questions.hpp"

#include <filmoteka/domain/movie.hpp>

#include <metadata/core/catalogue/snapshot.hpp>
#include <metadata/core/query/execute.hpp>

#include <string>
#include <vector>

namespace filmoteka::bench {

/// What GET /movies does between its socket and its socket. Throws when it is refused.
metadata::ListResult answer(const metadata::Snapshot& snapshot, const std::string& query,
                            const metadata::CursorKey& key);

/// All of `questions` on the calling thread, in rounds.
void ask_service(const std::vector<Question>& questions, const metadata::Snapshot& snapshot,
                 const metadata::CursorKey& key, int rounds, const Report& report);
/// From the first film to the last by cursors.
void walk_service(const metadata::Snapshot& snapshot, const metadata::CursorKey& key, const Report& report);
/// Bytes a film, beyond its own text.
void weigh(const metadata::Snapshot& snapshot, const Report& report);
}  // namespace filmoteka::bench
