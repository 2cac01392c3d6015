#include "connection.hpp"

namespace filmoteka::http {
namespace {

// What a buffer for bodies may keep for the next request.
constexpr std::size_t kKeptBodyBytes = 4096;

FramingLimits limits_of(const ServerSettings& settings) {
  FramingLimits limits;
  limits.max_body_bytes = settings.max_body_bytes;
  return limits;
}

}  // namespace

Connection::Connection(ConnectionContext& context, Socket socket, std::string peer)
    : context_(context),
      socket_(std::move(socket)),
      peer_(std::move(peer)),
      input_(context.settings.max_header_bytes),
      now_(std::chrono::steady_clock::now()) {}

Task<void> Connection::run() {
  if (context_.tls != nullptr) co_await shake_hands();
  while (!closing_ && !broken_) {
    const Next next = answer_buffered();
    if (!write_now()) co_await write_all();
    if (closing_ || broken_) break;
    if (next == Next::kHandle) co_await answer_in_handler();
    if (next != Next::kRead) continue;
    // Not in a function of its own: this is the way of every request, and a coroutine costs.
    wait_for_input();
    const std::span<char> space = input_.space();
    if (tls_) {
      const std::size_t decrypted = co_await read_tls(space.data(), space.size());
      input_.commit(decrypted);
      continue;
    }
    const auto buffer = asio::buffer(space.data(), space.size());
    const auto [error, bytes] = co_await socket_.async_read_some(buffer, use_task_tuple);
    input_.commit(bytes);
    if (error || overdue_) read_failed();
  }
  co_await close();
}

Task<void> Connection::turn_away() {
  if (context_.tls != nullptr) co_await shake_hands();
  if (!broken_) {
    refuse(
        {503, "too_many_connections", "The server has too many connections at the moment: try again later."});
  }
  co_await close();
}

Connection::Next Connection::answer_buffered() {
  while (!output_.is_full()) {
    if (closing_ || !take_head()) return Next::kRead;
    if (!exchange_.body_is_complete) {
      if (!exchange_.match.error) return Next::kHandle;
      closing_ = true;  // the rest of the body is of no interest
    }
    std::optional<Response> response = context_.pipeline.answer_now(exchange_);
    if (!response) return Next::kHandle;
    answer(std::move(*response));
    end_exchange();
  }
  return Next::kFlush;
}

/// Begins the exchange of the next request if its head is complete and in order.
bool Connection::take_head() {
  input_.consume(HeadSearch::empty_lines(input_.view()));
  const std::string_view input = input_.view();
  const auto outcome = head_search_.look(input, input_.is_full());
  if (const auto* refusal = std::get_if<Refusal>(&outcome)) refuse(*refusal);
  const auto* head = std::get_if<HeadSearch::Head>(&outcome);
  if (head == nullptr || !check_head(input.substr(0, head->bytes))) return false;
  const std::size_t buffered = input.size() - exchange_.head_bytes;
  const Framing& framing = exchange_.framing;
  exchange_.body_is_complete = !framing.chunked && framing.content_length <= buffered;
  exchange_.input_bytes =
      exchange_.body_is_complete ? exchange_.head_bytes + framing.content_length : input.size();
  now_ = exchange_.start = std::chrono::steady_clock::now();
  wait_for_handler();
  context_.pipeline.begin(exchange_, peer_);
  exchange_.request.deadline = Deadline::after(context_.settings.request_timeout, now_);
  if (exchange_.body_is_complete) {
    exchange_.request.body = input.substr(exchange_.head_bytes, framing.content_length);
  }
  return true;
}

bool Connection::check_head(std::string_view head) {
  auto checked = check_framing(head, limits_of(context_.settings));
  std::optional<Refusal> refusal;
  if (auto* unframed = std::get_if<Refusal>(&checked)) {
    refusal = std::move(*unframed);
  } else {
    exchange_.framing = std::get<Framing>(checked);
    refusal = parse_request_head(head, exchange_.head);
  }
  exchange_.head_bytes = head.size();
  if (refusal) refuse(*refusal);
  return !refusal;
}

void Connection::refuse(const Refusal& refusal) {
  closing_ = lingers_ = true;
  now_ = std::chrono::steady_clock::now();
  const telemetry::RequestId id = telemetry::new_request_id();
  const Envelope envelope{context_.date.line(now_), id.view(), false, false, false, tls_ != nullptr};
  write_response(output_, problem_response(refusal, id.view()), envelope);
  context_.pipeline.record_refusal(refusal, id.view(), peer_);
}

Envelope Connection::envelope() {
  if (!exchange_.framing.keep_alive || context_.stopping) closing_ = true;
  // Who has said that this request is his last and sent nothing behind it sends nothing more. Over TLS there
  // is always a goodbye to come.
  const bool is_last = !exchange_.framing.keep_alive && exchange_.body_is_complete &&
                       input_.size() == exchange_.input_bytes && !tls_;
  if (closing_) lingers_ = !is_last;
  return {context_.date.line(now_),
          exchange_.request.request_id,
          exchange_.request.method == Method::kHead,
          exchange_.framing.http_1_0,
          !closing_,
          tls_ != nullptr};
}

void Connection::answer(Response&& response) {
  context_.pipeline.finish(exchange_, response);
  const int status = response.ready ? response.ready->status : response.status;
  now_ = std::chrono::steady_clock::now();
  const AnswerSource source = std::move(response.source);
  const std::size_t bytes = write_response(output_, std::move(response), envelope());
  context_.pipeline.record(exchange_, status, bytes, source, now_);
}

/// Makes room for the next request. The views of the present one end here.
void Connection::end_exchange() {
  input_.consume(exchange_.input_bytes);
  if (!surplus_.empty()) {
    input_.push_back(surplus_);
    surplus_.clear();
  }
  exchange_.match.error.reset();
  body_.clear();
  if (body_.capacity() > kKeptBodyBytes) body_.shrink_to_fit();
}

}  // namespace filmoteka::http
