/// The names of HTTP statuses (RFC 9110, 15).
#pragma once

#include <string_view>

namespace filmoteka::http {

/// The reason phrase, "Unknown" for a status that we never send.
std::string_view reason_phrase(int status);

}  // namespace filmoteka::http
