#include "connection.hpp"

#include "greeting.hpp"

namespace filmoteka::redis {

Task<Result<void>> Connection::open(const Endpoint& endpoint) {
  auto connecting = stream_.connect(endpoint);
  FILMOTEKA_CO_CHECK(co_await std::move(connecting));
  const Commands commands = greeting(endpoint);
  auto writing = write(commands.bytes());
  FILMOTEKA_CO_CHECK(co_await std::move(writing));
  std::vector<Reply> replies;
  while (replies.size() < commands.count()) {
    auto reading = read();
    FILMOTEKA_CO_TRY(Reply reply, co_await std::move(reading));
    replies.push_back(std::move(reply));
  }
  co_return check_greeting(endpoint, replies);
}

Task<Result<Reply>> Connection::read() {
  for (;;) {
    FILMOTEKA_CO_TRY(std::optional<Reply> reply, reader_.next());
    if (reply) co_return *std::move(reply);
    auto reading = stream_.read_some(*buffer_);
    FILMOTEKA_CO_TRY(const std::size_t size, co_await std::move(reading));
    reader_.feed(std::string_view(buffer_->data(), size));
  }
}

}  // namespace filmoteka::redis
