#include <filmoteka/base/strings.hpp>

#include <scraper/core/rutube/answer.hpp>

namespace filmoteka::scraper::rutube {
namespace {

std::string_view without_mark(std::string_view body) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  if (body.starts_with(kMark)) body.remove_prefix(kMark.size());
  return trim(body);
}

bool is_json_type(std::string_view content_type) {
  const std::string type = to_lower_ascii(trim(content_type.substr(0, content_type.find(';'))));
  return type.empty() || type.ends_with("json") || type == "text/plain" || type == "application/octet-stream";
}

AnswerClass classify_success(const Answer& answer) {
  const std::string_view body = without_mark(answer.body);
  if (body.starts_with('<')) return AnswerClass::kBlocked;
  if (body.starts_with('{') || body.starts_with('[')) return AnswerClass::kOk;
  // Neither a page nor JSON: a challenge in another dress, unless the server itself calls it JSON.
  return is_json_type(answer.content_type) ? AnswerClass::kDrifted : AnswerClass::kBlocked;
}

}  // namespace

std::string_view to_string(AnswerClass answer) {
  switch (answer) {
    case AnswerClass::kOk:
      return "ok";
    case AnswerClass::kNotFound:
      return "not_found";
    case AnswerClass::kBlocked:
      return "blocked";
    case AnswerClass::kRetryLater:
      return "retry_later";
    case AnswerClass::kDrifted:
      return "drifted";
  }
  return "drifted";
}

AnswerClass classify(const Answer& answer) {
  switch (answer.status) {
    case 200:
      return classify_success(answer);
    case 404:
    case 410:
      return AnswerClass::kNotFound;
    case 401:
    case 403:
    case 451:
      return AnswerClass::kBlocked;
    case 408:
    case 425:
    case 429:
      return AnswerClass::kRetryLater;
    default:
      return answer.status >= 500 ? AnswerClass::kRetryLater : AnswerClass::kDrifted;
  }
}

}  // namespace filmoteka::scraper::rutube
