/// `filmoteka import` of what `filmoteka export` wrote: the same catalogue comes back.
#pragma once

#include <filmoteka/settings.hpp>

#include <string>

namespace filmoteka::app {

/// `file`: NDJSON, "-" for standard input. Films that are there with the same or a newer revision are left
/// alone, so a restore that broke off is repeated.
int run_restore(const Options& options, const std::string& file);

}  // namespace filmoteka::app
