#include "reply_reader.hpp"

#include <hiredis/read.h>

#include <new>
#include <utility>

namespace filmoteka::redis {
namespace {

constexpr std::size_t kKeptBuffer = std::size_t{64} << 10;
// A line or a header of a bulk string, beyond the text itself.
constexpr std::size_t kFraming = std::size_t{4} << 10;

Reply::Kind kind_of(int type) {
  switch (type) {
    case REDIS_REPLY_STRING:
      return Reply::Kind::kString;
    case REDIS_REPLY_STATUS:
      return Reply::Kind::kStatus;
    case REDIS_REPLY_ERROR:
      return Reply::Kind::kError;
    case REDIS_REPLY_INTEGER:
      return Reply::Kind::kInteger;
    case REDIS_REPLY_ARRAY:
      return Reply::Kind::kArray;
    default:
      return Reply::Kind::kNil;
  }
}

Error broken(std::string detail) {
  return corrupt("The answer of Redis cannot be understood.", std::move(detail));
}

}  // namespace

/// The reply that is being read.
struct ReplyReader::Build {
  ReplyLimits limits;
  std::size_t bytes = 0;
  std::size_t elements = 0;

  /// Where the task's value belongs: a reply of its own, or its place in an array that stands already.
  static Reply* place(const redisReadTask* task) {
    Reply* reply =
        task->parent == nullptr
            ? new Reply
            : &static_cast<Reply*>(task->parent->obj)->elements[static_cast<std::size_t>(task->idx)];
    reply->kind = kind_of(task->type);
    return reply;
  }
};

/// What hiredis calls. A null pointer ends the reading with an error; nothing may be thrown through its code.
struct ReplyReader::Functions {
  static void* make_string(const redisReadTask* task, char* text, std::size_t size) try {
    Build& build = *static_cast<Build*>(task->privdata);
    build.bytes += size;
    if (build.bytes > build.limits.max_bytes) return nullptr;
    std::string copy(text, size);
    Reply* reply = Build::place(task);
    reply->text = std::move(copy);
    return reply;
  } catch (const std::bad_alloc&) {
    return nullptr;
  }
  static void* make_array(const redisReadTask* task, int size) try {
    Build& build = *static_cast<Build*>(task->privdata);
    const auto count = static_cast<std::size_t>(size);
    if (count > build.limits.max_elements - build.elements) return nullptr;
    build.elements += count;
    std::vector<Reply> elements(count);
    Reply* reply = Build::place(task);
    reply->elements = std::move(elements);
    return reply;
  } catch (const std::bad_alloc&) {
    return nullptr;
  }
  static void* make_integer(const redisReadTask* task, long long value) try {
    Reply* reply = Build::place(task);
    reply->integer = value;
    return reply;
  } catch (const std::bad_alloc&) {
    return nullptr;
  }
  static void* make_nil(const redisReadTask* task) try {
    Reply* reply = Build::place(task);
    reply->kind = Reply::Kind::kNil;  // the task's type is that of what is missing
    return reply;
  } catch (const std::bad_alloc&) {
    return nullptr;
  }
  static void free_reply(void* reply) { delete static_cast<Reply*>(reply); }

  inline static redisReplyObjectFunctions all{make_string, make_array, make_integer, make_nil, free_reply};
};

void ReplyReader::Free::operator()(redisReader* reader) const {
  redisReaderFree(reader);
}
void ReplyReader::Free::operator()(Build* build) const {
  delete build;
}

ReplyReader::ReplyReader(const ReplyLimits& limits)
    : build_(new Build{limits}), reader_(redisReaderCreateWithFunctions(&Functions::all)) {
  if (!reader_) throw std::bad_alloc();
  reader_->privdata = build_.get();
  reader_->maxbuf = kKeptBuffer;
}

void ReplyReader::feed(std::string_view bytes) {
  redisReaderFeed(reader_.get(), bytes.data(), bytes.size());
}

Result<std::optional<Reply>> ReplyReader::next() {
  void* made = nullptr;
  if (redisReaderGetReply(reader_.get(), &made) != REDIS_OK) {
    return broken(reader_->err == REDIS_ERR_OOM ? "a reply beyond the limits" : reader_->errstr);
  }
  if (made == nullptr) {
    if (reader_->len - reader_->pos > build_->limits.max_bytes + kFraming) {
      return broken("a reply beyond the limits");
    }
    return std::optional<Reply>();
  }
  const std::unique_ptr<Reply> owned(static_cast<Reply*>(made));
  build_->bytes = 0;
  build_->elements = 0;
  return std::optional<Reply>(std::move(*owned));
}

}  // namespace filmoteka::redis
