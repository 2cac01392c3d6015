#include <filmoteka/base/strings.hpp>

#include <gateway/core/answer/contents.hpp>
#include <gateway/core/answer/headers.hpp>
#include <gateway/core/http_caching/validators.hpp>

#include <initializer_list>
#include <utility>

namespace filmoteka::gateway {

namespace {

constexpr const char* kPolicy = "Content-Security-Policy";

/// With those of the fields that are named; compressed on demand if it has a tag.
Content content_with(int status, http::Headers headers, const Fields& view,
                     std::initializer_list<const char*> names, std::optional<std::string> body) {
  for (const char* name : names) {
    if (const auto value = view.first(name)) headers.emplace_back(name, *value);
  }
  const auto tag = parse_entity_tag(view.first("ETag").value_or(""));
  if (status != 200 || !tag) return {http::make_ready(status, headers, std::move(body).value_or(""))};
  auto variants = std::make_shared<Variants>(std::move(headers), tag->opaque, std::move(body).value_or(""));
  auto whole = variants->get(http::Encoding::kIdentity);
  return {std::move(whole), std::move(variants)};
}

}  // namespace

Content api_content(int status, const http::Headers& fields, std::optional<std::string> body) {
  return content_with(status, api_headers(), fields, {"Content-Type", "Cache-Control", "Link"},
                      std::move(body));
}

Content page_content(int status, const http::Headers& fields, std::optional<std::string> body) {
  return content_with(status, {}, fields, {"Content-Type", "Cache-Control", kPolicy, "Permissions-Policy"},
                      std::move(body));
}

bool is_page(const http::Headers& fields) {
  return Fields(fields).has(kPolicy);
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
