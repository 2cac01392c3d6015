/// What stands in brackets in a title: years, kinds, dates, tags, other names.
#pragma once

#include <filmoteka/domain/title_parts.hpp>

#include <string>
#include <string_view>

namespace filmoteka::domain::titles {

/// Stands where a bracket with a year was: what follows it is not the title any more. Never part of a title.
inline constexpr char kBreak = '\x1F';

/// Takes the brackets that are understood out of `text` and notes in `parts` what they say (year, kind, air
/// date, tags, alternative and original titles); the others stay.
std::string take_brackets(std::string_view text, const TitleHints& hints, TitleParts& parts);

}  // namespace filmoteka::domain::titles
