/// What is printed after an import.
#pragma once

#include <scraper/core/run/import.hpp>

#include <string>

namespace filmoteka::app {

/// "imported 36,273 films from FILE in 2.1 s (17,300 films/s)", then what became of them and why some did not
/// come in. Ends with a line break.
std::string describe_import(const scraper::ImportReport& report, const std::string& file);

}  // namespace filmoteka::app
