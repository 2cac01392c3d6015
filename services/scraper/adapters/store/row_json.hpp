/// The JSON columns of the outbox database.
#pragma once

#include <filmoteka/base/result.hpp>
#include <filmoteka/domain/movie.hpp>

#include <scraper/core/run/run.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::scraper {

std::string counts_to_json(const Counts& counts);
/// What can't be read is zero: a report is no reason to stop.
Counts counts_from_json(std::string_view text);

/// Of an ended run: what was observed, and the complaints.
std::string observations_to_json(const Run& run);
void observations_from_json(std::string_view text, Run& run);

std::string reasons_to_json(const std::vector<Reason>& reasons);
std::vector<Reason> reasons_from_json(std::string_view text);

std::string film_to_json(const domain::MovieFacts& film);
Result<domain::MovieFacts> film_from_json(std::string_view text);

}  // namespace filmoteka::scraper
