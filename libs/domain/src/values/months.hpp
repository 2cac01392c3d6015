/// Names of months.
#pragma once

#include <optional>
#include <string_view>

namespace filmoteka::domain {

/// 1–12 of a Russian or English name, whole, short or in a case: "June", "июня", "Sept". nullopt for other
/// words.
std::optional<unsigned> month_of(std::string_view word);

}  // namespace filmoteka::domain
