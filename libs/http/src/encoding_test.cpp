#include <filmoteka/http/encoding.hpp>

#include <brotli/decode.h>
#include <gtest/gtest.h>
#include <zlib.h>
#include <zstd.h>

namespace filmoteka::http {
namespace {

std::string gunzip(std::string_view bytes, std::size_t size) {
  z_stream stream{};
  inflateInit2(&stream, 15 + 16);
  std::string out(size + 1, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  inflateEnd(&stream);
  return out;
}

std::string unbrotli(std::string_view bytes, std::size_t size) {
  std::string out(size + 1, '\0');
  std::size_t decoded = out.size();
  EXPECT_EQ(BrotliDecoderDecompress(bytes.size(), reinterpret_cast<const std::uint8_t*>(bytes.data()),
                                    &decoded, reinterpret_cast<std::uint8_t*>(out.data())),
            BROTLI_DECODER_RESULT_SUCCESS);
  out.resize(decoded);
  return out;
}

std::string unzstd(std::string_view bytes, std::size_t size) {
  std::string out(size + 1, '\0');
  const std::size_t decoded = ZSTD_decompress(out.data(), out.size(), bytes.data(), bytes.size());
  EXPECT_EQ(ZSTD_isError(decoded), 0U);
  out.resize(decoded);
  return out;
}

TEST(Encoding, is_negotiated_by_weight) {
  const std::pair<const char*, Encoding> kCases[] = {
      {"", Encoding::kIdentity},
      {"identity", Encoding::kIdentity},
      {"gzip", Encoding::kGzip},
      {"GZIP", Encoding::kGzip},
      {"gzip, deflate, br", Encoding::kBrotli},
      {"gzip, deflate, br, zstd", Encoding::kBrotli},
      {"gzip, zstd", Encoding::kZstd},
      {"gzip, br;q=0.9, ZSTD", Encoding::kZstd},
      {"zstd;q=0, gzip", Encoding::kGzip},
      {"gzip;q=1.0, br;q=0.5", Encoding::kGzip},
      {"br;q=0, gzip;q=0.001", Encoding::kGzip},
      {"br;q=0,gzip;q=0", Encoding::kIdentity},
      {"*", Encoding::kBrotli},
      {"*;q=0", Encoding::kIdentity},
      {"br;q=0, *", Encoding::kZstd},
      {"identity;q=1, gzip;q=0.5", Encoding::kIdentity},
      {"gzip ; q=0.5", Encoding::kGzip},
      {"gzip;q=nan, br;q=2", Encoding::kIdentity},
      {",,;q=,=", Encoding::kIdentity},
      {"compress, deflate", Encoding::kIdentity},
  };
  for (const auto& [header, expected] : kCases) EXPECT_EQ(negotiate(header), expected) << header;
}

TEST(Encoding, compresses_so_that_others_can_read_it) {
  for (const std::size_t size : {0UL, 1UL, 1'000UL, 500'000UL}) {
    std::string text;
    while (text.size() < size) text += "film " + std::to_string(text.size() * 7919 % 1009) + ' ';
    EXPECT_EQ(gunzip(compress(Encoding::kGzip, text, 5), text.size()), text);
    EXPECT_EQ(unbrotli(compress(Encoding::kBrotli, text, 4), text.size()), text);
    EXPECT_EQ(unzstd(compress(Encoding::kZstd, text, 6), text.size()), text);
    EXPECT_EQ(compress(Encoding::kIdentity, text, 4), text);
  }
}

TEST(Encoding, is_for_text_of_some_size) {
  EXPECT_TRUE(is_compressible("application/json; charset=utf-8", 1024));
  EXPECT_TRUE(is_compressible("text/html", 5000));
  EXPECT_TRUE(is_compressible("application/problem+json", 5000));
  EXPECT_FALSE(is_compressible("application/json", 1023));
  EXPECT_FALSE(is_compressible("image/png", 5000));
  EXPECT_FALSE(is_compressible("", 5000));
}

TEST(Encoding, has_an_entity_tag_of_its_own) {
  EXPECT_EQ(variant_etag("\"abc\"", Encoding::kBrotli), "\"abc-br\"");
  EXPECT_EQ(variant_etag("W/\"abc\"", Encoding::kGzip), "W/\"abc-gzip\"");
  EXPECT_EQ(variant_etag("\"abc\"", Encoding::kIdentity), "\"abc\"");
}

TEST(Encoding, tags_match_weakly_and_across_variants) {
  EXPECT_TRUE(etag_matches("\"abc\"", "\"abc\""));
  EXPECT_TRUE(etag_matches("W/\"abc\"", "\"abc\""));
  EXPECT_TRUE(etag_matches("\"x\", W/\"abc\"", "W/\"abc\""));
  EXPECT_TRUE(etag_matches("\"x,y\",\"abc-br\"", "\"abc\""));
  EXPECT_TRUE(etag_matches("\"abc\"", "\"abc-gzip\""));
  EXPECT_TRUE(etag_matches("\"abc-zstd\"", "\"abc\""));
  EXPECT_TRUE(etag_matches(" * ", "\"abc\""));
  EXPECT_FALSE(etag_matches("\"abcd\"", "\"abc\""));
  EXPECT_FALSE(etag_matches("abc", "\"abc\""));
  EXPECT_FALSE(etag_matches("", "\"abc\""));
  EXPECT_FALSE(etag_matches("*", ""));
}

}  // namespace
}  // namespace filmoteka::http
