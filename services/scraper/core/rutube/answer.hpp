/// What an answer of the Rutube API is, before its content is looked at.
#pragma once

#include <string>
#include <string_view>

namespace filmoteka::scraper::rutube {

/// An HTTP answer, as far as it matters here. Borrowed.
struct Answer {
  int status = 0;
  std::string_view content_type;
  std::string_view body;
};

enum class AnswerClass {
  kOk,          ///< JSON, as promised
  kNotFound,    ///< 404, 410: gone or never there
  kBlocked,     ///< 401, 403, 451, or a page for people where JSON was promised (QRATOR's challenge): not
                ///< "empty"
  kRetryLater,  ///< 429, 408, 5xx
  kDrifted,     ///< JSON is not what it was, or a status nobody expects: the API has changed
};
std::string_view to_string(AnswerClass answer);

/// By status, content type and the beginning of the body.
AnswerClass classify(const Answer& answer);

}  // namespace filmoteka::scraper::rutube
