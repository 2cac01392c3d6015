#include <gateway/adapters/packed_value.hpp>
#include <zstd.h>

#include <cstdint>
#include <memory>
#include <new>

namespace filmoteka::gateway {
namespace {

constexpr int kLevel = 1;  // a miss is filled from here: what counts is time
constexpr std::size_t kLengthBytes = 4;

std::string with_key(std::string_view key, std::string_view bytes) {
  std::string content;
  content.reserve(kLengthBytes + key.size() + bytes.size());
  for (unsigned shift = 0; shift < 8 * kLengthBytes; shift += 8)
    content += static_cast<char>(key.size() >> shift & 0xff);
  content += key;
  content += bytes;
  return content;
}

std::uint64_t length_in(std::string_view content) {
  std::uint64_t length = 0;
  for (std::size_t i = 0; i < kLengthBytes; ++i)
    length |= std::uint64_t{static_cast<unsigned char>(content[i])} << (8 * i);
  return length;
}

/// The content of a whole frame, nothing before and nothing after it.
std::optional<std::string> decompressed(std::string_view frame, std::size_t max_bytes) {
  const unsigned long long size = ZSTD_getFrameContentSize(frame.data(), frame.size());
  if (size == ZSTD_CONTENTSIZE_UNKNOWN || size == ZSTD_CONTENTSIZE_ERROR || size > max_bytes)
    return std::nullopt;
  // A second frame would be taken for more content.
  if (ZSTD_findFrameCompressedSize(frame.data(), frame.size()) != frame.size()) return std::nullopt;
  std::string content(static_cast<std::size_t>(size), '\0');
  if (ZSTD_decompress(content.data(), content.size(), frame.data(), frame.size()) != size)
    return std::nullopt;
  return content;
}

}  // namespace

std::string packed(std::string_view key, std::string_view bytes) {
  const std::string content = with_key(key, bytes);
  const std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context(ZSTD_createCCtx(), &ZSTD_freeCCtx);
  if (!context) throw std::bad_alloc();
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, kLevel);
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, 1);
  std::string value(1 + ZSTD_compressBound(content.size()), kPackedVersion);
  const std::size_t size =
      ZSTD_compress2(context.get(), value.data() + 1, value.size() - 1, content.data(), content.size());
  if (ZSTD_isError(size) != 0) throw std::bad_alloc();  // with room enough, nothing else goes wrong
  value.resize(1 + size);
  return value;
}

std::optional<std::string> unpacked(std::string_view key, std::string_view value, std::size_t max_bytes) {
  if (value.empty() || value.front() != kPackedVersion) return std::nullopt;
  const std::size_t head = kLengthBytes + key.size();
  auto content = decompressed(value.substr(1), head + max_bytes);
  if (!content || content->size() < head || length_in(*content) != key.size()) return std::nullopt;
  if (content->compare(kLengthBytes, key.size(), key) != 0) return std::nullopt;
  content->erase(0, head);
  return content;
}

}  // namespace filmoteka::gateway
