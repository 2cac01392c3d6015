#include "test_server.hpp"

#include <arpa/inet.h>
#include <boost/asio/post.hpp>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstring>

namespace filmoteka::http {
namespace {

using std::chrono::milliseconds;

Task<Response> hello(const Request& request) {
  co_return text_response(200, "hello " + std::string(request.query));
}
Task<Response> echo(const Request& request) {
  co_return text_response(200, std::string(request.body), "application/octet-stream");
}
Task<Response> broken(const Request&) {
  throw std::runtime_error("secret inner detail");
  co_return Response{};
}
Task<Response> movie(const Request& request) {
  co_return text_response(200, request.path_values[0]);
}
Task<Response> big(const Request&) {
  Response response = text_response(200, std::string(20'000, 'x'));
  response.set_header("ETag", "\"abc\"");
  co_return response;
}

/// Three pieces; then the end, or a failure.
Task<Response> stream(const Request&, bool fails) {
  Response response = text_response(200, "");
  auto left = std::make_shared<int>(3);
  response.stream = [left, fails]() -> Task<Result<std::string>> {
    return [](std::shared_ptr<int> pieces, bool failing) -> Task<Result<std::string>> {
      if (*pieces == 0 && failing) co_return internal("the source broke");
      if (*pieces == 0) co_return std::string{};
      co_return "piece " + std::to_string((*pieces)--) + "\n";
    }(left, fails);
  };
  co_return response;
}

/// A refusal with an inner detail, by the name of its code.
Task<Response> fail(const Request& request) {
  Error error{ErrorCode::kInternal, "The safe message.", "the inner detail", {}};
  const std::string& code = request.path_values.front();
  if (code == "corrupt") error.code = ErrorCode::kCorrupt;
  if (code == "conflict") error.code = ErrorCode::kConflict;
  if (code == "starting") error = unavailable("The safe message.");
  if (code == "invalid") error.code = ErrorCode::kInvalidArgument;
  co_return problem_response(error, request.request_id);
}

}  // namespace

void LinesSink::write(std::string_view line) {
  const std::lock_guard lock(mutex_);
  lines_.emplace_back(line);
}
std::vector<std::string> LinesSink::lines() const {
  const std::lock_guard lock(mutex_);
  return lines_;
}

Router test_router() {
  Router router;
  const auto ready =
      make_ready(200, {{"Content-Type", "text/plain"}, {"ETag", "\"fast\""}}, std::string(8192, 'f'));
  router.add(Method::kGet, "/hello", hello);
  router.add(Method::kGet, "/fast", hello, [ready](const Request& request) -> std::optional<Response> {
    if (request.query == "slow") return std::nullopt;
    Response response;
    response.ready = ready;
    return response;
  });
  router.add(Method::kPost, "/echo", echo);
  router.add(Method::kGet, "/throw", broken);
  router.add(Method::kGet, "/fail/{code}", fail);
  router.add(Method::kGet, "/stream", [](const Request& request) { return stream(request, false); });
  router.add(Method::kGet, "/broken-stream", [](const Request& request) { return stream(request, true); });
  router.add(Method::kGet, "/big", big);
  router.add(Method::kGet, "/movies/{id}", movie);
  return router;
}

TestServer::TestServer(Router router, ServerSettings settings, std::size_t threads, ClientOf client_of)
    : router_(std::move(router)), runtime_(threads) {
  telemetry::Logger log(sink_, telemetry::LogLevel::kInfo, "test");
  server_ = Server::make(runtime_, std::move(settings), router_, log, metrics_, std::move(client_of)).value();
  thread_ = std::thread([this] { runtime_.run(server_->run()); });
}

TestServer::~TestServer() {
  stop(Deadline::after(milliseconds(0)));
  wait_until_stopped();
}

void TestServer::stop(Deadline deadline) {
  asio::post(runtime_.executor(0), [this, deadline] { server_->stop(deadline); });
}

void TestServer::wait_until_stopped() {
  if (thread_.joinable()) thread_.join();
}

RawClient::RawClient(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  const timeval patience{20, 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
  ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  EXPECT_EQ(::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)), 0)
      << std::strerror(errno);
}

RawClient::~RawClient() {
  ::close(socket_);
}

bool RawClient::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

void RawClient::shutdown_send() {
  ::shutdown(socket_, SHUT_WR);
}

bool RawClient::fill() {
  char bytes[16'384];
  const auto received = ::recv(socket_, bytes, sizeof(bytes), 0);
  if (received <= 0) return false;
  buffer_.append(bytes, static_cast<std::size_t>(received));
  return true;
}

RawAnswer RawClient::read(bool without_body) {
  RawAnswer answer;
  std::size_t end = 0;
  while ((end = buffer_.find("\r\n\r\n")) == std::string::npos) {
    if (!fill()) return answer;
  }
  answer.head = buffer_.substr(0, end + 4);
  buffer_.erase(0, end + 4);
  answer.status = std::stoi(answer.head.substr(9, 3));
  const std::size_t length_at = answer.head.find("Content-Length: ");
  if (without_body || length_at == std::string::npos) return answer;
  const auto length = static_cast<std::size_t>(std::stoul(answer.head.substr(length_at + 16)));
  while (buffer_.size() < length) {
    if (!fill()) break;
  }
  answer.body = buffer_.substr(0, length);
  buffer_.erase(0, length);
  return answer;
}

std::string RawClient::read_to_end() {
  while (fill()) {
  }
  EXPECT_NE(errno, EAGAIN) << "the server did not close the connection";
  return std::exchange(buffer_, {});
}

bool RawClient::is_closed() {
  errno = 0;
  return buffer_.empty() && !fill() && errno != EAGAIN;
}

std::string get(std::string_view target, std::string_view more_headers) {
  return "GET " + std::string(target) + " HTTP/1.1\r\nHost: test\r\n" + std::string(more_headers) + "\r\n";
}

}  // namespace filmoteka::http
