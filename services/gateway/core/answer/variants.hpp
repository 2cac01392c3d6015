/// One state of one resource as complete responses, ready to be written: plain, gzip, brotli, and the 304.
#pragma once

#include <filmoteka/http/encoding.hpp>
#include <filmoteka/http/message.hpp>

#include <array>
#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace filmoteka::gateway {

/// Thread-safe. The plain response exists from the start; a compressed one is made at most once, by whoever
/// claims it, outside of any lock; readers never wait for it.
class Variants {
 public:
  using Ready = std::shared_ptr<const http::ReadyResponse>;

  /// `headers` belong to every variant; Content-Type must be among them. `etag` is the opaque tag without
  /// quotes; it is sent as a weak one, the same for all variants: they are one state in different bytes.
  Variants(http::Headers headers, std::string_view etag, std::string body);

  /// Null if it does not exist yet. The plain one always does, and it stands in for the compressed ones where
  /// they are not worth making (a small body, a format that is compressed already).
  Ready get(http::Encoding encoding) const;
  const Ready& not_modified() const { return not_modified_; }
  /// True if the value of an If-None-Match names this state (weak comparison, RFC 9110, 13.1.2).
  bool matches(std::string_view if_none_match) const;

  /// True for one caller, who is to call compress(). False: being made, or made.
  bool claim(http::Encoding encoding);
  /// Makes a claimed variant, at a level as http::compress takes it; takes milliseconds. Where compressing
  /// gains nothing, the plain one stands in.
  void compress(http::Encoding encoding, int level);

  /// Memory held by all that exists now.
  std::size_t bytes() const;

 private:
  enum class State : std::uint8_t { kAbsent, kClaimed, kMade };
  struct Slot {
    std::atomic<State> state = State::kAbsent;
    Ready response;  ///< written before the state becomes kMade, never again
  };
  Slot& slot(http::Encoding encoding) { return slots_[static_cast<std::size_t>(encoding)]; }
  const Slot& slot(http::Encoding encoding) const { return slots_[static_cast<std::size_t>(encoding)]; }
  const Ready& plain() const { return slot(http::Encoding::kIdentity).response; }

  http::Headers headers_;
  std::string etag_;  ///< as it is sent: W/"…"
  std::array<Slot, http::kEncodings> slots_;
  Ready not_modified_;
};

/// What a request gets of these variants.
struct Choice {
  Variants::Ready response;
  /// The coding that the client would rather have, and that does not exist yet.
  std::optional<http::Encoding> missing{};
};
Choice choose(const Variants& variants, const http::Request& request);

/// A tag for content that has none of its own: 64 bits of the text's hash, in hexadecimal.
std::string content_tag(std::string_view text);

}  // namespace filmoteka::gateway
