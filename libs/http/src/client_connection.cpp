#include "client_connection.hpp"

#include "client_response_parser.hpp"
#include "header_text.hpp"

#include <filmoteka/base/strings.hpp>

#include <boost/asio/connect.hpp>
#include <boost/asio/write.hpp>

#include <algorithm>
#include <array>

namespace filmoteka::http {
namespace {

using asio::ip::tcp;
using Endpoints = std::vector<tcp::endpoint>;
using Resolver = asio::ip::basic_resolver<tcp, Executor>;

constexpr std::size_t kReadBytes = 16UL * 1024;

bool written_by_the_client(std::string_view name) {
  constexpr std::string_view kNames[] = {"Host", "Content-Length", "Connection", "Transfer-Encoding",
                                         "Expect"};
  return std::any_of(std::begin(kNames), std::end(kNames),
                     [name](std::string_view known) { return equals_ignore_case_ascii(name, known); });
}

std::string head_of(const ClientRequest& request, const Authority& authority) {
  std::string head =
      request.method == Method::kOther ? request.method_name : std::string(to_string(request.method));
  head += ' ';
  head += request.target;
  head += " HTTP/1.1\r\n";
  append_header(head, "Host", authority.text);
  for (const auto& [name, value] : request.headers) {
    if (!written_by_the_client(name)) append_header(head, name, value);
  }
  const bool has_meaning = request.method == Method::kPost || request.method == Method::kPut ||
                           request.method == Method::kPatch || !request.body.empty();
  if (has_meaning) append_header(head, "Content-Length", std::to_string(request.body.size()));
  head += "\r\n";
  return head;
}

Task<Result<Endpoints>> resolve(Executor executor, const Authority& authority) {
  const auto port = parse_number<std::uint16_t>(authority.port).value_or(80);
  boost::system::error_code error;
  const auto address =
      asio::ip::make_address(authority.host == "localhost" ? "127.0.0.1" : authority.host, error);
  if (!error) co_return Endpoints{tcp::endpoint(address, port)};
  Resolver resolver(executor);
  const auto [failure, found] =
      co_await resolver.async_resolve(authority.host, authority.port, use_task_tuple);
  if (failure) {
    co_return unavailable("The host of " + authority.url + " is not known.", failure.message());
  }
  Endpoints endpoints;
  for (const auto& entry : found) endpoints.push_back(entry.endpoint());
  co_return endpoints;
}

}  // namespace

Task<Result<std::unique_ptr<ClientConnection>>> ClientConnection::connect(Executor executor,
                                                                          const Authority& authority) {
  FILMOTEKA_CO_TRY(const Endpoints endpoints, co_await resolve(executor, authority));
  boost::system::error_code error;
  for (const tcp::endpoint& endpoint : endpoints) {
    Socket socket(executor);
    std::tie(error) = co_await socket.async_connect(endpoint, use_task_tuple);
    if (error) continue;
    boost::system::error_code ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    socket.non_blocking(true, ignored);
    co_return std::make_unique<ClientConnection>(std::move(socket));
  }
  co_return unavailable("Cannot connect to " + authority.url + ": is it running?", error.message());
}

bool ClientConnection::is_quiet() {
  char byte = 0;
  boost::system::error_code error;
  socket_.receive(asio::buffer(&byte, 1), Socket::message_peek, error);
  return error == asio::error::would_block || error == asio::error::try_again;
}

Task<Result<ClientResponse>> ClientConnection::exchange(const ClientRequest& request,
                                                        const Authority& authority,
                                                        std::size_t max_response_bytes) {
  reusable_ = false;
  const std::string head = head_of(request, authority);
  const std::array<asio::const_buffer, 2> bytes = {asio::buffer(head), asio::buffer(request.body)};
  const auto [error, written] = co_await asio::async_write(socket_, bytes, use_task_tuple);
  // A server that refuses a large body answers and closes while we still write: then the answer counts.
  auto answer = co_await read_answer(request, max_response_bytes, authority);
  if (error) reusable_ = false;
  co_return answer;
}

Task<Result<ClientResponse>> ClientConnection::read_answer(const ClientRequest& request,
                                                           std::size_t max_bytes,
                                                           const Authority& authority) {
  ResponseParser parser(request.method == Method::kHead, max_bytes, request.on_body);
  std::string window;
  ended_unanswered_ = true;
  while (!parser.done()) {
    const std::size_t held = window.size();
    window.resize(held + kReadBytes);
    const auto buffer = asio::buffer(window.data() + held, kReadBytes);
    const auto [error, bytes] = co_await socket_.async_read_some(buffer, use_task_tuple);
    window.resize(held + bytes);
    if (bytes > 0) ended_unanswered_ = false;
    if (error == asio::error::eof && !ended_unanswered_) {
      FILMOTEKA_CO_CHECK(parser.end());
      co_return parser.take();
    }
    if (error) {
      co_return unavailable("The connection to " + authority.url + " broke.", error.message());
    }
    FILMOTEKA_CO_TRY(const std::size_t used, parser.feed(window));
    window.erase(0, used);
  }
  reusable_ = parser.keep_alive() && window.empty();
  co_return parser.take();
}

}  // namespace filmoteka::http
