#include "page_events.hpp"

#include <boost/json/object.hpp>

namespace filmoteka::browser {

namespace {

namespace json = boost::json;

std::string text(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
}

void read_response(const json::object& parameters, const std::string& json_url, PageEvents& events) {
  const auto* response = parameters.if_contains("response");
  if (response == nullptr || !response->is_object()) return;
  const auto& object = response->as_object();
  const auto type = text(parameters, "type");
  const auto* status = object.if_contains("status");
  // The main document's request has the loader's own id.
  const bool is_main = type == "Document" && text(parameters, "requestId") == text(parameters, "loaderId");
  if (is_main && status != nullptr && status->is_int64())
    events.document_status = static_cast<int>(status->as_int64());
  const bool is_asked = type == "XHR" || type == "Fetch";
  if (is_asked && !json_url.empty() && events.json_request.empty() &&
      text(object, "url").find(json_url) != std::string::npos)
    events.json_request = text(parameters, "requestId");
}

}  // namespace

void read_events(const json::array& messages, const std::string& json_url, PageEvents& events) {
  for (const auto& message : messages) {
    const auto& object = message.as_object();
    const auto* parameters = object.if_contains("params");
    if (parameters == nullptr || !parameters->is_object()) continue;
    const auto method = text(object, "method");
    const auto& of_event = parameters->as_object();
    if (method == "Network.responseReceived") read_response(of_event, json_url, events);
    if (method == "Network.loadingFinished" && !events.json_request.empty() &&
        text(of_event, "requestId") == events.json_request)
      events.has_json_ended = true;
    // A document that another one has replaced (a redirect by a script, the page before) is aborted: no
    // failure.
    const bool is_lost = method == "Network.loadingFailed" && text(of_event, "type") == "Document";
    if (is_lost && text(of_event, "errorText") != "net::ERR_ABORTED") {
      events.has_failed = true;
      events.failure = text(of_event, "errorText");
    }
  }
}

}  // namespace filmoteka::browser
