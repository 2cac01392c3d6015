/// Letters that look alike in Latin and Cyrillic: "Т-34" with one or the other is one title.
#pragma once

#include "same_film/title_word.hpp"

namespace filmoteka::domain {

/// Makes each word one script where only look-alikes stand between: a word of both scripts becomes that of
/// its unmistakable letters; a word of look-alikes only, that of the unmistakable letters of the other words;
/// if there are none in the whole title, single letters become Latin ("Т-34"). Words that really mix scripts
/// and whole words like "вор" stay.
void unify_scripts(TitleWords& words);

}  // namespace filmoteka::domain
