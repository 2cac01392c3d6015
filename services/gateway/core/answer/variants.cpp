#include <gateway/core/answer/variants.hpp>
#include <gateway/core/cache/key_hash.hpp>

#include <algorithm>
#include <charconv>
#include <utility>

namespace filmoteka::gateway {
namespace {

std::string_view value_of(const http::Headers& headers, std::string_view name) {
  const auto found = std::ranges::find(headers, name, &std::pair<std::string, std::string>::first);
  return found == headers.end() ? std::string_view{} : std::string_view(found->second);
}

/// What a 304 repeats of the 200's headers (RFC 9110, 15.4.5); Content-Type describes a body that is not
/// there.
http::Headers without_content_type(http::Headers headers) {
  std::erase_if(headers, [](const auto& header) { return header.first == "Content-Type"; });
  return headers;
}

}  // namespace

Variants::Variants(http::Headers headers, std::string_view etag, std::string body)
    : headers_(std::move(headers)), etag_("W/\"" + std::string(etag) + '"') {
  const bool compressible = http::is_compressible(value_of(headers_, "Content-Type"), body.size());
  headers_.emplace_back("ETag", etag_);
  if (compressible) headers_.emplace_back("Vary", "Accept-Encoding");
  not_modified_ = http::make_ready(304, without_content_type(headers_), {});
  const Ready plain = http::make_ready(200, headers_, std::move(body));
  for (Slot& each : slots_) {
    if (&each != slots_.data() && compressible) continue;
    each.response = plain;
    each.state = State::kMade;
  }
}

Variants::Ready Variants::get(http::Encoding encoding) const {
  const Slot& wanted = slot(encoding);
  return wanted.state.load(std::memory_order_acquire) == State::kMade ? wanted.response : nullptr;
}

bool Variants::matches(std::string_view if_none_match) const {
  return http::etag_matches(if_none_match, etag_);
}

bool Variants::claim(http::Encoding encoding) {
  State expected = State::kAbsent;
  return slot(encoding).state.compare_exchange_strong(expected, State::kClaimed, std::memory_order_acq_rel);
}

void Variants::compress(http::Encoding encoding, int level) {
  Slot& target = slot(encoding);
  std::string body = http::compress(encoding, plain()->body, level);
  if (body.size() < plain()->body.size()) {
    http::Headers headers = headers_;
    headers.emplace_back("Content-Encoding", http::to_string(encoding));
    target.response = http::make_ready(200, headers, std::move(body));
  } else {
    target.response = plain();
  }
  target.state.store(State::kMade, std::memory_order_release);
}

std::size_t Variants::bytes() const {
  std::size_t total = not_modified_->head.size();
  for (const Slot& made : slots_) {
    if (made.state.load(std::memory_order_acquire) != State::kMade) continue;
    if (&made != slots_.data() && made.response == plain()) continue;
    total += sizeof(http::ReadyResponse) + made.response->head.size() + made.response->body.size();
  }
  return total;
}

Choice choose(const Variants& variants, const http::Request& request) {
  const auto condition = request.header("If-None-Match");
  if (condition && variants.matches(*condition)) return {variants.not_modified(), std::nullopt};
  const auto accepted = request.header("Accept-Encoding");
  const http::Encoding wanted = accepted ? http::negotiate(*accepted) : http::Encoding::kIdentity;
  if (Variants::Ready ready = variants.get(wanted)) return {std::move(ready), std::nullopt};
  return {variants.get(http::Encoding::kIdentity), wanted};
}

std::string content_tag(std::string_view text) {
  const std::uint64_t hash = siphash24(text, HashSeed{});
  char digits[16];
  const auto end = std::to_chars(digits, digits + sizeof digits, hash, 16).ptr;
  return {digits, end};
}

}  // namespace filmoteka::gateway
