#include <metadata/core/query/cursor.hpp>
#include <metadata/core/signature.hpp>

namespace filmoteka::metadata {
namespace {

constexpr char kVersion = 1;
constexpr std::size_t kNumbers = 4;
constexpr std::size_t kHead = 2 + kNumbers * sizeof(std::uint64_t);
constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

std::string to_base64url(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size() * 4 / 3 + 3);
  std::uint32_t bits = 0;
  unsigned count = 0;
  for (const char byte : bytes) {
    bits = bits << 8 | static_cast<unsigned char>(byte);
    for (count += 8; count >= 6;) text += kAlphabet[bits >> (count -= 6) & 63];
  }
  if (count > 0) text += kAlphabet[bits << (6 - count) & 63];
  return text;
}

std::optional<std::string> from_base64url(std::string_view text) {
  std::string bytes;
  std::uint32_t bits = 0;
  unsigned count = 0;
  for (const char c : text) {
    const std::size_t digit = kAlphabet.find(c);
    if (digit == std::string_view::npos) return std::nullopt;
    bits = bits << 6 | static_cast<std::uint32_t>(digit);
    if ((count += 6) >= 8) bytes += static_cast<char>(bits >> (count -= 8) & 255);
  }
  // One text for one cursor: what is left over of the last digit must be zero.
  if (count >= 6 || (bits & ((1U << count) - 1)) != 0) return std::nullopt;
  return bytes;
}

void append_number(std::string& out, std::uint64_t number) {
  for (unsigned shift = 0; shift < 64; shift += 8) out += static_cast<char>(number >> shift & 255);
}

std::uint64_t number_at(std::string_view bytes, std::size_t index) {
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < 8; ++i) {
    number |= std::uint64_t{static_cast<unsigned char>(bytes[2 + index * 8 + i])} << (8 * i);
  }
  return number;
}

std::string list_identity(const ListQuery& query) {
  ListQuery list = query;
  list.page = 1;
  list.per_page = kDefaultPerPage;
  list.fields = 0;
  list.count = true;
  list.explain = false;
  list.facets = 0;
  list.cursor.reset();
  return to_query_string(list);
}

std::string signed_text(std::string_view payload, const ListQuery& query) {
  return std::string(payload) + '\n' + list_identity(query);
}

}  // namespace

std::string encode_cursor(const Place& place, std::string_view title_key, bool backwards,
                          const ListQuery& query, const CursorKey& key) {
  const bool by_title = !query.sort.by_relevance && query.sort.order.key == SortKey::kTitle;
  std::string bytes{kVersion, static_cast<char>(backwards ? 1 : 0)};
  // The number of a title changes with every merge: its key says where it stands.
  for (const std::uint64_t number : place.keys) append_number(bytes, by_title ? 0 : number);
  append_number(bytes, static_cast<std::uint64_t>(place.id));
  if (by_title) bytes += title_key;
  bytes += sign(signed_text(bytes, query), key.bytes);
  return to_base64url(bytes);
}

std::optional<Cursor> decode_cursor(std::string_view text, const ListQuery& query, const CursorKey& key) {
  const auto bytes = from_base64url(text);
  if (!bytes || bytes->size() < kHead + kSignatureSize || bytes->front() != kVersion) return std::nullopt;
  const std::string_view payload = std::string_view(*bytes).substr(0, bytes->size() - kSignatureSize);
  const std::string_view signature = std::string_view(*bytes).substr(payload.size());
  if (!is_signed(signed_text(payload, query), signature, key.bytes)) return std::nullopt;
  return Cursor{std::string(text),
                payload[1] != 0,
                {number_at(payload, 0), number_at(payload, 1), number_at(payload, 2)},
                std::string(payload.substr(kHead)),
                static_cast<domain::MovieId>(number_at(payload, 3))};
}

}  // namespace filmoteka::metadata
