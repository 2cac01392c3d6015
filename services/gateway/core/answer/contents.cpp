#include <filmoteka/base/strings.hpp>

#include <gateway/core/answer/contents.hpp>
#include <gateway/core/answer/headers.hpp>
#include <gateway/core/http_caching/validators.hpp>

#include <utility>

namespace filmoteka::gateway {

Content api_content(int status, const http::Headers& fields, std::optional<std::string> body) {
  const Fields view(fields);
  http::Headers headers = api_headers();
  for (const char* name : {"Content-Type", "Cache-Control", "Link"}) {
    if (const auto value = view.first(name)) headers.emplace_back(name, *value);
  }
  const auto tag = parse_entity_tag(view.first("ETag").value_or(""));
  if (status != 200 || !tag) return {http::make_ready(status, headers, std::move(body).value_or(""))};
  auto variants = std::make_shared<Variants>(std::move(headers), tag->opaque, std::move(body).value_or(""));
  auto whole = variants->get(http::Encoding::kIdentity);
  return {std::move(whole), std::move(variants)};
}

Content forwarded_content(int status, const http::Headers& fields, std::optional<std::string> body) {
  http::Headers headers;
  for (const auto& line : fields) {
    const bool is_ours =
        equals_ignore_case_ascii(line.first, "Age") || equals_ignore_case_ascii(line.first, "X-Request-Id");
    if (!is_ours) headers.push_back(line);
  }
  headers.emplace_back("Via", kVia);
  return {http::make_forwarded(status, headers, std::move(body))};
}

}  // namespace filmoteka::gateway
