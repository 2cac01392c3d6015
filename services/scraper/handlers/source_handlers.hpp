/// Handlers of /sources. All on the supervisor's thread.
#pragma once

#include <scraper/handlers/targets.hpp>

namespace filmoteka::scraper {

Task<Result<http::Response>> list_sources(const RouteTargets& targets, Asked asked);
Task<Result<http::Response>> show_source(const RouteTargets& targets, Asked asked);
Task<Result<http::Response>> run_source_now(const RouteTargets& targets, Asked asked);
Task<Result<http::Response>> pause_source(const RouteTargets& targets, Asked asked);
Task<Result<http::Response>> resume_source(const RouteTargets& targets, Asked asked);
/// The last answer that was not as expected, as text.
Task<Result<http::Response>> show_saved_page(const RouteTargets& targets, Asked asked);
Task<Result<http::Response>> preview_source_now(const RouteTargets& targets, Asked asked);

}  // namespace filmoteka::scraper
