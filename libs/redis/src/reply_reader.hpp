/// The server's bytes as replies.
#pragma once

#include <filmoteka/base/result.hpp>
#include <filmoteka/redis/reply.hpp>

#include <memory>
#include <optional>
#include <string_view>

struct redisReader;

namespace filmoteka::redis {

/// hiredis's parser with objects and limits of our own: what it makes is bounded before it is allocated.
/// Arrays may be nested seven deep. After an error it is of no more use. Not thread-safe.
class ReplyReader {
 public:
  explicit ReplyReader(const ReplyLimits& limits);

  void feed(std::string_view bytes);
  /// The next whole reply; nullopt: more bytes are needed. kCorrupt: that is no RESP2, or more than the
  /// limits allow.
  Result<std::optional<Reply>> next();

 private:
  struct Build;
  struct Functions;
  struct Free {
    void operator()(redisReader* reader) const;
    void operator()(Build* build) const;
  };
  std::unique_ptr<Build, Free> build_;
  std::unique_ptr<redisReader, Free> reader_;
};

}  // namespace filmoteka::redis
