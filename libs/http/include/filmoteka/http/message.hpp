/// HTTP requests and responses as our handlers see them. No Asio, no Beast: cheap to include.
#pragma once

#include <filmoteka/async/task.hpp>
#include <filmoteka/base/deadline.hpp>
#include <filmoteka/base/result.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace filmoteka::http {

enum class Method { kGet, kHead, kPost, kPut, kPatch, kDelete, kOptions, kOther };
std::string_view to_string(Method method);

struct HeaderView {
  std::string_view name;
  std::string_view value;
};

/// A request whose framing has been checked. All views point into the connection's buffer and live until the
/// response has been handed back.
struct Request {
  Method method = Method::kGet;
  std::string_view method_name;           ///< as it came: tells what kOther is
  std::string_view target;                ///< as it came: origin-form, "/movies?x=%20"
  std::string_view path;                  ///< the target's path, percent-encoded as it came
  std::string_view query;                 ///< the target's query without '?', percent-encoded; may be empty
  std::span<const HeaderView> headers;    ///< in the order in which they came
  std::string_view body;                  ///< complete and de-chunked
  std::string_view peer_address;          ///< textual IP of the connection
  std::string_view client_address;        ///< the same, or who the peer speaks for (see ClientOf)
  std::string_view request_id;            ///< the client's X-Request-Id if it is sane, else a new one
  std::string_view traceparent;           ///< W3C trace context if it is well-formed, else empty
  Deadline deadline = Deadline::never();  ///< until when an answer is of use
  std::span<const std::string> path_values;  ///< decoded values of the route's {parameters}, in order

  /// The first header of that name (any case); nullopt if there is none.
  std::optional<std::string_view> header(std::string_view name) const;
};

/// A complete answer, header and body, made once and written many times. Immutable, shared between threads.
/// `head` starts with the status line; each line ends with CRLF; without the empty line at the end and
/// without what differs from request to request (Date, X-Request-Id, Connection, Age, Cache-Status).
struct ReadyResponse {
  int status = 200;
  std::string head;
  std::string body;
  bool forwarded = false;  ///< another server's answer: the request's conditions have been judged
  bool dated = false;      ///< `head` has a Date of its own
};

using Headers = std::vector<std::pair<std::string, std::string>>;

/// Where an answer comes from: for the access log, never sent.
struct AnswerSource {
  /// The call to another service that was made for it.
  struct Upstream {
    std::string address;   ///< "127.0.0.1:8081"
    std::string trace_id;  ///< that it was told
    std::chrono::nanoseconds took{};
  };
  std::string_view cache = {};  ///< what the cache did with the request: static text; empty: it has none
  std::shared_ptr<const Upstream> upstream = nullptr;  ///< null: nobody was called; shared by who waited
};

/// The next piece of a streamed body; an empty string ends it. Called again only after the last piece was
/// written.
using BodyStream = std::function<Task<Result<std::string>>()>;

struct Response {
  int status = 200;
  Headers headers;  ///< without Content-Length, Date, Connection, Transfer-Encoding: the server writes these
  std::string body;
  /// Further header lines with their ends, written as they are: what many answers have in common and `ready`
  /// does not know. They outlive the answer.
  std::string_view lines = {};
  BodyStream stream;                           ///< if set, `body` is not used; sent chunked
  std::shared_ptr<const ReadyResponse> ready;  ///< if set, it is written as it is (only the head for HEAD),
                                               ///< with `headers` added to its head
  /// Why it is a refusal, where the log shall say more than the client is told (problem_response() sets it).
  /// Logged with the request's id, never sent.
  std::shared_ptr<const Error> failure = nullptr;
  AnswerSource source = {};
  void set_header(std::string name, std::string value);    ///< replaces
  const std::string* header(std::string_view name) const;  ///< of `headers`, any case; null if absent
};

Response json_response(int status, std::string body);
Response text_response(int status, std::string body, std::string content_type = "text/plain; charset=utf-8");
/// RFC 9457. `request_id` comes from the request. The internal detail of the error is not sent: the server
/// logs it, by `Response::failure`.
Response problem_response(const Error& error, std::string_view request_id);
/// The status that an error code is answered with.
int status_of(ErrorCode code);

/// Builds the head of a ready answer: status line, the given headers, the security headers that every answer
/// has, Content-Length. Headers that the server writes itself are left out.
std::shared_ptr<const ReadyResponse> make_ready(int status, const Headers& headers, std::string body);
/// The same for another server's answer: its headers are sent as they are, and none is added but
/// Content-Length, from `body`. Without one (the answer to HEAD) it is the headers that may say it.
std::shared_ptr<const ReadyResponse> make_forwarded(int status, const Headers& headers,
                                                    std::optional<std::string> body);

/// Who a request is from where a proxy has sent it: writes the client's textual address into `client`, which
/// is empty and is used again; leaves it so where that is the peer. Called on all I/O threads, for each
/// request.
using ClientOf = std::function<void(const Request& request, std::string& client)>;

using Handler = std::function<Task<Response>(const Request&)>;
/// Answers without a coroutine if it can (a cache hit); nullopt hands the request on to the Handler. Must not
/// block.
using FastHandler = std::function<std::optional<Response>(const Request&)>;

}  // namespace filmoteka::http
