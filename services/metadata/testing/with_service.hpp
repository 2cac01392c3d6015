/// A running metadata service with an HTTP client, for tests of what goes over the wire.
#pragma once

#include <filmoteka/async/runtime.hpp>
#include <filmoteka/http/client.hpp>
#include <filmoteka/telemetry/metrics.hpp>

#include <metadata/service.hpp>

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace filmoteka::metadata::testing {

class Service {
 public:
  Service(MetadataService& service, std::unique_ptr<http::Client> client,
          std::unique_ptr<http::Client> operations, const telemetry::Metrics& metrics)
      : service_(service),
        client_(std::move(client)),
        operations_(std::move(operations)),
        metrics_(metrics) {}

  Task<http::ClientResponse> get(std::string target, http::Headers headers = {});
  Task<http::ClientResponse> post(std::string target, std::string body,
                                  std::string content_type = "application/x-ndjson");
  Task<http::ClientResponse> send(http::Method method, std::string target, std::string body,
                                  http::Headers headers = {});
  /// GET /readyz of the operations port.
  Task<http::ClientResponse> readyz();
  /// Posts films; throws unless it is answered 200.
  Task<void> upsert(std::vector<domain::MovieFacts> movies);
  /// Stops the service while requests may be under way.
  Task<void> stop();

  MetadataService& service() { return service_; }
  std::string metrics() const { return metrics_.render(); }
  bool stopped() const { return stopped_; }

 private:
  MetadataService& service_;
  std::unique_ptr<http::Client> client_;
  std::unique_ptr<http::Client> operations_;
  const telemetry::Metrics& metrics_;
  bool stopped_ = false;
};

/// Starts the service on the folder's data and two threads, waits until it is ready, runs `test`, stops it.
/// What `test` throws fails the test.
void with_service(const std::filesystem::path& data, const std::function<Task<void>(Service&)>& test,
                  Settings settings = {});

/// The same with these settings, but it does not wait until it is ready.
void with_starting_service(const Settings& settings, const std::function<Task<void>(Service&)>& test);

/// The same with two services of these settings in one process.
void with_two_services(const Settings& settings, const std::function<Task<void>(Service&, Service&)>& test);

}  // namespace filmoteka::metadata::testing
