/// What people put around a title to be seen: emoji, hashtags, "Смотреть онлайн …".
#pragma once

#include <filmoteka/domain/title_parts.hpp>

#include <string>
#include <string_view>

namespace filmoteka::domain::titles {

/// Without emoji, and without the hashtags behind the title; the text itself if nothing else is there.
std::string without_decoration(std::string_view text);

/// Without what stands before a title ("Смотреть фильм", "Художественный фильм", "Трейлер фильма"), which may
/// be noted as a tag of `parts`.
std::string_view without_lead(std::string_view text, TitleParts& parts);

}  // namespace filmoteka::domain::titles
