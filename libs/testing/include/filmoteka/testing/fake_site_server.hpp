/// A made-up site on a loopback port.
#pragma once

#include <filmoteka/async/runtime.hpp>
#include <filmoteka/http/server.hpp>
#include <filmoteka/testing/fake_site.hpp>

#include <memory>
#include <mutex>
#include <string>

namespace filmoteka::testing {

/// Lifetime: make → run() as a coroutine on thread 0 → stop() → run() returns.
class FakeSiteServer {
 public:
  /// `settings.base_url` is replaced by the server's own address. All references outlive it. kNotFound: no
  /// site of that name.
  static Result<std::unique_ptr<FakeSiteServer>> make(Runtime& runtime, std::uint16_t port,
                                                      std::string_view site, FakeSiteSettings settings,
                                                      telemetry::Logger log, telemetry::Metrics& metrics);
  Task<void> run() { return server_->run(); }
  void stop() { server_->stop(Deadline::after(std::chrono::milliseconds(200))); }
  std::string base_url() const;

  /// Change and ask it only through here: requests come on other threads.
  template <class Function>
  auto with(Function function) {
    const std::scoped_lock lock(mutex_);
    return function(*site_);
  }

 private:
  FakeSiteServer() = default;
  Task<http::Response> respond(const http::Request& request);

  http::Router router_;
  std::unique_ptr<http::Server> server_;
  std::mutex mutex_;  ///< guards site_
  std::unique_ptr<FaultySite> site_;
};

/// `answer` as a server sends it, cut or late.
Task<http::Response> as_response(FakeAnswer answer);

}  // namespace filmoteka::testing
