#include <filmoteka/base/utf8.hpp>
#include <filmoteka/domain/text.hpp>

#include <unicode/coll.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <utility>

namespace filmoteka::domain {
namespace {

void require(UErrorCode status, const char* what) {
  if (U_FAILURE(status)) throw std::runtime_error(std::string(what) + ": " + u_errorName(status));
}

using Instance = const icu::Normalizer2* (*)(UErrorCode&);

const icu::Normalizer2& normalizer(Instance get, const char* name) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* found = get(status);
  require(status, name);
  return *found;
}

const icu::Normalizer2& nfc() {
  static const icu::Normalizer2& instance = normalizer(&icu::Normalizer2::getNFCInstance, "ICU data for NFC");
  return instance;
}

const icu::Normalizer2& nfd() {
  static const icu::Normalizer2& instance = normalizer(&icu::Normalizer2::getNFDInstance, "ICU data for NFD");
  return instance;
}

const icu::Normalizer2& nfkc_casefold() {
  static const icu::Normalizer2& instance =
      normalizer(&icu::Normalizer2::getNFKCCasefoldInstance, "ICU data for NFKC_Casefold");
  return instance;
}

icu::UnicodeString to_utf16(std::string_view text) {
  return icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
}

/// True if every character is below U+0300, in U+0400–U+047F or one of the dashes, quotes and dots of
/// U+2010–U+203A: such text is NFC whatever it says.
bool is_plainly_nfc(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0xCC || byte == 0xD0 || byte == 0xD1) continue;
    if (i + 2 >= text.size() || byte != 0xE2 || text[i + 1] != '\x80') return false;
    const auto third = static_cast<unsigned char>(text[i + 2]);
    if (third < 0x90 || third > 0xBA) return false;
    i += 2;
  }
  return true;
}

/// Builds the folded form: separators are remembered and written once, between words only.
class FoldedText {
 public:
  explicit FoldedText(std::size_t expected) { text_.reserve(expected); }

  void separate() { separated_ = true; }
  void add(char c) {
    begin_word();
    text_ += c;
  }
  void add(UChar32 c) {
    begin_word();
    append(c);
  }
  /// A mark belongs to the letter before it and is no word of its own.
  void add_mark(UChar32 c) {
    if (!separated_ && !text_.empty()) append(c);
  }
  std::string take() { return std::move(text_); }

 private:
  void begin_word() {
    if (separated_ && !text_.empty()) text_ += ' ';
    separated_ = false;
  }
  void append(UChar32 c) { append_utf8(text_, static_cast<char32_t>(c)); }

  std::string text_;
  bool separated_ = false;
};

constexpr UChar32 kIo = 0x451;
constexpr UChar32 kIe = 0x435;

/// The lower-case letter of a Cyrillic one of the Russian and Ukrainian alphabets; 0 for any other.
constexpr UChar32 fold_cyrillic(UChar32 c) {
  if (c == 0x401 || c == kIo) return kIe;
  if (c >= 0x410 && c <= 0x42F) return c + 0x20;
  if (c >= 0x430 && c <= 0x44F) return c;
  if (c == 0x404 || c == 0x406 || c == 0x407) return c + 0x50;
  if (c == 0x454 || c == 0x456 || c == 0x457) return c;
  return 0;
}

/// Non-breaking space, « and », dashes, curly quotes, ellipsis: what titles really contain.
bool is_common_separator(UChar32 c) {
  return c == 0xA0 || c == 0xAB || c == 0xBB || (c >= 0x2010 && c <= 0x201F) || c == 0x2026;
}

/// A plain character, as it is folded: a letter or digit of one or two bytes, a separator, or none of these.
struct PlainCharacter {
  enum class Kind : std::uint8_t { kOther, kSeparator, kWord };
  Kind kind = Kind::kOther;
  char first = 0;
  char second = 0;  ///< 0: one byte
};

constexpr PlainCharacter fold_ascii(unsigned char c) {
  using enum PlainCharacter::Kind;
  if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) return {kWord, static_cast<char>(c), 0};
  if (c >= 'A' && c <= 'Z') return {kWord, static_cast<char>(c - 'A' + 'a'), 0};
  return {kSeparator, 0, 0};
}

constexpr auto kAscii = [] {
  std::array<PlainCharacter, 0x80> table{};
  for (std::size_t c = 0; c < table.size(); ++c) table[c] = fold_ascii(static_cast<unsigned char>(c));
  return table;
}();

/// U+0400–U+047F, by their number from there: what D0 and D1 begin.
constexpr auto kCyrillic = [] {
  std::array<PlainCharacter, 0x80> table{};
  for (std::size_t i = 0; i < table.size(); ++i) {
    const UChar32 letter = fold_cyrillic(static_cast<UChar32>(0x400 + i));
    if (letter == 0) continue;
    table[i] = {PlainCharacter::Kind::kWord, static_cast<char>(0xC0 | (letter >> 6)),
                static_cast<char>(0x80 | (letter & 0x3F))};
  }
  return table;
}();

/// Takes the character at the front; ill-formed UTF-8 is kOther.
PlainCharacter take_plain(std::string_view& text) {
  const auto first = static_cast<unsigned char>(text.front());
  if (first < 0x80) {
    text.remove_prefix(1);
    return kAscii[first];
  }
  if ((first == 0xD0 || first == 0xD1) && text.size() > 1 && (text[1] & 0xC0) == 0x80) {
    const auto second = static_cast<unsigned char>(text[1]);
    text.remove_prefix(2);
    return kCyrillic[(first & 1U) << 6 | (second & 0x3FU)];
  }
  const auto c = static_cast<UChar32>(take_code_point(text));
  return {is_common_separator(c) ? PlainCharacter::Kind::kSeparator : PlainCharacter::Kind::kOther, 0, 0};
}

