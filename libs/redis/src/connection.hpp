/// A connection that a Redis has let in.
#pragma once

#include "reply_reader.hpp"
#include "stream.hpp"

#include <array>
#include <memory>

namespace filmoteka::redis {

/// One thread; one read() and one write() may be under way together.
class Connection {
 public:
  Connection(Executor executor, const ReplyLimits& limits)
      : stream_(executor), reader_(limits), buffer_(std::make_unique<Buffer>()) {}

  /// Connects and greets. Errors: see Stream::connect and check_greeting; kCorrupt.
  Task<Result<void>> open(const Endpoint& endpoint);
  Task<Result<void>> write(std::string_view bytes) { return stream_.write(bytes); }
  /// The next reply. kUnavailable: lost; kCorrupt: what came is none.
  Task<Result<Reply>> read();
  void close() { stream_.close(); }

 private:
  using Buffer = std::array<char, std::size_t{16} << 10>;

  Stream stream_;
  ReplyReader reader_;
  std::unique_ptr<Buffer> buffer_;
};

}  // namespace filmoteka::redis
