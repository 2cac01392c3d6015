#include "chunked_body.hpp"
#include "connection.hpp"

#include <filmoteka/base/strings.hpp>

#include <algorithm>

namespace filmoteka::http {
namespace {

constexpr std::size_t kBodyStep = 64UL * 1024;
constexpr std::size_t kChunkStep = 16UL * 1024;

/// Counts a request in a handler, up to a limit.
class InFlight {
 public:
  InFlight(std::atomic<std::size_t>& count, std::size_t limit) : count_(count) {
    admitted_ = count_.fetch_add(1, std::memory_order_relaxed) < limit;
  }
  ~InFlight() { count_.fetch_sub(1, std::memory_order_relaxed); }
  InFlight(const InFlight&) = delete;
  InFlight& operator=(const InFlight&) = delete;
  bool admitted() const { return admitted_; }

 private:
  std::atomic<std::size_t>& count_;
  bool admitted_;
};

/// Until when whoever asked waits for the answer, by its X-Request-Timeout-Ms: a time of its own, not an
/// instant, because clocks differ. Without one: for ever.
Deadline deadline_of_caller(const Request& request, SteadyTime start) {
  const auto text = request.header("X-Request-Timeout-Ms");
  const auto span = text ? parse_number<std::uint32_t>(*text) : std::nullopt;
  return span ? Deadline::after(std::chrono::milliseconds(*span), start) : Deadline::never();
}

}  // namespace

Task<void> Connection::answer_in_handler() {
  if (!exchange_.body_is_complete) {
    co_await read_body();
    if (closing_ || broken_) co_return;
    if (std::optional<Response> response = context_.pipeline.answer_now(exchange_)) {
      answer(std::move(*response));
      end_exchange();
      co_return;
    }
  }
  Response response = co_await call_handler();
  if (response.stream && !response.ready) {
    co_await answer_streaming(std::move(response));
  } else {
    answer(std::move(response));
  }
  end_exchange();
}

Task<void> Connection::read_body() {
  const bool nothing_yet = exchange_.input_bytes == exchange_.head_bytes;
  if (exchange_.framing.expects_continue && nothing_yet) {
    output_.text() += "HTTP/1.1 100 Continue\r\n\r\n";
    co_await write_all();
  }
  wait(Waiting::kForBody, context_.settings.body_timeout);
  if (exchange_.framing.chunked) {
    co_await read_chunked_body();
  } else {
    co_await read_sized_body();
  }
  if (closing_ || broken_) co_return;
  exchange_.request.body = body_;
  wait_for_handler();
}

Task<void> Connection::read_sized_body() {
  body_ = input_.view().substr(exchange_.head_bytes);
  // Memory follows what has come, not what was announced.
  while (body_.size() < exchange_.framing.content_length && !closing_ && !broken_) {
    const std::size_t held = body_.size();
    const std::size_t step = std::min(kBodyStep, exchange_.framing.content_length - held);
    body_.resize(held + step);
    const std::size_t bytes = co_await read_some(body_.data() + held, step);
    body_.resize(held + bytes);
  }
}

Task<void> Connection::read_chunked_body() {
  ChunkedBody chunked(context_.settings.max_body_bytes);
  std::string piece(input_.view().substr(exchange_.head_bytes));
  std::size_t used = chunked.feed(piece);
  while (!chunked.done() && !chunked.refusal() && !closing_ && !broken_) {
    piece.resize(kChunkStep);
    const std::size_t bytes = co_await read_some(piece.data(), piece.size());
    piece.resize(bytes);
    used = chunked.feed(piece);
  }
  if (chunked.refusal()) refuse(*chunked.refusal());
  body_ = chunked.take();
  surplus_ = piece.substr(used);
}

Task<Response> Connection::call_handler() {
  Request& request = exchange_.request;
  request.deadline = earliest(request.deadline, deadline_of_caller(request, exchange_.start));
  const InFlight in_flight(context_.counts.in_flight, context_.settings.max_requests_in_flight);
  if (!in_flight.admitted()) {
    Response busy =
        problem_response(unavailable("The server works on too many requests at the moment: try again later."),
                         request.request_id);
    busy.set_header("Retry-After", "1");
    co_return busy;
  }
  std::exception_ptr thrown;
  try {
    co_return co_await (*exchange_.match.handler)(request);
  } catch (...) {
    thrown = std::current_exception();
  }
  const auto state = co_await asio::this_coro::cancellation_state;
  if (state.cancelled() != asio::cancellation_type::none) std::rethrow_exception(thrown);
  co_return context_.pipeline.answer_to(thrown, exchange_);
}

Task<Result<std::string>> Connection::next_piece(const BodyStream& stream) {
  std::exception_ptr thrown;
  try {
    co_return co_await stream();
  } catch (...) {
    thrown = std::current_exception();
  }
  const auto state = co_await asio::this_coro::cancellation_state;
  if (state.cancelled() != asio::cancellation_type::none) std::rethrow_exception(thrown);
  context_.pipeline.answer_to(thrown, exchange_);  // for its log line
  co_return internal("the stream of the body threw");
}

Task<void> Connection::answer_streaming(Response response) {
  context_.pipeline.finish(exchange_, response);
  const bool head_only = exchange_.request.method == Method::kHead;
  if (!response.stream) {
    answer(std::move(response));
    co_return;
  }
  Result<std::string> piece = std::string{};
  if (!head_only) piece = co_await next_piece(response.stream);
  if (piece.has_error()) {  // nothing is on its way yet: it can still be told
    answer(problem_response(piece.error(), exchange_.request.request_id));
    co_return;
  }
  const bool http_1_0 = exchange_.framing.http_1_0;
  if (http_1_0) exchange_.framing.keep_alive = false;
  now_ = std::chrono::steady_clock::now();
  write_stream_head(output_, response, envelope());
  std::size_t bytes = 0;
  while (!head_only && !broken_) {
    const bool last = piece->empty();
    bytes += piece->size();
    write_stream_piece(output_, std::move(*piece), http_1_0);
    co_await write_all();
    if (last || broken_) break;
    piece = co_await next_piece(response.stream);
    if (piece.has_error()) {
      context_.pipeline.log().warning("a streamed answer was cut",
                                      {{"error", describe(piece.error())},
                                       {"route", exchange_.match.pattern},
                                       {"request_id", exchange_.request.request_id}});
      // A reset, so that a client of HTTP/1.0 does not take the end of the connection for the end of the
      // body.
      boost::system::error_code ignored;
      socket_.set_option(asio::socket_base::linger(true, 0), ignored);
      broken_ = true;
    }
  }
  now_ = std::chrono::steady_clock::now();
  context_.pipeline.record(exchange_, response.status, bytes, response.source, now_);
}

}  // namespace filmoteka::http
