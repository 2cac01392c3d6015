/// Before the route: who does not know the token of a service learns nothing of it, not even which addresses
/// there are.
#pragma once

#include <filmoteka/http/message.hpp>

#include <optional>
#include <span>
#include <string>

namespace filmoteka::http {

/// 401 for a request that carries none of the tokens: as a bearer token (RFC 6750, 2.1), or as the password
/// of whatever user (RFC 7617), so that a browser can ask a person for it. Nullopt: it may pass, as everybody
/// may where there are no tokens. Compares in constant time.
std::optional<Response> refuse_stranger(const Request& request, std::span<const std::string> tokens);

}  // namespace filmoteka::http
