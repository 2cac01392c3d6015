/// Tells the person who started the program which sources work.
#pragma once

#include <filmoteka/async/task.hpp>
#include <filmoteka/services_of_folder.hpp>

#include <string>

namespace filmoteka::app {

/// Waits for the first run of each scheduled source and says on standard output how it went: films, or why
/// the source could not be reached. Ends when all have been told of; gives up when the scraper does not
/// answer.
Task<void> say_how_sources_are(ServiceAddress scraper);

}  // namespace filmoteka::app
