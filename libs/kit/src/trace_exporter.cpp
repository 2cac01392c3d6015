#include "otlp_json.hpp"

#include <filmoteka/kit/build_info.hpp>
#include <filmoteka/kit/trace_exporter.hpp>

#include <algorithm>
#include <utility>

namespace filmoteka::kit {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::size_t kMostAtOnce = 512;
constexpr milliseconds kEvery{1'000};
constexpr seconds kAnswerWithin{5};
constexpr seconds kFarewell{1};  ///< for the last spans, when everything else has stopped
constexpr BackoffSettings kBackoff{.first = seconds(1), .longest = seconds(30)};

/// Those that the protocol wants repeated.
bool is_worth_repeating(int status) {
  return status == 429 || status == 502 || status == 503 || status == 504;
}

}  // namespace

TraceExporter::TraceExporter(std::string endpoint, telemetry::SpanQueue& queue,
                             const Environment& environment)
    : endpoint_(std::move(endpoint)),
      queue_(queue),
      environment_(environment),
      exported_(telemetry::span_counter(environment.metrics, "exported")),
      failed_(telemetry::span_counter(environment.metrics, "failed")),
      group_(environment.runtime.executor(0)),
      backoff_(kBackoff) {}

Task<Result<void>> TraceExporter::start() {
  const Executor executor = environment_.runtime.executor(0);
  FILMOTEKA_CO_TRY(client_, http::Client::make(executor, endpoint_));
  group_.spawn(run());
  co_return Result<void>();
}

Task<void> TraceExporter::run() {
  for (;;) {
    while (co_await send_some(Deadline::after(kAnswerWithin))) {
    }
    const SteadyTime next = std::chrono::steady_clock::now() + kEvery;
    co_await sleep_until(std::max(next, backoff_.next_attempt()));
  }
}

/// False: there is nothing more to send, or nobody who takes it now.
Task<bool> TraceExporter::send_some(Deadline deadline) {
  if (batch_.empty()) batch_ = queue_.take(kMostAtOnce);
  if (batch_.empty()) co_return false;
  const bool was_whole = batch_.size() == kMostAtOnce;
  const bool done = co_await deliver(deadline);
  co_return done&& was_whole;
}

/// True: the batch is gone, taken or refused for good.
Task<bool> TraceExporter::deliver(Deadline deadline) {
  http::ClientRequest request;
  request.method = http::Method::kPost;
  request.target = "/v1/traces";
  request.headers.emplace_back("Content-Type", "application/json");
  request.body = otlp_json(batch_, build_info().version);
  request.deadline = deadline;
  auto sending = client_->send(std::move(request));
  const Result<http::ClientResponse> answer = co_await std::move(sending);
  const bool taken = answer.has_value() && answer->status / 100 == 2;
  if (!taken && (answer.has_error() || is_worth_repeating(answer->status))) {
    failed(answer.has_error() ? answer.error().message : "It answers " + std::to_string(answer->status));
    co_return false;
  }
  if (taken && backoff_.is_failing()) environment_.log.info("the collector of traces is back", {});
  if (!taken) {
    environment_.log.warning("the collector of traces has refused spans",
                             {{"status", answer->status}, {"answer", answer->body.substr(0, 200)}});
  }
  backoff_.succeeded();
  (taken ? exported_ : failed_).increment(static_cast<double>(batch_.size()));
  batch_.clear();
  co_return true;
}

void TraceExporter::failed(const std::string& why) {
  if (!backoff_.is_failing()) {
    environment_.log.warning("the collector of traces takes no spans: they wait, and are dropped in time",
                             {{"endpoint", endpoint_}, {"error", why}});
  }
  constexpr double kJitter = 0.5;
  backoff_.failed(std::chrono::steady_clock::now(), kJitter);
}

Task<void> TraceExporter::stop(Deadline deadline) {
  group_.cancel();
  co_await group_.join();
  const Deadline last = earliest(deadline, Deadline::after(kFarewell));
  while (co_await send_some(last)) {
  }
  client_.reset();
}

}  // namespace filmoteka::kit
