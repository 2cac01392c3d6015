#include <filmoteka/api/metadata_client.hpp>
#include <filmoteka/api/movie_json.hpp>

namespace filmoteka::api {
namespace {

using Facts = domain::MovieFacts;

/// The films of one request.
struct Part {
  std::string body;
  std::size_t rows = 0;
};

/// Takes films off the front of `rows` until the body or the count is full. `rows` isn't empty.
Part take_part(std::span<const Facts>& rows) {
  Part part;
  std::string line;
  while (!rows.empty() && part.rows < kMaxBatchRows) {
    line.clear();
    append_facts(line, rows.front());
    line += '\n';
    if (part.rows > 0 && part.body.size() + line.size() > kMaxBatchBytes) break;
    part.body += line;
    ++part.rows;
    rows = rows.subspan(1);
  }
  return part;
}

/// The Error that an answer other than 200 stands for.
Error error_of(const http::ClientResponse& response) {
  const std::string detail = "HTTP " + std::to_string(response.status) + ": " + response.body.substr(0, 500);
  if (response.status == 401) {
    return unavailable("The metadata service does not know our token: internal_token differs there.", detail);
  }
  if (response.status == 503 || response.status == 429 || response.status == 502 || response.status == 504) {
    return unavailable("The metadata service cannot take films now.", detail);
  }
  if (response.status == 413) {
    return {ErrorCode::kPayloadTooLarge, "The metadata service refused the batch as too large.", detail, {}};
  }
  if (response.status >= 400 && response.status < 500) {
    return {ErrorCode::kInvalidArgument, "The metadata service refused the batch.", detail, {}};
  }
  return {ErrorCode::kInternal, "The metadata service failed.", detail, {}};
}

class HttpMetadataClient final : public MetadataClient {
 public:
  HttpMetadataClient(std::unique_ptr<http::Client> client, telemetry::Tracer tracer)
      : client_(std::move(client)), tracer_(std::move(tracer)) {}

  Task<Result<std::vector<RowResult>>> upsert(std::span<const Facts> rows, Deadline deadline) override {
    std::vector<RowResult> results;
    results.reserve(rows.size());
    while (!rows.empty()) {
      Part part = take_part(rows);
      FILMOTEKA_CO_TRY(std::vector<RowResult> some, co_await send(std::move(part), deadline));
      std::move(some.begin(), some.end(), std::back_inserter(results));
    }
    co_return results;
  }

 private:
  Task<Result<std::vector<RowResult>>> send(Part part, Deadline deadline) {
    const auto span = tracer_.begin("", telemetry::SpanKind::kInternal);
    const auto rows = static_cast<std::int64_t>(part.rows);
    auto delivering = deliver(std::move(part), span, deadline);
    auto results = co_await std::move(delivering);
    if (span) {
      tracer_.end(*span, "hand over films", {{"filmoteka.films", rows}},
                  results.has_error() ? results.error().message : std::string());
    }
    co_return results;
  }

  Task<Result<std::vector<RowResult>>> deliver(Part part, std::optional<telemetry::OpenSpan> span,
                                               Deadline deadline) {
    http::ClientRequest request;
    request.method = http::Method::kPost;
    request.target = "/internal/v1/movies:batch";
    request.headers.emplace_back("Content-Type", "application/x-ndjson");
    if (span) {
      const auto text = span->traceparent();
      request.headers.emplace_back("traceparent", std::string(text.begin(), text.end()));
    }
    request.body = std::move(part.body);
    request.deadline = deadline;
    FILMOTEKA_CO_TRY(const http::ClientResponse response, co_await client_->send(std::move(request)));
    if (response.status != 200) co_return error_of(response);
    FILMOTEKA_CO_TRY(std::vector<RowResult> results, parse_batch_result(response.body));
    if (results.size() != part.rows) {
      co_return corrupt("The metadata service answered for another number of films than it was sent.");
    }
    co_return results;
  }

  std::unique_ptr<http::Client> client_;
  telemetry::Tracer tracer_;
};

}  // namespace

std::unique_ptr<MetadataClient> make_metadata_client(std::unique_ptr<http::Client> client,
                                                     telemetry::Tracer tracer) {
  return std::make_unique<HttpMetadataClient>(std::move(client), std::move(tracer));
}

}  // namespace filmoteka::api
