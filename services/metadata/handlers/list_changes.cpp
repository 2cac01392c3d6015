#include <metadata/handlers/answers.hpp>
#include <metadata/handlers/list_changes.hpp>
#include <metadata/handlers/parameters.hpp>

#include <limits>
#include <string>
#include <utility>

namespace filmoteka::metadata {
namespace {

// The answer still has to be read from the store and sent.
constexpr std::chrono::milliseconds kReserve{1'000};

Result<ListChanges::Input> read_input(const http::Request& request) {
  FILMOTEKA_TRY(Parameters parameters, Parameters::make(request.query));
  ListChanges::Input input;
  input.since = parameters.integer("since", 0, std::numeric_limits<domain::Revision>::max(), 0);
  input.wait = std::chrono::seconds(parameters.integer("wait", 0, kMaxFeedWait.count(), 0));
  FILMOTEKA_CHECK(parameters.finish());
  return input;
}

std::string to_json(const ListChanges::Output& output) {
  std::string body = R"({"changes":[)";
  for (const FeedEntry& entry : output.changes) {
    if (&entry != &output.changes.front()) body += ',';
    body += R"({"revision":)" + std::to_string(entry.revision) + R"(,"id":)" + std::to_string(entry.id);
    body += entry.deleted ? R"(,"op":"delete"})" : R"(,"op":"upsert"})";
  }
  body += R"(],"revision":)" + std::to_string(output.revision) + "}";
  return body;
}

}  // namespace

Task<Result<ListChanges::Output>> ListChanges::process(Input input) {
  if (input.wait.count() > 0) {
    auto waiting = revisions_.wait_above(input.since, Deadline::after(input.wait));
    co_await std::move(waiting);
  }
  Output output;
  output.revision = revisions_.current();
  if (output.revision <= input.since) co_return output;
  auto reading = store_.changes({input.since, output.revision, kMaxFeedEntries});
  FILMOTEKA_CO_TRY(output.changes, co_await std::move(reading));
  if (output.changes.size() == kMaxFeedEntries) output.revision = output.changes.back().revision;
  co_return output;
}

Task<http::Response> ListChanges::handle(LiveCatalogue& catalogue, const http::Request& request) {
  if (auto refused = refusal(catalogue, request)) co_return std::move(*refused);
  Result<Input> input = read_input(request);
  if (input.has_error()) co_return problem(input.error(), request);
  const auto left = std::chrono::floor<std::chrono::seconds>(request.deadline.remaining() - kReserve);
  input->wait = std::max(std::chrono::seconds(0), std::min(input->wait, left));
  auto processing = process(*input);
  const Result<Output> output = co_await std::move(processing);
  if (output.has_error()) co_return problem(output.error(), request);
  http::Response response = http::json_response(200, to_json(*output));
  response.set_header("Cache-Control", "no-store");
  co_return response;
}

}  // namespace filmoteka::metadata
