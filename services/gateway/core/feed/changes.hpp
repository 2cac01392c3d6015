/// What the change feed of the metadata service says. Pure.
#pragma once

#include <filmoteka/base/result.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::gateway {

struct FilmChange {
  std::int64_t id = 0;
  std::uint64_t revision = 0;
  bool operator==(const FilmChange&) const = default;
};

/// One answer of GET /internal/v1/changes. Views alone are no change.
struct Changes {
  std::vector<FilmChange> films;
  std::uint64_t revision = 0;  ///< up to which there are no others
};

/// kCorrupt for what is no such answer.
Result<Changes> parse_changes(std::string_view body);

/// Groups of answers (Cache-Groups) as the metadata service names them: of one film, and of all that may
/// change with any film.
std::string film_group(std::int64_t id);
inline constexpr std::string_view kAnyFilmGroup = "movies";

}  // namespace filmoteka::gateway
