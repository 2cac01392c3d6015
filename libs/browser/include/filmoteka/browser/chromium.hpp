/// The Renderer on Debian's Chromium, driven by chromedriver over WebDriver
/// (https://www.w3.org/TR/webdriver2/).
#pragma once

#include <filmoteka/browser/renderer.hpp>
#include <filmoteka/telemetry/log.hpp>

#include <cstddef>
#include <filesystem>
#include <memory>

namespace filmoteka::browser {

struct ChromiumSettings {
  std::string driver = "chromedriver";  ///< looked for in PATH
  std::string browser = "/usr/bin/chromium";
  /// Profiles are made in it, each for one browser, and removed with it. Processes that an earlier scraper,
  /// killed, has left behind are recognised by it and ended.
  std::filesystem::path work_folder;
  std::string user_agent;  ///< empty: Chromium's own
  std::chrono::milliseconds page_timeout{30'000};
  std::size_t pages_per_browser = 100;  ///< then a new one is started
  std::size_t max_html_bytes = 10 * 1024 * 1024;
  std::uint64_t max_page_bytes = 50 * 1024 * 1024;  ///< that one page may receive
};

/// Nothing is started before the first page. The browser reaches the network through an egress filter of ours
/// only, which connects to no address but the Internet's (fetch/address_guard.hpp), or to any for a page that
/// allows it; cookies and storage are dropped after each page; dialogs, downloads and pop-ups lead nowhere. A
/// page that does not end in time, a crash, a driver that does not answer: all processes are killed, and the
/// next page has a new browser. Runs without Chromium's sandbox only where it must, as root, and says so. Use
/// on `executor`'s thread; close() before the end.
std::unique_ptr<Renderer> make_chromium_renderer(Executor executor, ChromiumSettings settings,
                                                 telemetry::Logger log);

}  // namespace filmoteka::browser
