/// FakeMetadata behind the real protocol: POST /internal/v1/movies:batch on a loopback port.
#pragma once

#include <filmoteka/async/runtime.hpp>
#include <filmoteka/http/server.hpp>
#include <filmoteka/testing/fake_metadata.hpp>

#include <memory>
#include <string>

namespace filmoteka::testing {

/// On one thread: make → run() → stop() → run() returns.
class FakeMetadataServer {
 public:
  /// The runtime must have one thread: the films belong to it.
  static Result<std::unique_ptr<FakeMetadataServer>> make(Runtime& runtime, telemetry::Logger log,
                                                          telemetry::Metrics& metrics,
                                                          std::uint16_t port = 0);
  Task<void> run() { return server_->run(); }
  void stop() { server_->stop(Deadline::after(std::chrono::milliseconds(200))); }
  std::string base_url() const { return "http://127.0.0.1:" + std::to_string(port()); }
  std::uint16_t port() const { return server_->port(); }
  FakeMetadata& metadata() { return metadata_; }

 private:
  FakeMetadataServer() = default;
  Task<http::Response> take_batch(const http::Request& request);

  FakeMetadata metadata_;
  http::Router router_;
  std::unique_ptr<http::Server> server_;
};

}  // namespace filmoteka::testing
