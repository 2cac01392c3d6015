/// A second reading of RFC 9112, written without a look at the server's: slow, plain, and as strict as the
/// RFC lets a server be. What this refuses, the server must refuse too.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace filmoteka::fuzz {

struct ReferenceHead {
  std::string method;
  std::string target;
  std::vector<std::pair<std::string, std::string>> fields;
  bool chunked = false;
  std::string length;  ///< the digits of Content-Length; empty: there is none
};

/// `head`: from the request line to the first empty line, both included. Nullopt: must be refused.
std::optional<ReferenceHead> read_head(std::string_view head);

struct ReferenceBody {
  std::string content;
  std::size_t bytes = 0;  ///< with all of its framing
};

/// The chunked body at the start of `input`. Nullopt: malformed, or not complete.
std::optional<ReferenceBody> read_chunks(std::string_view input);

/// %-sequences decoded; nullopt if one is broken.
std::optional<std::string> decode_percent(std::string_view text);

}  // namespace filmoteka::fuzz
