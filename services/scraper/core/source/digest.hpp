/// A short name of a text's content.
#pragma once

#include <string>
#include <string_view>

namespace filmoteka::scraper {

/// 16 hexadecimal digits: FNV-1a, 64 bits. Not against people who look for collisions.
std::string digest_of(std::string_view text);

}  // namespace filmoteka::scraper
