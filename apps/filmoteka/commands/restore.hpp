/// `filmoteka import` of what `filmoteka export` wrote: the same catalogue comes back.
#pragma once

#include <filmoteka/settings.hpp>

#include <string>

namespace filmoteka::app {

/// `file`: NDJSON, "-" for standard input. Films that were changed there later are left alone, so a restore
/// that broke off is repeated. 1, too, when the file is cut off: what came is in then.
int run_restore(const Options& options, const std::string& file);

}  // namespace filmoteka::app
