#include "web_driver.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace filmoteka::browser {

namespace json = boost::json;

Result<WebDriver> WebDriver::make(Executor executor, const std::string& base_url) {
  FILMOTEKA_TRY(auto client, http::Client::make(executor, base_url));
  return WebDriver(std::move(client));
}

Task<Result<json::value>> WebDriver::call(http::Method method, std::string target, json::object body,
                                          Deadline deadline) {
  http::ClientRequest request;
  request.method = method;
  request.target = std::move(target);
  request.deadline = deadline;
  if (method == http::Method::kPost) {
    request.headers = {{"Content-Type", "application/json"}};
    request.body = json::serialize(body);
  }
  auto sending = client_->send(std::move(request));
  FILMOTEKA_CO_TRY(const auto answer, co_await std::move(sending));
  json::error_code error;
  const auto document = json::parse(answer.body, error);
  const auto* object = error ? nullptr : document.if_object();
  const auto* value = object == nullptr ? nullptr : object->if_contains("value");
  if (value == nullptr || answer.status != 200)
    co_return corrupt("The browser could not do what it was asked to.", answer.body.substr(0, 500));
  co_return *value;
}

Task<Result<bool>> WebDriver::is_ready(Deadline deadline) {
  auto asking = call(http::Method::kGet, "/status", {}, deadline);
  FILMOTEKA_CO_TRY(const auto value, co_await std::move(asking));
  const auto* ready = value.is_object() ? value.as_object().if_contains("ready") : nullptr;
  co_return ready != nullptr && ready->is_bool() && ready->as_bool();
}

Task<Result<void>> WebDriver::open_session(json::object capabilities, Deadline deadline) {
  json::object body{{"capabilities", json::object{{"alwaysMatch", std::move(capabilities)}}}};
  auto asking = call(http::Method::kPost, "/session", std::move(body), deadline);
  FILMOTEKA_CO_TRY(const auto value, co_await std::move(asking));
  const auto* id = value.is_object() ? value.as_object().if_contains("sessionId") : nullptr;
  if (id == nullptr || !id->is_string()) co_return corrupt("The browser gives no session.");
  session_ = "/session/" + std::string(id->as_string());
  co_return Result<void>{};
}

Task<Result<void>> WebDriver::go_to(std::string url, Deadline deadline) {
  json::object body{{"url", std::move(url)}};
  auto asking = call(http::Method::kPost, session_ + "/url", std::move(body), deadline);
  FILMOTEKA_CO_CHECK(co_await std::move(asking));
  co_return Result<void>{};
}

Task<Result<json::value>> WebDriver::evaluate(std::string script, std::string argument, Deadline deadline) {
  json::object body{{"script", std::move(script)}, {"args", json::array{std::move(argument)}}};
  return call(http::Method::kPost, session_ + "/execute/sync", std::move(body), deadline);
}

Task<Result<json::array>> WebDriver::events(Deadline deadline) {
  json::object body{{"type", "performance"}};
  auto asking = call(http::Method::kPost, session_ + "/se/log", std::move(body), deadline);
  FILMOTEKA_CO_TRY(const auto entries, co_await std::move(asking));
  json::array messages;
  if (!entries.is_array()) co_return messages;
  for (const auto& entry : entries.as_array()) {
    json::error_code error;
    const auto* text = entry.is_object() ? entry.as_object().if_contains("message") : nullptr;
    if (text == nullptr || !text->is_string()) continue;
    auto wrapped = json::parse(text->as_string(), error);
    const auto* inner = error || !wrapped.is_object() ? nullptr : wrapped.as_object().if_contains("message");
    if (inner != nullptr && inner->is_object()) messages.push_back(*inner);
  }
  co_return messages;
}

Task<Result<json::value>> WebDriver::command(std::string name, json::object parameters, Deadline deadline) {
  json::object body{{"cmd", std::move(name)}, {"params", std::move(parameters)}};
  return call(http::Method::kPost, session_ + "/goog/cdp/execute", std::move(body), deadline);
}

}  // namespace filmoteka::browser
