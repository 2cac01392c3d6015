#include <filmoteka/json_client.hpp>

#include <boost/json/parse.hpp>

#include <utility>

namespace filmoteka::app {
namespace {

/// A preview of a slow source takes a while.
constexpr std::chrono::minutes kAnswerWithin{2};

Error problem_of(int status, const boost::json::object& body) {
  const std::string detail = text_of(body, "detail");
  Error error = status == 404 ? not_found(detail) : unavailable(detail);
  if (error.message.empty()) error.message = "The service answered " + std::to_string(status) + ".";
  return error;
}

}  // namespace

Result<JsonClient> JsonClient::make(Executor executor, const ServiceAddress& address) {
  FILMOTEKA_TRY(auto client, make_client(executor, address));
  return JsonClient(std::move(client));
}

Task<Result<boost::json::object>> JsonClient::get(std::string target) {
  return call(http::Method::kGet, std::move(target));
}

Task<Result<boost::json::object>> JsonClient::post(std::string target) {
  return call(http::Method::kPost, std::move(target));
}

Task<Result<boost::json::object>> JsonClient::call(http::Method method, std::string target) {
  http::ClientRequest request;
  request.method = method;
  request.target = std::move(target);
  request.deadline = Deadline::after(kAnswerWithin);
  auto sending = client_->send(std::move(request));
  FILMOTEKA_CO_TRY(const http::ClientResponse answer, co_await std::move(sending));
  boost::system::error_code error;
  boost::json::value body = boost::json::parse(answer.body, error);
  if (error || !body.is_object()) {
    co_return corrupt("The service's answer is not what its contract says.", answer.body.substr(0, 200));
  }
  if (answer.status / 100 != 2) co_return problem_of(answer.status, body.as_object());
  co_return std::move(body.as_object());
}

std::string text_of(const boost::json::object& object, std::string_view name) {
  const boost::json::value* value = object.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
}

std::int64_t number_of(const boost::json::object& object, std::string_view name) {
  const boost::json::value* value = object.if_contains(name);
  return value != nullptr && value->is_number() ? value->to_number<std::int64_t>() : 0;
}

}  // namespace filmoteka::app
