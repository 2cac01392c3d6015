#include <filmoteka/base/strings.hpp>
#include <filmoteka/http/encoding.hpp>

#include <algorithm>
#include <optional>

namespace filmoteka::http {
namespace {

constexpr std::size_t kMinCompressedBytes = 1024;

/// "gzip;q=0.5" → thousandths; nullopt if the weight is malformed.
std::optional<int> weight_of(std::string_view parameters) {
  parameters = trim(parameters);
  if (parameters.empty()) return 1000;
  if (!parameters.starts_with("q=") && !parameters.starts_with("Q=")) return std::nullopt;
  const std::string_view text = parameters.substr(2);
  if (text.empty() || text.size() > 5 || text.find_first_not_of("0123456789.") != std::string_view::npos) {
    return std::nullopt;
  }
  const auto weight = parse_number<double>(text);
  if (!weight || *weight > 1) return std::nullopt;
  return static_cast<int>(*weight * 1000 + 0.5);
}

struct Weights {
  std::optional<int> brotli, zstd, gzip, identity, any;
};

void read_coding(std::string_view item, Weights& weights) {
  const std::size_t semicolon = item.find(';');
  const std::string_view coding = trim(item.substr(0, semicolon));
  const auto weight =
      weight_of(semicolon == std::string_view::npos ? std::string_view{} : item.substr(semicolon + 1));
  if (equals_ignore_case_ascii(coding, "br")) weights.brotli = weight;
  if (equals_ignore_case_ascii(coding, "zstd")) weights.zstd = weight;
  if (equals_ignore_case_ascii(coding, "gzip") || equals_ignore_case_ascii(coding, "x-gzip")) {
    weights.gzip = weight;
  }
  if (equals_ignore_case_ascii(coding, "identity")) weights.identity = weight;
  if (coding == "*") weights.any = weight;
}

/// The opaque part of a tag without the mark of weakness, the quotes and the suffix of a variant.
std::string_view bare_tag(std::string_view tag) {
  if (tag.starts_with("W/")) tag.remove_prefix(2);
  if (tag.size() >= 2 && tag.front() == '"' && tag.back() == '"') tag = tag.substr(1, tag.size() - 2);
  for (const std::string_view suffix : {"-br", "-zstd", "-gzip"}) {
    if (tag.ends_with(suffix)) return tag.substr(0, tag.size() - suffix.size());
  }
  return tag;
}

}  // namespace

std::string_view to_string(Encoding encoding) {
  switch (encoding) {
    case Encoding::kGzip:
      return "gzip";
    case Encoding::kBrotli:
      return "br";
    case Encoding::kZstd:
      return "zstd";
    case Encoding::kIdentity:
      break;
  }
  return "identity";
}

Encoding negotiate(std::string_view accept_encoding) {
  if (accept_encoding.empty()) return Encoding::kIdentity;
  Weights weights;
  for (const std::string_view item : split(accept_encoding, ',')) read_coding(item, weights);
  const int any = weights.any.value_or(0);
  const int brotli = weights.brotli.value_or(any);
  const int zstd = weights.zstd.value_or(any);
  const int gzip = weights.gzip.value_or(any);
  const int identity = weights.identity.value_or(weights.any.value_or(1));
  if (brotli > 0 && brotli >= zstd && brotli >= gzip && brotli >= identity) return Encoding::kBrotli;
  if (zstd > 0 && zstd >= gzip && zstd >= identity) return Encoding::kZstd;
  if (gzip > 0 && gzip >= identity) return Encoding::kGzip;
  return Encoding::kIdentity;
}

bool is_compressible(std::string_view content_type, std::size_t bytes) {
  if (bytes < kMinCompressedBytes) return false;
  const std::string_view type = trim(content_type.substr(0, content_type.find(';')));
  if (type.starts_with("text/") || type.ends_with("+json") || type.ends_with("+xml")) return true;
  constexpr std::string_view kTypes[] = {"application/json",    "application/javascript",
                                         "application/xml",     "application/x-ndjson",
                                         "application/wasm",    "application/manifest+json",
                                         "image/svg+xml",       "application/yaml",
                                         "application/rss+xml", "image/x-icon"};
  return std::find(std::begin(kTypes), std::end(kTypes), type) != std::end(kTypes);
}

std::string variant_etag(std::string_view etag, Encoding encoding) {
  if (encoding == Encoding::kIdentity || !etag.ends_with('"')) return std::string(etag);
  std::string variant(etag.substr(0, etag.size() - 1));
  variant += '-';
  variant += to_string(encoding);
  variant += '"';
  return variant;
}

bool etag_matches(std::string_view if_none_match, std::string_view etag) {
  if (etag.empty()) return false;
  if (trim(if_none_match) == "*") return true;
  const std::string_view wanted = bare_tag(etag);
  // A comma may stand inside of a tag's quotes, so the list is not simply split.
  while (!if_none_match.empty()) {
    const std::size_t open = if_none_match.find('"');
    if (open == std::string_view::npos) return false;
    const std::size_t close = if_none_match.find('"', open + 1);
    if (close == std::string_view::npos) return false;
    if (bare_tag(if_none_match.substr(open, close - open + 1)) == wanted) return true;
    if_none_match.remove_prefix(close + 1);
  }
  return false;
}

}  // namespace filmoteka::http
