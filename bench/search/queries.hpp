/// What people may type to find a film: queries made from generated films, by kind.
#pragma once

#include <filmoteka/domain/movie.hpp>

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::bench {

struct Query {
  std::string kind;
  std::string q;
  std::optional<domain::MovieId> film;  ///< the one that is looked for, if there is one
};

/// The kind that is asked letter by letter: ours answers it as GET /suggest does.
inline constexpr std::string_view kTyping = "as one types, letter by letter";

/// `count` of each kind about the films 1 … `films`; the same for the same seed.
std::vector<Query> make_queries(std::int64_t films, std::uint64_t seed, std::size_t count);

/// A line of JSON.
void print(std::ostream& out, const Query& query);
/// Throws std::runtime_error when `file` cannot be read.
std::vector<Query> read_queries(const std::string& file);

}  // namespace filmoteka::bench
