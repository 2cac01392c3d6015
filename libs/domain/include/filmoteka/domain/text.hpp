/// Unicode text as films need it: normal form, folding for comparison and collation keys. ICU stays behind
/// this.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::domain {

/// NFC. Ill-formed input comes back as it is.
std::string to_nfc(std::string_view text);

/// The form in which titles, genres and queries are compared: NFKC, lower case, ё→е, accents off Latin and
/// Greek letters (й stays й), every run of characters that are neither letters nor digits made one space,
/// trimmed. The same function for what is stored and what is asked.
std::string fold(std::string_view text);

/// The words of a text as they stand in it: longest runs of letters, digits and the marks on them. fold()
/// makes one or more words of each.
std::vector<std::string_view> words_in(std::string_view text);

/// A byte string that orders titles as people expect when compared bytewise (ICU root collation, numbers by
/// value: "Rocky 2" before "Rocky 10"; leading punctuation ignored).
std::string collation_key(std::string_view text);

}  // namespace filmoteka::domain
