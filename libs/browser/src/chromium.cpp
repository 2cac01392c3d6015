#include "browser_session.hpp"

#include <filmoteka/async/event.hpp>
#include <filmoteka/async/with_deadline.hpp>
#include <filmoteka/browser/chromium.hpp>
#include <filmoteka/fetch/allowed_hosts.hpp>
#include <filmoteka/fetch/url.hpp>

#include <algorithm>

namespace filmoteka::browser {

namespace {

Result<void> check_address(const RenderRequest& request, const std::string& text) {
  FILMOTEKA_TRY(const auto url, fetch::parse_web_url(text));
  if (request.allowed_hosts.empty() || fetch::is_allowed_host(url.host, request.allowed_hosts)) return {};
  return invalid_argument("The page leads to " + url.origin() + ", which the source does not allow.");
}

class ChromiumRenderer final : public Renderer {
 public:
  ChromiumRenderer(Executor executor, ChromiumSettings settings, telemetry::Logger log)
      : executor_(executor), settings_(std::move(settings)), log_(std::move(log)), freed_(executor) {}

  Task<Result<RenderedPage>> render(RenderRequest request) override {
    FILMOTEKA_CO_CHECK(check_address(request, request.url));
    while (busy_) {
      freed_.reset();
      co_await freed_.wait();
    }
    busy_ = true;
    const Freed freed{*this};
    request.deadline = earliest(request.deadline, Deadline::after(settings_.page_timeout));
    auto rendering = in_a_browser(request);
    auto timed = with_deadline(std::move(rendering), request.deadline, "The page");
    auto page = co_await std::move(timed);
    if (page.has_error() || ++pages_ >= settings_.pages_per_browser) co_await end_session();
    co_return page;
  }

  Task<void> close() override { co_await end_session(); }

 private:
  struct Freed {
    ~Freed() {
      renderer.busy_ = false;
      renderer.freed_.set();
    }
    ChromiumRenderer& renderer;
  };

  Task<Result<RenderedPage>> in_a_browser(const RenderRequest& request) {
    if (!session_) {
      auto starting = BrowserSession::start(executor_, settings_, log_, request.deadline);
      FILMOTEKA_CO_TRY(session_, co_await std::move(starting));
      pages_ = 0;
    }
    auto rendering = session_->render(request);
    FILMOTEKA_CO_TRY(auto page, co_await std::move(rendering));
    FILMOTEKA_CO_CHECK(check_address(request, page.url));
    co_return page;
  }

  Task<void> end_session() {
    if (!session_) co_return;
    auto ending = session_->end();
    co_await std::move(ending);
    session_.reset();
  }

  Executor executor_;
  ChromiumSettings settings_;
  telemetry::Logger log_;
  Event freed_;
  bool busy_ = false;
  std::unique_ptr<BrowserSession> session_;  ///< null: none is running
  std::size_t pages_ = 0;
};

}  // namespace

std::unique_ptr<Renderer> make_chromium_renderer(Executor executor, ChromiumSettings settings,
                                                 telemetry::Logger log) {
  return std::make_unique<ChromiumRenderer>(executor, std::move(settings), std::move(log));
}

}  // namespace filmoteka::browser
