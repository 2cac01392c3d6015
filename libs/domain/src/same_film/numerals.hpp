/// Numbers in titles: Roman, in words, ordinals beside the words for a part.
#pragma once

#include "same_film/title_word.hpp"

namespace filmoteka::domain {

/// Gives each number its `number` and joins numbers of several words: "Nineteen Eighty-Four" becomes one
/// word, 1984. "часть вторая", "Part II", "Vol. 2" become the one word 2; so does a lone v or x at the end of
/// a title or before a break.
void read_numbers(TitleWords& words);

}  // namespace filmoteka::domain
