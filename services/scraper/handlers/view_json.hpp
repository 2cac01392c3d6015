/// The scraper's answers as JSON (contracts/openapi/scraper.yaml).
#pragma once

#include <boost/json/object.hpp>
#include <scraper/core/run/preview.hpp>
#include <scraper/core/run/store.hpp>
#include <scraper/core/run/supervisor.hpp>

namespace filmoteka::scraper {

/// `last` is the source's last run; null if there is none.
boost::json::object source_json(const SourceView& view, const Run* last);
boost::json::object run_json(const Run& run);
boost::json::object reject_json(const StoredReject& stored);
boost::json::object preview_json(std::string_view source, const Preview& preview);

}  // namespace filmoteka::scraper
