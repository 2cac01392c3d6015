#include <filmoteka/base/strings.hpp>
#include <filmoteka/base/time_format.hpp>
#include <filmoteka/fetch/verdict.hpp>

#include <algorithm>

namespace filmoteka::fetch {

namespace {

constexpr std::chrono::milliseconds kMaxRetryAfter = std::chrono::hours(24);

/// The first character that is neither white space nor a byte order mark; 0 for none.
char first_character(std::string_view body) {
  if (body.starts_with("\xEF\xBB\xBF")) body.remove_prefix(3);
  body = trim(body);
  return body.empty() ? '\0' : body.front();
}

bool looks_like_html(std::string_view body) {
  if (body.starts_with("\xEF\xBB\xBF")) body.remove_prefix(3);
  const auto start = to_lower_ascii(trim(body).substr(0, 64));
  return start.starts_with("<!doctype html") || start.starts_with("<html") || start.starts_with("<head") ||
         start.starts_with("<body");
}

bool is_expected(std::string_view body, Expected expected) {
  const char first = first_character(body);
  switch (expected) {
    case Expected::kAnything:
      return true;
    case Expected::kJson:
      return first != '<';
    case Expected::kXml:
      return first == '<' && !looks_like_html(body);
  }
  return false;
}

}  // namespace

const std::string* find_header(const HeaderList& headers, std::string_view name) {
  const auto found = std::find_if(headers.begin(), headers.end(), [name](const auto& header) {
    return equals_ignore_case_ascii(header.first, name);
  });
  return found == headers.end() ? nullptr : &found->second;
}

std::string_view to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::kOk:
      return "ok";
    case Verdict::kNotModified:
      return "not_modified";
    case Verdict::kMissing:
      return "missing";
    case Verdict::kRateLimited:
      return "rate_limited";
    case Verdict::kBlocked:
      return "blocked";
    case Verdict::kForbidden:
      return "forbidden_by_robots";
    case Verdict::kServerError:
      return "server_error";
    case Verdict::kUnreachable:
      return "unreachable";
    case Verdict::kRefused:
      return "refused";
    case Verdict::kCancelled:
      return "cancelled";
  }
  return "unreachable";
}

Verdict judge(const FetchResponse& response, Expected expected) {
  const int status = response.status;
  if (status == 304) return Verdict::kNotModified;
  if (status == 429 || (status == 503 && find_header(response.headers, "Retry-After") != nullptr))
    return Verdict::kRateLimited;
  if (status == 401 || status == 403) return Verdict::kBlocked;
  if (status == 404 || status == 410) return Verdict::kMissing;
  if (status >= 500) return Verdict::kServerError;
  if (status < 200 || status >= 300) return Verdict::kRefused;
  return is_expected(response.body, expected) ? Verdict::kOk : Verdict::kBlocked;
}

Verdict judge(const Error& error) {
  switch (error.code) {
    case ErrorCode::kCancelled:
      return Verdict::kCancelled;
    case ErrorCode::kPayloadTooLarge:
    case ErrorCode::kInvalidArgument:
      return Verdict::kRefused;
    default:
      return Verdict::kUnreachable;
  }
}

bool is_transient(Verdict verdict) {
  return verdict == Verdict::kRateLimited || verdict == Verdict::kServerError ||
         verdict == Verdict::kUnreachable;
}

std::optional<std::chrono::milliseconds> retry_after(const HeaderList& headers, Timestamp now) {
  const auto* header = find_header(headers, "Retry-After");
  if (header == nullptr) return std::nullopt;
  const auto value = trim(*header);
  const bool digits =
      !value.empty() && std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (digits) {
    const auto seconds = parse_number<std::int64_t>(value);
    if (!seconds || *seconds >= 24 * 3'600) return kMaxRetryAfter;
    return std::chrono::seconds(*seconds);
  }
  const auto date = parse_http_date(value);
  if (!date) return std::nullopt;
  return std::clamp(std::chrono::milliseconds(*date - now), std::chrono::milliseconds(0), kMaxRetryAfter);
}

}  // namespace filmoteka::fetch
