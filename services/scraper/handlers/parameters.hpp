/// Query parameters of the scraper's routes. Pure.
#pragma once

#include <filmoteka/base/result.hpp>

#include <scraper/core/run/store.hpp>

#include <string_view>

namespace filmoteka::scraper {

inline constexpr std::size_t kMaxListed = 200;
inline constexpr std::size_t kMaxPreviewed = 50;

/// source, run, before, limit (1–200, above is brought down); `with_run` false: `run` is unknown.
/// kInvalidArgument names every wrong or unknown parameter.
Result<ListQuery> list_query(std::string_view query, bool with_run);
/// limit (1–50, above is brought down; 10).
Result<std::size_t> preview_limit(std::string_view query);
/// kInvalidArgument if there is any parameter.
Result<void> no_parameters(std::string_view query);
/// A path segment that is an id; kNotFound for anything else.
Result<RunId> run_id(std::string_view segment);

}  // namespace filmoteka::scraper
