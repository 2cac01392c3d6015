/// One running browser with its driver, profile and egress filter. Internal.
#pragma once

#include "egress_filter.hpp"
#include "page_events.hpp"
#include "process_group.hpp"
#include "web_driver.hpp"

#include <filmoteka/browser/chromium.hpp>

#include <memory>
#include <optional>

namespace filmoteka::browser {

/// end() before it goes.
class BrowserSession {
 public:
  /// kUnavailable: there is no browser; names the packages.
  static Task<Result<std::unique_ptr<BrowserSession>>> start(Executor executor,
                                                             const ChromiumSettings& settings,
                                                             telemetry::Logger log, Deadline deadline);
  BrowserSession(Executor executor, const ChromiumSettings& settings);
  ~BrowserSession();

  Task<Result<RenderedPage>> render(const RenderRequest& request);
  Task<void> end();

 private:
  Task<Result<void>> launch(telemetry::Logger log, Deadline deadline);
  Task<Result<void>> wait_until_loaded(const RenderRequest& request, PageEvents& events);
  Task<Result<bool>> is_loaded(const RenderRequest& request, std::string& last_state);
  Task<Result<void>> take_events(const RenderRequest& request, PageEvents& events);
  Task<Result<std::string>> body_of(const std::string& request_id, Deadline deadline);
  Task<void> leave_page(Deadline deadline);

  Executor executor_;
  const ChromiumSettings& settings_;
  std::unique_ptr<EgressFilter> egress_;
  TaskGroup filtering_;
  std::filesystem::path profile_;
  std::optional<ProcessGroup> processes_;
  std::optional<WebDriver> driver_;
};

}  // namespace filmoteka::browser
