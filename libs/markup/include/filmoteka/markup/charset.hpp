/// Bytes of a page → UTF-8, whatever it was written in.
#pragma once

#include <filmoteka/base/result.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace filmoteka::markup {

struct Utf8Text {
  std::string text;
  std::string charset;         ///< what it was taken for, by its name in the Encoding standard
  std::uint64_t replaced = 0;  ///< sequences that mean nothing in it and became U+FFFD
};

/// In this order: a byte order mark; `override_label` (empty: none); the charset of `content_type`; what the
/// first 1,024 bytes declare (<meta>, <?xml ?>; as https://html.spec.whatwg.org/#prescan-a-byte-stream); what
/// the bytes look like: UTF-8 if they are, else the Cyrillic charset whose letters fall into words best, else
/// windows-1252. Labels are those of https://encoding.spec.whatwg.org/ (latin1 is windows-1252).
/// kInvalidArgument: an `override_label` that nobody knows; unknown labels elsewhere are passed over.
Result<Utf8Text> to_utf8(std::string_view bytes, std::string_view content_type,
                         std::string_view override_label);

/// The charset of a label; empty if it is not known.
std::string_view charset_of_label(std::string_view label);

}  // namespace filmoteka::markup
