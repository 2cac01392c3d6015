/// What an answer is, before its items are looked at.
#pragma once

#include <scraper/core/extract/web_answer.hpp>
#include <scraper/core/source/web_source.hpp>

#include <string>
#include <string_view>

namespace filmoteka::scraper {

enum class AnswerClass {
  kOk,           ///< of the kind that was asked for
  kMissing,      ///< 404, 410: gone or never there
  kBlocked,      ///< 401, 403, 451, or a page for people where data was asked for: never "empty"
  kUnavailable,  ///< 408, 425, 429, 5xx: later perhaps
  kDrifted,      ///< not what the definition says: the source has changed
};
std::string_view to_string(AnswerClass answer);

/// By status and the beginning of the body: JSON, XML, a page. `what` says what was wrong where it is not
/// kOk.
struct Judgement {
  AnswerClass answer = AnswerClass::kOk;
  std::string what;
};
Judgement judge_answer(AnswerKind kind, const WebAnswer& answer);

/// Whether a page without any items is one by which robots are turned away (a captcha, a check of the
/// browser). Only for such pages: others may speak of captchas.
bool looks_like_challenge(std::string_view body);

}  // namespace filmoteka::scraper
