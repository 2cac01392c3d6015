#include <filmoteka/testing/fake_metadata_server.hpp>

namespace filmoteka::testing {

Result<std::unique_ptr<FakeMetadataServer>> FakeMetadataServer::make(Runtime& runtime, telemetry::Logger log,
                                                                     telemetry::Metrics& metrics,
                                                                     std::uint16_t port) {
  std::unique_ptr<FakeMetadataServer> made(new FakeMetadataServer);
  auto* self = made.get();
  self->router_.add(http::Method::kPost, "/internal/v1/movies:batch",
                    [self](const http::Request& request) { return self->take_batch(request); });
  http::ServerSettings settings;
  settings.port = port;
  settings.access_log = false;
  FILMOTEKA_TRY(self->server_, http::Server::make(runtime, settings, self->router_, std::move(log), metrics));
  return made;
}

Task<http::Response> FakeMetadataServer::take_batch(const http::Request& request) {
  const auto rows = api::parse_batch(request.body, request.header("Content-Type").value_or(""));
  if (rows.has_error()) co_return http::problem_response(rows.error(), request.request_id);
  std::vector<domain::MovieFacts> films;
  for (const auto& row : *rows) films.push_back(row.has_value() ? *row : domain::MovieFacts{});
  const auto outcome = co_await metadata_.upsert(films, request.deadline);
  if (outcome.has_error()) co_return http::problem_response(outcome.error(), request.request_id);
  co_return http::json_response(200, api::batch_result_json(*outcome));
}

}  // namespace filmoteka::testing
