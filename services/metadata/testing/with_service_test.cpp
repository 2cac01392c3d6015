#include <filmoteka/api/movie_json.hpp>

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

Task<void> run_test(MetadataService& service, const telemetry::Metrics& metrics,
                    const std::function<Task<void>(Service&)>& test) {
  auto starting = service.start();
  const Result<void> started = co_await std::move(starting);
  if (started.has_error()) throw std::runtime_error(describe(started.error()));
  auto client = http::Client::make(co_await asio::this_coro::executor, service.base_url());
  Service running(service, std::move(client).value(), metrics);
  std::exception_ptr failure;
  try {
    for (int status = 503; status == 503;) {
      auto asking = running.get("/internal/v1/genres");
      status = (co_await std::move(asking)).status;
    }
    auto testing = test(running);
    co_await std::move(testing);
  } catch (...) {
    failure = std::current_exception();
  }
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
  runtime.run(run_test(service, metrics, test));
}

void with_two_services(const Settings& settings, const std::function<Task<void>(Service&, Service&)>& test) {
  Runtime runtime(2);
  telemetry::Metrics first_metrics;
  telemetry::Metrics second_metrics;
  const telemetry::Logger log(nullptr, telemetry::LogLevel::kOff, "metadata");
  Settings free_port = settings;
  free_port.server.port = 0;
  MetadataService first(free_port, {runtime, log, first_metrics, SystemClock::instance()});
  MetadataService second(free_port, {runtime, log, second_metrics, SystemClock::instance()});
  // Named and kept here: the coroutines hold references to them.
  Service* other = nullptr;
  const std::function<Task<void>(Service&)> inner = [&](Service& two) {
    return test(*other, two);
  };
  const std::function<Task<void>(Service&)> outer = [&](Service& one) {
    other = &one;
    return run_test(second, second_metrics, inner);
  };
  runtime.run(run_test(first, first_metrics, outer));
}

}  // namespace filmoteka::metadata::testing
