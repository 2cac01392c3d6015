/// Fills an empty catalogue so that the first page is not empty.
#pragma once

#include <filmoteka/async/task.hpp>
#include <filmoteka/services_of_folder.hpp>

#include <scraper/settings.hpp>

#include <string>

namespace filmoteka::app {

/// If `metadata` has no film: imports the file of the source called "starter" and says so on
/// standard output. What goes wrong is said on standard error; the program goes on without.
Task<void> bring_first_films(const scraper::Settings& settings, ServiceAddress metadata);

}  // namespace filmoteka::app
