/// Lists of texts in one column, as a JSON array.
#pragma once

#include <filmoteka/base/result.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::metadata {

std::string to_json_list(const std::vector<std::string>& texts);
/// kCorrupt for anything but an array of texts.
Result<std::vector<std::string>> from_json_list(std::string_view text);

}  // namespace filmoteka::metadata
