/// Handlers of /runs and /rejects. All on the supervisor's thread.
#pragma once

#include <scraper/handlers/targets.hpp>

namespace filmoteka::scraper {

Task<Result<http::Response>> list_runs(const RouteTargets& targets, Asked asked);
Task<Result<http::Response>> show_run(const RouteTargets& targets, Asked asked);
Task<Result<http::Response>> list_rejects(const RouteTargets& targets, Asked asked);

}  // namespace filmoteka::scraper
