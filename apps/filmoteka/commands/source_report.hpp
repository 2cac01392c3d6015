/// The scraper's answers as text for people.
#pragma once

#include <boost/json/object.hpp>

#include <string>

namespace filmoteka::app {

/// A table of the sources; below it why some of them are not ok.
std::string describe_sources(const boost::json::object& answer);
/// One source: its schedule, state, last runs and how full its films are.
std::string describe_source(const boost::json::object& source);
/// Tables.
std::string describe_runs(const boost::json::object& answer);
std::string describe_rejects(const boost::json::object& answer);
std::string describe_saved_page(const boost::json::object& saved);
/// How a run went, in one line and its reasons.
std::string describe_run(const boost::json::object& run);
/// What a source would bring: each item with its film or the reasons against it.
std::string describe_preview(const boost::json::object& preview);

}  // namespace filmoteka::app
