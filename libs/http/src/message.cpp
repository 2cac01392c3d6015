#include "header_text.hpp"

#include <filmoteka/base/strings.hpp>
#include <filmoteka/http/message.hpp>

#include <algorithm>

namespace filmoteka::http {
namespace {

bool written_by_the_server(std::string_view name) {
  constexpr std::string_view kNames[] = {"Content-Length",    "Date",         "Connection",
                                         "Transfer-Encoding", "X-Request-Id", "Keep-Alive"};
  return std::any_of(std::begin(kNames), std::end(kNames),
                     [name](std::string_view known) { return equals_ignore_case_ascii(name, known); });
}

}  // namespace

std::string_view to_string(Method method) {
  switch (method) {
    case Method::kGet:
      return "GET";
    case Method::kHead:
      return "HEAD";
    case Method::kPost:
      return "POST";
    case Method::kPut:
      return "PUT";
    case Method::kPatch:
      return "PATCH";
    case Method::kDelete:
      return "DELETE";
    case Method::kOptions:
      return "OPTIONS";
    case Method::kOther:
      break;
  }
  return "OTHER";
}

std::optional<std::string_view> Request::header(std::string_view name) const {
  for (const HeaderView& header : headers) {
    if (equals_ignore_case_ascii(header.name, name)) return header.value;
  }
  return std::nullopt;
}

const std::string* Response::header(std::string_view name) const {
  for (const auto& [known, value] : headers) {
    if (equals_ignore_case_ascii(known, name)) return &value;
  }
  return nullptr;
}

void Response::set_header(std::string name, std::string value) {
  std::erase_if(headers, [&](const auto& header) { return equals_ignore_case_ascii(header.first, name); });
  headers.emplace_back(std::move(name), std::move(value));
}

Response json_response(int status, std::string body) {
  Response response;
  response.status = status;
  response.headers = {{"Content-Type", "application/json; charset=utf-8"}};
  response.body = std::move(body);
  return response;
}

Response text_response(int status, std::string body, std::string content_type) {
  Response response;
  response.status = status;
  response.headers.emplace_back("Content-Type", std::move(content_type));
  response.body = std::move(body);
  return response;
}

std::shared_ptr<const ReadyResponse> make_ready(int status, const Headers& headers, std::string body) {
  auto ready = std::make_shared<ReadyResponse>();
  ready->status = status;
  append_status_line(ready->head, status);
  for (const auto& [name, value] : headers) {
    if (!written_by_the_server(name)) append_header(ready->head, name, value);
  }
  append_security_headers(ready->head, headers);
  if (has_body(status)) append_header(ready->head, "Content-Length", std::to_string(body.size()));
  ready->body = std::move(body);
  return ready;
}

std::shared_ptr<const ReadyResponse> make_forwarded(int status, const Headers& headers,
                                                    std::optional<std::string> body) {
  auto forwarded = std::make_shared<ReadyResponse>();
  forwarded->status = status;
  forwarded->forwarded = true;
  append_status_line(forwarded->head, status);
  for (const auto& [name, value] : headers) {
    append_header(forwarded->head, name, value);
    forwarded->dated = forwarded->dated || equals_ignore_case_ascii(name, "Date");
  }
  if (body && has_body(status))
    append_header(forwarded->head, "Content-Length", std::to_string(body->size()));
  forwarded->body = std::move(body).value_or("");
  return forwarded;
}

}  // namespace filmoteka::http
