#include <filmoteka/api/movie_json.hpp>
#include <filmoteka/async/task_group.hpp>
#include <filmoteka/kit/operations.hpp>

#include <metadata/testing/with_service.hpp>

#include <exception>
#include <stdexcept>
#include <utility>

namespace filmoteka::metadata::testing {
namespace {

Task<http::ClientResponse> send(http::Client& client, http::ClientRequest request) {
  request.deadline = Deadline::after(std::chrono::minutes(1));
  auto sending = client.send(std::move(request));
  Result<http::ClientResponse> response = co_await std::move(sending);
  if (response.has_error()) throw std::runtime_error(describe(response.error()));
  co_return std::move(*response);
}

enum class Begin { kWhenReady, kAtOnce };

Task<void> until_ready(Service& service) {
  for (int status = 503; status == 503;) {
    auto asking = service.get("/internal/v1/genres");
    status = (co_await std::move(asking)).status;
  }
}

Task<void> run_test(MetadataService& service, const kit::Environment& environment,
                    const std::function<Task<void>(Service&)>& test, Begin begin = Begin::kWhenReady) {
  auto starting = service.start();
  const Result<void> started = co_await std::move(starting);
  if (started.has_error()) throw std::runtime_error(describe(started.error()));
  kit::OperationsSettings settings;
  settings.listen = {"127.0.0.1", 0};
  auto operations = kit::Operations::make(
                        environment, "metadata", std::move(settings), [] { return kit::Phase::kServing; },
                        [&service] { return service.checks(); })
                        .value();
  const Executor executor = co_await asio::this_coro::executor;
  TaskGroup group(executor);
  group.spawn(operations->run());
  auto client = http::Client::make(executor, service.base_url());
  auto probe = http::Client::make(executor, "http://127.0.0.1:" + std::to_string(operations->port()));
  Service running(service, std::move(client).value(), std::move(probe).value(), environment.metrics);
  std::exception_ptr failure;
  try {
    if (begin == Begin::kWhenReady) {
      auto waiting = until_ready(running);
      co_await std::move(waiting);
    }
    auto testing = test(running);
    co_await std::move(testing);
  } catch (...) {
    failure = std::current_exception();
  }
  operations->stop(Deadline::after(std::chrono::seconds(10)));
  auto ended = group.join();
  co_await std::move(ended);
  auto stopping = running.stop();
  co_await std::move(stopping);
  if (failure) std::rethrow_exception(failure);
}

}  // namespace

Task<http::ClientResponse> Service::get(std::string target, http::Headers headers) {
  http::ClientRequest request;
  request.target = std::move(target);
  request.headers = std::move(headers);
  return testing::send(*client_, std::move(request));
}

Task<http::ClientResponse> Service::readyz() {
  http::ClientRequest request;
  request.target = "/readyz";
  return testing::send(*operations_, std::move(request));
}

Task<http::ClientResponse> Service::post(std::string target, std::string body, std::string content_type) {
  http::ClientRequest request;
  request.method = http::Method::kPost;
  request.target = std::move(target);
  request.headers.emplace_back("Content-Type", std::move(content_type));
  request.body = std::move(body);
  return testing::send(*client_, std::move(request));
}

Task<http::ClientResponse> Service::send(http::Method method, std::string target, std::string body,
                                         http::Headers headers) {
  http::ClientRequest request;
  request.method = method;
  request.target = std::move(target);
  request.headers = std::move(headers);
  if (!body.empty()) request.headers.emplace_back("Content-Type", "application/json");
  request.body = std::move(body);
  return testing::send(*client_, std::move(request));
}

Task<void> Service::upsert(std::vector<domain::MovieFacts> movies) {
  std::string body;
  for (const domain::MovieFacts& facts : movies) {
    api::append_facts(body, facts);
    body += '\n';
  }
  auto posting = post("/internal/v1/movies:batch", std::move(body));
  const http::ClientResponse response = co_await std::move(posting);
  if (response.status != 200) throw std::runtime_error(response.body);
}

Task<void> Service::stop() {
  if (std::exchange(stopped_, true)) co_return;
  auto stopping = service_.stop(Deadline::after(std::chrono::seconds(10)));
  co_await std::move(stopping);
}

void with_service(const std::filesystem::path& data, const std::function<Task<void>(Service&)>& test,
                  Settings settings) {
  Runtime runtime(2);
  telemetry::Metrics metrics;
  const telemetry::Logger log(nullptr, telemetry::LogLevel::kOff, "metadata");
  const kit::Environment environment{runtime, log, metrics, SystemClock::instance()};
  settings.server.port = 0;
  settings.data = data;
  MetadataService service(settings, environment);
  runtime.run(run_test(service, environment, test));
}

void with_starting_service(const Settings& settings, const std::function<Task<void>(Service&)>& test) {
  Runtime runtime(2);
  telemetry::Metrics metrics;
  const telemetry::Logger log(nullptr, telemetry::LogLevel::kOff, "metadata");
  const kit::Environment environment{runtime, log, metrics, SystemClock::instance()};
  Settings free_port = settings;
  free_port.server.port = 0;
  MetadataService service(free_port, environment);
  runtime.run(run_test(service, environment, test, Begin::kAtOnce));
}

void with_two_services(const Settings& settings, const std::function<Task<void>(Service&, Service&)>& test) {
  Runtime runtime(2);
  telemetry::Metrics first_metrics;
  telemetry::Metrics second_metrics;
  const telemetry::Logger log(nullptr, telemetry::LogLevel::kOff, "metadata");
  Settings free_port = settings;
  free_port.server.port = 0;
  const kit::Environment first_environment{runtime, log, first_metrics, SystemClock::instance()};
  const kit::Environment second_environment{runtime, log, second_metrics, SystemClock::instance()};
  MetadataService first(free_port, first_environment);
  MetadataService second(free_port, second_environment);
  // Named and kept here: the coroutines hold references to them.
  Service* other = nullptr;
  const std::function<Task<void>(Service&)> inner = [&](Service& two) {
    return test(*other, two);
  };
  const std::function<Task<void>(Service&)> outer = [&](Service& one) {
    other = &one;
    return run_test(second, second_environment, inner);
  };
  runtime.run(run_test(first, first_environment, outer));
}

}  // namespace filmoteka::metadata::testing
