#include "authentication.hpp"

#include <filmoteka/base/strings.hpp>

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <algorithm>

namespace filmoteka::http {
namespace {

/// What follows the name of a scheme and a space; nullopt: another scheme.
std::optional<std::string_view> credentials(std::string_view header, std::string_view scheme) {
  if (header.size() <= scheme.size() || header[scheme.size()] != ' ') return std::nullopt;
  if (!equals_ignore_case_ascii(header.substr(0, scheme.size()), scheme)) return std::nullopt;
  return trim(header.substr(scheme.size() + 1));
}

/// The password of "user:password" in base64; empty: it is none.
std::string password_in(std::string_view base64) {
  constexpr std::size_t kLongest = 1'024;
  if (base64.empty() || base64.size() > kLongest || base64.size() % 4 != 0) return {};
  std::string text(base64.size() / 4 * 3, '\0');
  const int size =
      EVP_DecodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                      reinterpret_cast<const unsigned char*>(base64.data()), static_cast<int>(base64.size()));
  if (size < 0) return {};
  const auto padding = static_cast<std::size_t>(std::ranges::count(base64.substr(base64.size() - 2), '='));
  text.resize(static_cast<std::size_t>(size) - padding);
  const std::size_t colon = text.find(':');
  return colon == std::string::npos ? std::string{} : text.substr(colon + 1);
}

bool is_one_of(std::string_view token, std::span<const std::string> tokens) {
  bool found = false;
  for (const std::string& known : tokens) {
    const bool same =
        known.size() == token.size() && CRYPTO_memcmp(known.data(), token.data(), token.size()) == 0;
    found = found || same;
  }
  return found;
}

bool knows_a_token(const Request& request, std::span<const std::string> tokens) {
  const auto header = request.header("Authorization");
  if (!header) return false;
  if (const auto bearer = credentials(*header, "Bearer")) return is_one_of(*bearer, tokens);
  if (const auto basic = credentials(*header, "Basic")) return is_one_of(password_in(*basic), tokens);
  return false;
}

}  // namespace

std::optional<Response> refuse_stranger(const Request& request, std::span<const std::string> tokens) {
  if (tokens.empty() || knows_a_token(request, tokens)) return std::nullopt;
  const Error error{ErrorCode::kUnauthenticated,
                    "This service answers those who know its token: send it as Authorization: Bearer TOKEN "
                    "(the setting internal_token of both sides).",
                    {},
                    {}};
  Response response = problem_response(error, request.request_id);
  response.headers.emplace_back("WWW-Authenticate", R"(Bearer realm="filmoteka")");
  response.headers.emplace_back("WWW-Authenticate", R"(Basic realm="filmoteka", charset="UTF-8")");
  return response;
}

}  // namespace filmoteka::http
