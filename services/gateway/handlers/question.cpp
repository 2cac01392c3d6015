#include <filmoteka/telemetry/trace_context.hpp>

#include <gateway/core/api_route.hpp>
#include <gateway/handlers/question.hpp>

#include <utility>

namespace filmoteka::gateway {
namespace {

/// The client's trace with what others have written about it, or one that begins here: all calls that are
/// made for the request belong to it.
void add_trace(const http::Request& request, http::Headers& headers) {
  // W3C Trace Context, 3.3.1.5: so much has to be passed on.
  constexpr std::size_t kLongestState = 512;
  if (request.traceparent.empty()) {
    headers.emplace_back("traceparent", telemetry::traceparent_of_call(telemetry::new_trace()));
    return;
  }
  headers.emplace_back("traceparent", request.traceparent);
  // Without a sound traceparent beside it, it belongs to no trace (3.3.1.1), and ours may have begun here.
  const auto parent = request.header("traceparent");
  if (!parent || parent->find(request.traceparent.substr(3, 32)) == std::string_view::npos) return;
  const auto state = Fields(request.headers).combined("tracestate");
  if (state && !state->empty() && state->size() <= kLongestState) headers.emplace_back("tracestate", *state);
}

}  // namespace

HttpCache::Question question_of(std::string target, const http::Request& request) {
  HttpCache::Question question;
  question.request.target = std::move(target);
  question.request.headers.emplace_back("X-Request-Id", request.request_id);
  add_trace(request, question.request.headers);
  question.request.deadline = request.deadline;
  return question;
}

HttpCache::Question api_question(std::string target, const http::Request& request) {
  std::string key = key_of(target);
  HttpCache::Question question = question_of(std::move(target), request);
  question.key = std::move(key);
  question.directives = request_directives(request.headers);
  return question;
}

}  // namespace filmoteka::gateway
