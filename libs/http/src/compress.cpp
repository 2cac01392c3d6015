#include <filmoteka/http/encoding.hpp>

#include <brotli/encode.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <cstdint>
#include <new>

namespace filmoteka::http {
namespace {

std::string compress_gzip(std::string_view bytes, int level) {
  constexpr int kGzipWindow = 15 + 16;  // 16: a gzip header around the deflate stream
  z_stream stream{};
  if (deflateInit2(&stream, std::clamp(level, 1, 9), Z_DEFLATED, kGzipWindow, 8, Z_DEFAULT_STRATEGY) !=
      Z_OK) {
    throw std::bad_alloc();
  }
  std::string out(deflateBound(&stream, bytes.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string compress_brotli(std::string_view bytes, int level) {
  std::size_t size = BrotliEncoderMaxCompressedSize(bytes.size());
  std::string out(size, '\0');
  const BROTLI_BOOL ok =
      BrotliEncoderCompress(std::clamp(level, 0, 11), BROTLI_DEFAULT_WINDOW, BROTLI_MODE_TEXT, bytes.size(),
                            reinterpret_cast<const std::uint8_t*>(bytes.data()), &size,
                            reinterpret_cast<std::uint8_t*>(out.data()));
  if (ok == BROTLI_FALSE) throw std::bad_alloc();
  out.resize(size);
  return out;
}

std::string compress_zstd(std::string_view bytes, int level) {
  // Level 19 is the last one with a window (8 MiB) that every browser takes (RFC 9659).
  constexpr int kMaxLevel = 19;
  std::string out(ZSTD_compressBound(bytes.size()), '\0');
  const std::size_t size =
      ZSTD_compress(out.data(), out.size(), bytes.data(), bytes.size(), std::clamp(level, 1, kMaxLevel));
  if (ZSTD_isError(size) != 0) throw std::bad_alloc();
  out.resize(size);
  return out;
}

}  // namespace

std::string compress(Encoding encoding, std::string_view bytes, int level) {
  switch (encoding) {
    case Encoding::kGzip:
      return compress_gzip(bytes, level);
    case Encoding::kBrotli:
      return compress_brotli(bytes, level);
    case Encoding::kZstd:
      return compress_zstd(bytes, level);
    case Encoding::kIdentity:
      break;
  }
  return std::string(bytes);
}

}  // namespace filmoteka::http
