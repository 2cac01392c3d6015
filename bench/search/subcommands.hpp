/// What search_bench does, one function for each subcommand; bench/search.py runs them.
#pragma once

#include <cstdint>
#include <string>

namespace filmoteka::bench {

inline constexpr std::uint64_t kFilmsSeed = 1;
inline constexpr std::uint32_t kPageSize = 24;  ///< films asked for

/// The generated films 1 … `films` that are active, one line of JSON each: what a search looks at.
void print_films(std::int64_t films);
/// `count` queries of each kind about these films, one line of JSON each.
void print_queries(std::int64_t films, std::uint64_t seed, std::size_t count);
/// The catalogue with these films, asked the queries of a file that print_queries() wrote.
void ask(std::int64_t films, int rounds, const std::string& queries_file);
/// Looks for queries that take long, for `seconds`: random ones first, then changes of the worst. Prints
/// them.
void find_worst(std::int64_t films, int seconds, std::uint64_t seed);
/// How well the films of a JSON file are ranked: of each query of another file it is known which come first.
void measure_relevance(const std::string& films_file, const std::string& queries_file);

}  // namespace filmoteka::bench
