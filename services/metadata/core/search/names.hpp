/// The words of a film in the form in which they are searched: the same functions for what is indexed and for
/// what is asked.
#pragma once

#include <filmoteka/domain/movie.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::metadata {

/// Between the names in `searchable`; it stands in no folded text.
inline constexpr char kNameSeparator = '\x1f';

/// domain::fold, with "8½" as "8 1 2" and "№17" as "17", which is how people type them.
std::string fold_for_search(std::string_view text);

/// The names of a film as searched, each behind a space so that every word begins behind one, kNameSeparator
/// between them: title, original title, aliases, and of those that have compounds ("Spider-Man", "WALL·E",
/// "Ocean's") a variant with each compound as one word, and of those that begin with an English article one
/// without it. No name twice; empty if no name has a letter or digit.
std::string searchable_names(const domain::MovieFacts& facts);

/// The actors, and the description: folded words with a space between them.
std::string searchable_cast(const domain::MovieFacts& facts);
std::string searchable_description(const domain::MovieFacts& facts);

/// Calls `visit(name)` for each of searchable_names(), without the space before it.
template <class Visitor>
void for_each_name(std::string_view searchable, Visitor visit) {
  while (!searchable.empty()) {
    const std::size_t end = searchable.find(kNameSeparator);
    visit(searchable.substr(1, end == std::string_view::npos ? end : end - 1));
    searchable.remove_prefix(end == std::string_view::npos ? searchable.size() : end + 1);
  }
}

/// Calls `visit(word)` for each word of a folded text.
template <class Visitor>
void for_each_word(std::string_view folded, Visitor visit) {
  while (!folded.empty()) {
    const std::size_t end = folded.find(' ');
    if (end != 0) visit(folded.substr(0, end));
    folded.remove_prefix(end == std::string_view::npos ? folded.size() : end + 1);
  }
}

std::vector<std::string> words_of(std::string_view folded);

}  // namespace filmoteka::metadata