/// Nine titles of ten are ASCII and Russian letters: they need no ICU. nullopt if anything else is met.
std::optional<std::string> fold_plain(std::string_view text) {
  using Kind = PlainCharacter::Kind;
  // Nothing grows: a separator gives way to a space.
  std::string folded(text.size(), '\0');
  char* end = folded.data();
  bool is_separated = false;
  while (!text.empty()) {
    const PlainCharacter c = take_plain(text);
    if (c.kind == Kind::kOther) return std::nullopt;
    if (c.kind == Kind::kSeparator) {
      is_separated = end != folded.data();
      continue;
    }
    if (is_separated) *end++ = ' ';
    is_separated = false;
    *end++ = c.first;
    if (c.second != 0) *end++ = c.second;
  }
  folded.resize(static_cast<std::size_t>(end - folded.data()));
  return folded;
}

/// Letters whose stroke or ligature Unicode does not decompose.
UChar32 without_stroke(UChar32 c) {
  switch (c) {
    case 0xF8:
      return 'o';
    case 0x111:
      return 'd';
    case 0x127:
      return 'h';
    case 0x131:
      return 'i';
    case 0x142:
      return 'l';
    default:
      return c;
  }
}

/// The base letter of an accented Latin or Greek one.
UChar32 without_accents(UChar32 c) {
  UErrorCode status = U_ZERO_ERROR;
  const UScriptCode script = uscript_getScript(c, &status);
  if (script != USCRIPT_LATIN && script != USCRIPT_GREEK) return c;
  icu::UnicodeString parts;
  return without_stroke(nfd().getDecomposition(c, parts) ? parts.char32At(0) : c);
}

void fold_character(UChar32 c, FoldedText& out) {
  if (u_isalnum(c)) {
    out.add(c == kIo ? kIe : c < 0x80 ? c : without_accents(c));
    return;
  }
  // What is left of the combining diacritics after composition is stress and decoration.
  if (c >= 0x300 && c <= 0x36F) return;
  const auto type = u_charType(c);
  if (type == U_NON_SPACING_MARK || type == U_COMBINING_SPACING_MARK) {
    out.add_mark(c);
  } else {
    out.separate();
  }
}

std::unique_ptr<icu::Collator> make_collator() {
  UErrorCode status = U_ZERO_ERROR;
  std::unique_ptr<icu::Collator> collator(icu::Collator::createInstance(icu::Locale::getRoot(), status));
  require(status, "ICU data for the root collation");
  collator->setAttribute(UCOL_NUMERIC_COLLATION, UCOL_ON, status);
  collator->setAttribute(UCOL_ALTERNATE_HANDLING, UCOL_SHIFTED, status);
  require(status, "ICU collation options");
  return collator;
}

}  // namespace

std::string to_nfc(std::string_view text) {
  std::string result(text);
  if (is_plainly_nfc(text) || !is_valid_utf8(text)) return result;
  UErrorCode status = U_ZERO_ERROR;
  if (nfc().isNormalizedUTF8(text, status)) return result;
  result.clear();
  icu::StringByteSink<std::string> sink(&result);
  nfc().normalizeUTF8(0, text, sink, nullptr, status);
  require(status, "NFC");
  return result;
}

std::string fold(std::string_view text) {
  if (auto plain = fold_plain(text)) return std::move(*plain);
  UErrorCode status = U_ZERO_ERROR;
  const icu::UnicodeString normal = nfkc_casefold().normalize(to_utf16(text), status);
  require(status, "NFKC_Casefold");
  FoldedText folded(text.size());
  for (std::int32_t i = 0; i < normal.length(); i = normal.moveIndex32(i, 1)) {
    fold_character(normal.char32At(i), folded);
  }
  return folded.take();
}

std::vector<std::string_view> words_in(std::string_view text) {
  std::vector<std::string_view> words;
  const char* begin = nullptr;
  while (!text.empty()) {
    const char* const at = text.data();
    const auto c = static_cast<UChar32>(take_code_point(text));
    const auto type = u_charType(c);
    const bool is_mark = type == U_NON_SPACING_MARK || type == U_COMBINING_SPACING_MARK;
    // Fractions and the like are numbers to fold().
    const bool is_letter = u_isalnum(c) || type == U_OTHER_NUMBER;
    if (is_letter && begin == nullptr) begin = at;
    if (begin == nullptr || is_letter || is_mark) continue;
    words.emplace_back(begin, static_cast<std::size_t>(at - begin));
    begin = nullptr;
  }
  if (begin != nullptr) words.emplace_back(begin, static_cast<std::size_t>(text.data() - begin));
  return words;
}

std::string collation_key(std::string_view text) {
  thread_local const std::unique_ptr<icu::Collator> collator = make_collator();
  const icu::UnicodeString utf16 = to_utf16(text);
  std::string key(static_cast<std::size_t>(utf16.length()) * 4 + 16, '\0');
  for (;;) {
    const auto capacity = static_cast<std::int32_t>(key.size());
    const auto needed = collator->getSortKey(utf16, reinterpret_cast<std::uint8_t*>(key.data()), capacity);
    const bool fits = needed <= capacity;
    key.resize(static_cast<std::size_t>(needed));
    if (!fits) continue;
    if (!key.empty()) key.pop_back();
    return key;
  }
}

}  // namespace filmoteka::domain
