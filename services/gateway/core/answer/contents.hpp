/// Answers of the origin as bytes that lie ready.
#pragma once

#include <gateway/core/cache/stored_answer.hpp>

#include <optional>
#include <string>

namespace filmoteka::gateway {

/// An answer of the API, from the fields of public_answer(), with the API's headers; compressed on demand.
Content api_content(int status, const http::Headers& fields, std::optional<std::string> body);

/// The same for pages that the gateway has made (PageOrigin), which bring headers of their own.
Content page_content(int status, const http::Headers& fields, std::optional<std::string> body);
/// Whether an answer is such a page. Nothing that comes from metadata is one.
bool is_page(const http::Headers& fields);

/// Another server's answer as it came, and Via; without Age, which is added to each copy, and without its own
/// X-Request-Id.
Content forwarded_content(int status, const http::Headers& fields, std::optional<std::string> body);

/// "1.1 filmoteka": what Via says of us (RFC 9110, 7.6.3).
inline constexpr const char* kVia = "1.1 filmoteka";

}  // namespace filmoteka::gateway
