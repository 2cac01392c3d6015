#include <filmoteka/base/strings.hpp>

#include <scraper/core/extract/web_verdict.hpp>
#include <scraper/core/pipeline/excerpt.hpp>

#include <algorithm>
#include <array>

namespace filmoteka::scraper {
namespace {

std::string_view beginning(std::string_view body) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  if (body.starts_with(kMark)) body.remove_prefix(kMark.size());
  return trim(body.substr(0, 4'096));
}

bool is_json_type(std::string_view content_type) {
  const auto type = to_lower_ascii(trim(content_type.substr(0, content_type.find(';'))));
  return type.empty() || type.ends_with("json") || type == "text/plain" || type == "application/octet-stream";
}

bool is_page_for_people(std::string_view start) {
  const auto head = to_lower_ascii(start.substr(0, 64));
  return head.starts_with("<!doctype html") || head.starts_with("<html") || head.starts_with("<head") ||
         head.starts_with("<body");
}

AnswerClass judge_json(const WebAnswer& answer) {
  const auto start = beginning(answer.body);
  if (start.starts_with('<')) return AnswerClass::kBlocked;
  if (start.starts_with('{') || start.starts_with('[')) return AnswerClass::kOk;
  // Neither a page nor JSON: a challenge in another dress, unless the server itself calls it JSON.
  return is_json_type(answer.content_type) ? AnswerClass::kDrifted : AnswerClass::kBlocked;
}

AnswerClass judge_content(AnswerKind kind, const WebAnswer& answer) {
  switch (kind) {
    case AnswerKind::kJson:
      return judge_json(answer);
    case AnswerKind::kFeed:
    case AnswerKind::kSitemap:
      return is_page_for_people(beginning(answer.body)) ? AnswerClass::kBlocked : AnswerClass::kOk;
    case AnswerKind::kHtml:
    case AnswerKind::kJsonLd:
      return AnswerClass::kOk;
  }
  return AnswerClass::kOk;
}

AnswerClass judge_status(int status) {
  if (status >= 200 && status < 300) return AnswerClass::kOk;
  switch (status) {
    case 404:
    case 410:
      return AnswerClass::kMissing;
    case 401:
    case 403:
    case 451:
      return AnswerClass::kBlocked;
    case 408:
    case 425:
    case 429:
      return AnswerClass::kUnavailable;
    default:
      return status >= 500 ? AnswerClass::kUnavailable : AnswerClass::kDrifted;
  }
}

std::string shown(const WebAnswer& answer) {
  return "status " + std::to_string(answer.status) + ", " + std::string(answer.content_type) + ": " +
         excerpt_of(answer.body);
}

}  // namespace

std::string_view to_string(AnswerClass answer) {
  switch (answer) {
    case AnswerClass::kOk:
      return "ok";
    case AnswerClass::kMissing:
      return "missing";
    case AnswerClass::kBlocked:
      return "blocked";
    case AnswerClass::kUnavailable:
      return "unavailable";
    case AnswerClass::kDrifted:
      return "drifted";
  }
  return "drifted";
}

Judgement judge_answer(AnswerKind kind, const WebAnswer& answer) {
  Judgement judgement;
  judgement.answer = judge_status(answer.status);
  if (judgement.answer == AnswerClass::kOk) judgement.answer = judge_content(kind, answer);
  if (judgement.answer == AnswerClass::kOk) return judgement;
  const bool is_page = judgement.answer == AnswerClass::kBlocked && answer.status < 300;
  judgement.what = (is_page ? "a page for people instead of data: " : "") + shown(answer);
  return judgement;
}

bool looks_like_challenge(std::string_view body) {
  constexpr std::size_t kReadAtMost = 64 * 1024;
  constexpr auto kMarks = std::to_array<std::string_view>(
      {"qrator", "ddos-guard", "cf-challenge", "challenge-platform", "cf_chl_", "just a moment...",
       "g-recaptcha", "h-captcha", "smartcaptcha", "showcaptcha", "captcha-delivery", "incapsula",
       "checking your browser"});
  const auto text = to_lower_ascii(body.substr(0, kReadAtMost));
  return std::any_of(kMarks.begin(), kMarks.end(),
                     [&text](std::string_view mark) { return text.find(mark) != std::string::npos; });
}

}  // namespace filmoteka::scraper
