/// The requests of a definition, filled with values. Pure.
#pragma once

#include <filmoteka/base/result.hpp>

#include <scraper/core/source/record.hpp>
#include <scraper/core/source/web_source.hpp>

#include <string>
#include <utility>
#include <vector>

namespace filmoteka::scraper {

struct WebRequest {
  AnswerKind kind = AnswerKind::kJson;
  std::string method = "GET";
  std::string url;  ///< absolute
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  std::string content_type;  ///< of the body
};

/// What the template makes of `values`. A query parameter whose value is absent is left out.
/// kInvalidArgument: the URL or the body names a value that is not there, or the URL leads elsewhere than the
/// source may be asked.
Result<WebRequest> fill_request(const WebSource& source, const RequestTemplate& request, AnswerKind kind,
                                const Record& values);

/// The same request at another URL, which was found in an answer.
WebRequest request_at(const RequestTemplate& request, AnswerKind kind, std::string url);

}  // namespace filmoteka::scraper
