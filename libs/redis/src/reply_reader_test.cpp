#include "reply_reader.hpp"

#include <filmoteka/redis/commands.hpp>

#include <gtest/gtest.h>

#include <random>

namespace filmoteka::redis {
namespace {

using namespace std::string_literals;

Result<std::optional<Reply>> read(std::string_view bytes, ReplyLimits limits = {}) {
  ReplyReader reader(limits);
  reader.feed(bytes);
  return reader.next();
}

Reply whole(std::string_view bytes) {
  const auto reply = read(bytes);
  EXPECT_TRUE(reply.has_value() && reply->has_value()) << bytes;
  return reply.has_value() && reply->has_value() ? **reply : Reply();
}

TEST(RedisReplyReader, reads_every_kind) {
  using Kind = Reply::Kind;
  EXPECT_EQ(whole("$-1\r\n"), Reply());
  EXPECT_EQ(whole("*-1\r\n"), Reply());
  EXPECT_EQ(whole("+OK\r\n"), (Reply{.kind = Kind::kStatus, .text = "OK"}));
  EXPECT_EQ(whole("-ERR no\r\n"), (Reply{.kind = Kind::kError, .text = "ERR no"}));
  EXPECT_EQ(whole(":-42\r\n"), (Reply{.kind = Kind::kInteger, .integer = -42}));
  EXPECT_EQ(whole(std::string_view("$4\r\n\0\r\n\xff\r\n", 10)),
            (Reply{.kind = Kind::kString, .text = std::string("\0\r\n\xff", 4)}));
  const Reply nested = whole("*3\r\n:1\r\n*2\r\n$1\r\na\r\n$-1\r\n*0\r\n");
  ASSERT_EQ(nested.elements.size(), 3U);
  EXPECT_EQ(nested.elements[1].elements[0].text, "a");
  EXPECT_TRUE(nested.elements[1].elements[1].is_nil());
  EXPECT_EQ(nested.elements[2], Reply{.kind = Kind::kArray});
}

TEST(RedisReplyReader, takes_bytes_as_they_come) {
  ReplyReader reader({});
  const std::string bytes = "*2\r\n$3\r\nabc\r\n:7\r\n+OK\r\n";
  std::vector<Reply> replies;
  for (const char byte : bytes) {
    reader.feed({&byte, 1});
    for (auto reply = reader.next(); reply.value(); reply = reader.next()) replies.push_back(**reply);
  }
  ASSERT_EQ(replies.size(), 2U);
  EXPECT_EQ(replies[0].elements[0].text, "abc");
  EXPECT_EQ(replies[0].elements[1].integer, 7);
  EXPECT_EQ(replies[1].text, "OK");
}

TEST(RedisReplyReader, refuses_what_is_no_reply) {
  for (const char* bytes : {"HTTP/1.1 200 OK\r\n\r\n", "\r\n", ":abc\r\n", "$-2\r\n", "*-2\r\n",
                            "$99999999999999999999\r\n", "%1\r\n+a\r\n+b\r\n", "*1\r\n?"}) {
    const auto reply = read(bytes);
    ASSERT_TRUE(reply.has_error()) << bytes;
    EXPECT_EQ(reply.error().code, ErrorCode::kCorrupt);
  }
}

TEST(RedisReplyReader, keeps_to_its_limits) {
  const ReplyLimits small{.max_bytes = 10, .max_elements = 4};
  EXPECT_TRUE(read("$10\r\n0123456789\r\n", small).has_value());
  EXPECT_TRUE(read("$11\r\n01234567890\r\n", small).has_error());
  EXPECT_TRUE(read("*2\r\n$6\r\n012345\r\n$6\r\n012345\r\n", small).has_error());
  EXPECT_TRUE(read("*5\r\n", small).has_error());
  EXPECT_TRUE(read("*2\r\n*1\r\n:1\r\n*2\r\n", small).has_error());
  EXPECT_TRUE(read("*2147483647\r\n").has_error()) << "gigabytes are not allocated for a claim";
  EXPECT_TRUE(read("*4294967297\r\n").has_error());
  std::string nested;
  for (int i = 0; i < 100; ++i) nested += "*1\r\n";
  EXPECT_TRUE(read(nested).has_error());
  // A text that never ends is not kept for ever.
  ReplyReader reader(small);
  Result<std::optional<Reply>> reply = std::optional<Reply>();
  for (int i = 0; i < 100 && reply.has_value(); ++i) {
    reader.feed("$1000000\r\n" + std::string(1'000, 'x'));
    reply = reader.next();
  }
  EXPECT_TRUE(reply.has_error());
  // The limits are those of one reply, not of all.
  ReplyReader many(small);
  for (int i = 0; i < 100; ++i) {
    many.feed("*4\r\n$1\r\na\r\n$1\r\nb\r\n$1\r\nc\r\n$1\r\nd\r\n");
    ASSERT_TRUE(many.next().value().has_value());
  }
}

// Any bytes: an error, a reply or a wait for more, and nothing that a sanitizer minds.
TEST(RedisReplyReader, survives_random_bytes) {
  std::mt19937 random(7);
  const std::string alphabet = "+-:$*\r\n0123456789abc%";
  for (int round = 0; round < 3'000; ++round) {
    ReplyReader reader({.max_bytes = 64, .max_elements = 16});
    for (int i = 0; i < 60; ++i) {
      const char byte = alphabet[random() % alphabet.size()];
      reader.feed({&byte, 1});
      if (reader.next().has_error()) break;
    }
  }
}

TEST(RedisCommands, are_arrays_of_strings_of_any_bytes) {
  Commands commands;
  commands.add({"SET", std::string_view("\0\r\n", 3), ""}).add({"PING"});
  EXPECT_EQ(commands.count(), 2U);
  EXPECT_EQ(commands.bytes(), "*3\r\n$3\r\nSET\r\n$3\r\n\0\r\n\r\n$0\r\n\r\n*1\r\n$4\r\nPING\r\n"s);
}

}  // namespace
}  // namespace filmoteka::redis
