/// The scraper's answers as JSON (contracts/openapi/scraper.yaml).
#pragma once

#include <boost/json/object.hpp>
#include <scraper/core/run/preview.hpp>
#include <scraper/core/run/store.hpp>
#include <scraper/core/run/supervisor.hpp>

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace filmoteka::scraper {

/// `history`: the source's last runs, the newest first, the one under way among them.
boost::json::object source_json(const SourceView& view, std::span<const Run> history);
boost::json::object run_json(const Run& run);
boost::json::object reject_json(const StoredReject& stored);
/// `stored`: for each item the film as it was sent last, null where it is new or no film.
boost::json::object preview_json(std::string_view source, const Preview& preview,
                                 const std::vector<std::optional<domain::MovieFacts>>& stored);
boost::json::object saved_page_json(const StoredPage& saved);

}  // namespace filmoteka::scraper
