/// What handlers work with.
#pragma once

#include <filmoteka/http/message.hpp>

#include <scraper/core/run/store.hpp>
#include <scraper/core/run/supervisor.hpp>

#include <string>

namespace filmoteka::scraper {

/// What the routes call, all of it on `executor`'s thread. Outlives the router.
struct RouteTargets {
  Executor executor;
  Supervisor& supervisor;
  Store& store;
  std::string host;  ///< that we listen on
};

/// What was asked, free of the request's buffers.
struct Asked {
  std::string name;   ///< the value of the path's parameter
  std::string query;  ///< as it came
};

}  // namespace filmoteka::scraper
