#include "chunked_body.hpp"

#include <gtest/gtest.h>

#include <string>

namespace filmoteka::http {
namespace {

constexpr std::size_t kMaxBytes = 100;

/// The decoded content; "refused: STATUS", or "incomplete".
std::string decoded(std::string_view input, std::size_t step = std::string_view::npos) {
  ChunkedBody body(kMaxBytes);
  for (std::string_view rest = input; !rest.empty() && !body.done() && !body.refusal();) {
    const std::string_view piece = rest.substr(0, step);
    rest.remove_prefix(body.feed(piece));
  }
  if (body.refusal()) return "refused: " + std::to_string(body.refusal()->status);
  return body.done() ? body.take() : "incomplete";
}

TEST(ChunkedBody, decodes_however_it_is_cut) {
  constexpr std::string_view kInput =
      "5\r\nhello\r\n00A;a=\"b;\r\"\r\n0123456789\r\n0 \t;x\r\nX-Trailer: y\r\n\r\n";
  std::string input(kInput);
  input.erase(input.find("\r\""), 1);
  for (std::size_t step = 1; step < input.size(); ++step) EXPECT_EQ(decoded(input, step), "hello0123456789");
}

TEST(ChunkedBody, leaves_what_follows_it) {
  ChunkedBody body(kMaxBytes);
  EXPECT_EQ(body.feed("1\r\na\r\n0\r\n\r\nGET /"), 11U);
  EXPECT_TRUE(body.done());
  EXPECT_EQ(body.feed("GET /"), 0U);
  EXPECT_EQ(body.take(), "a");
}

TEST(ChunkedBody, is_incomplete_until_its_last_byte) {
  constexpr std::string_view kInput = "1\r\na\r\n0\r\nX: y\r\n\r\n";
  for (std::size_t size = 0; size < kInput.size(); ++size) {
    EXPECT_EQ(decoded(kInput.substr(0, size)), "incomplete") << size;
  }
}

TEST(ChunkedBody, refuses_what_servers_read_in_different_ways) {
  for (const char* input : {"0x1\r\na\r\n0\r\n\r\n",
                            "+1\r\na\r\n",
                            " 1\r\na\r\n",
                            "\r\n",
                            "-1\r\n",
                            "1_0\r\n",
                            "g\r\n",
                            "1\na\r\n",
                            "1\r\na\n0\r\n\r\n",
                            "1\r\naa\r\n",
                            "1\ra",
                            "1 \r\na\r\n",
                            "1;\n",
                            "1;\"a\n\"\r\n",
                            "1;a\rb\r\n",
                            "1;a\x01\r\n",
                            "0\r\n\n",
                            "0\r\nX y\r\n\r\n",
                            "0\r\nX: y\n\r\n",
                            "0\r\n X: y\r\n\r\n",
                            "0\r\n\rX"}) {
    EXPECT_EQ(decoded(input), "refused: 400") << input;
  }
}

TEST(ChunkedBody, bounds_the_content_before_it_is_there) {
  EXPECT_EQ(decoded("65\r\n"), "refused: 413");
  EXPECT_EQ(decoded("60\r\n" + std::string(96, 'a') + "\r\n5\r\n"), "refused: 413");
  EXPECT_EQ(decoded("fffffffffffffffffffffffffffffffff"), "refused: 413");
}

TEST(ChunkedBody, bounds_extensions_and_trailers_together) {
  const std::string half(ChunkedBody::kMaxExtraBytes / 2, 'a');
  EXPECT_EQ(decoded("1;" + half.substr(20) + "\r\na\r\n0\r\nX: y\r\n\r\n"), "a");
  EXPECT_EQ(decoded("1;" + half + "\r\na\r\n0\r\nX: " + half + "\r\n\r\n"), "refused: 400");
}

}  // namespace
}  // namespace filmoteka::http
