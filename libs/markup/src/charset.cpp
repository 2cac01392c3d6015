#include "charset_detection.hpp"

#include <filmoteka/base/strings.hpp>
#include <filmoteka/base/utf8.hpp>
#include <filmoteka/markup/charset.hpp>

#include <iconv.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

namespace filmoteka::markup {

namespace {

constexpr std::string_view kUtf8 = "utf-8";

/// Labels as pages write them; those that are a charset's own name are in kCharsets.
constexpr std::array<std::pair<std::string_view, std::string_view>, 33> kLabels = {
    {{"utf8", kUtf8},
     {"unicode-1-1-utf-8", kUtf8},
     {"cp1251", "windows-1251"},
     {"x-cp1251", "windows-1251"},
     {"win-1251", "windows-1251"},
     {"koi8", "koi8-r"},
     {"koi", "koi8-r"},
     {"koi8_r", "koi8-r"},
     {"cskoi8r", "koi8-r"},
     {"koi8-ru", "koi8-u"},
     {"cp866", "ibm866"},
     {"866", "ibm866"},
     {"csibm866", "ibm866"},
     {"iso88595", "iso-8859-5"},
     {"iso8859-5", "iso-8859-5"},
     {"cyrillic", "iso-8859-5"},
     {"ascii", "windows-1252"},
     {"us-ascii", "windows-1252"},
     {"latin1", "windows-1252"},
     {"iso-8859-1", "windows-1252"},
     {"iso8859-1", "windows-1252"},
     {"iso88591", "windows-1252"},
     {"l1", "windows-1252"},
     {"cp1252", "windows-1252"},
     {"x-cp1252", "windows-1252"},
     {"latin2", "iso-8859-2"},
     {"cp1250", "windows-1250"},
     {"utf-16", "utf-16le"},
     {"shift-jis", "shift_jis"},
     {"sjis", "shift_jis"},
     {"gb2312", "gbk"},
     {"big5-hkscs", "big5"},
     {"x-mac-cyrillic", "macintosh-cyrillic"}}};

/// And how iconv calls them.
constexpr std::array<std::pair<std::string_view, const char*>, 22> kCharsets = {
    {{kUtf8, "UTF-8"},
     {"windows-1251", "CP1251"},
     {"koi8-r", "KOI8-R"},
     {"koi8-u", "KOI8-U"},
     {"ibm866", "CP866"},
     {"iso-8859-5", "ISO-8859-5"},
     {"windows-1252", "CP1252"},
     {"windows-1250", "CP1250"},
     {"windows-1253", "CP1253"},
     {"windows-1254", "CP1254"},
     {"windows-1257", "CP1257"},
     {"iso-8859-2", "ISO-8859-2"},
     {"iso-8859-15", "ISO-8859-15"},
     {"utf-16le", "UTF-16LE"},
     {"utf-16be", "UTF-16BE"},
     {"shift_jis", "CP932"},
     {"euc-jp", "EUC-JP"},
     {"gbk", "GB18030"},
     {"gb18030", "GB18030"},
     {"big5", "BIG5-HKSCS"},
     {"euc-kr", "CP949"},
     {"macintosh-cyrillic", "MAC-CYRILLIC"}}};

struct Mark {
  std::string_view bytes;
  std::string_view charset;
};
constexpr std::array<Mark, 3> kMarks = {
    {{"\xEF\xBB\xBF", kUtf8}, {"\xFF\xFE", "utf-16le"}, {"\xFE\xFF", "utf-16be"}}};

/// The value after `charset` = or `encoding` = in a declaration.
std::string_view value_after(std::string_view text, std::string_view key) {
  const auto place = text.find(key);
  if (place == std::string_view::npos) return {};
  text = trim(text.substr(place + key.size()));
  if (!text.starts_with('=')) return {};
  text = trim(text.substr(1));
  if (text.starts_with('"') || text.starts_with('\'')) {
    const char quote = text.front();
    text.remove_prefix(1);
    return text.substr(0, text.find(quote));
  }
  return text.substr(0, text.find_first_of(" \t\r\n;\"'>"));
}

/// What the document says of itself. UTF-16 cannot be read this far, so it is not meant.
std::string_view declared(std::string_view bytes) {
  const std::string beginning = to_lower_ascii(bytes.substr(0, 1'024));
  const std::string_view text = beginning;
  std::string_view found;
  if (text.starts_with("<?xml"))
    found = charset_of_label(value_after(text.substr(0, text.find("?>")), "encoding"));
  for (auto meta = text.find("<meta"); meta != std::string_view::npos && found.empty();
       meta = text.find("<meta", meta + 1)) {
    const auto tag = text.substr(meta, text.find('>', meta) - meta);
    found = charset_of_label(value_after(tag, "charset"));
  }
  return found.starts_with("utf-16") ? kUtf8 : found;
}

const char* iconv_name(std::string_view charset) {
  const auto* found = std::find_if(kCharsets.begin(), kCharsets.end(),
                                   [charset](const auto& entry) { return entry.first == charset; });
  return found == kCharsets.end() ? nullptr : found->second;
}

class Converter {
 public:
  explicit Converter(const char* from) : handle_(iconv_open("UTF-8", from)) {}
  ~Converter() {
    if (is_open()) iconv_close(handle_);
  }
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;
  bool is_open() const { return handle_ != reinterpret_cast<iconv_t>(-1); }

  void convert(std::string_view bytes, Utf8Text& out) {
    std::array<char, 16 * 1024> buffer;
    auto* in = const_cast<char*>(bytes.data());  // iconv's interface; it does not write there
    auto left = bytes.size();
    while (left > 0) {
      auto* place = buffer.data();
      auto room = buffer.size();
      const auto outcome = iconv(handle_, &in, &left, &place, &room);
      out.text.append(buffer.data(), buffer.size() - room);
      if (outcome != static_cast<std::size_t>(-1) || errno == E2BIG) continue;
      out.text += "\xEF\xBF\xBD";
      ++out.replaced;
      ++in;
      --left;
    }
  }

 private:
  iconv_t handle_;
};

Utf8Text from_utf8(std::string_view bytes) {
  Utf8Text out;
  out.charset = kUtf8;
  if (is_valid_utf8(bytes)) {
    out.text = bytes;
    return out;
  }
  out.text.reserve(bytes.size());
  while (!bytes.empty()) {
    const auto before = bytes;
    const auto point = take_code_point(bytes);
    const auto taken = before.substr(0, before.size() - bytes.size());
    if (point == 0xFFFD && taken != "\xEF\xBF\xBD") ++out.replaced;
    append_utf8(out.text, point);
  }
  return out;
}

Utf8Text from(std::string_view charset, std::string_view bytes) {
  if (charset == kUtf8) return from_utf8(bytes);
  Utf8Text out;
  out.charset = charset;
  Converter converter(iconv_name(charset));
  if (!converter.is_open()) return from_utf8(bytes);
  out.text.reserve(bytes.size() * 2);
  converter.convert(bytes, out);
  return out;
}

}  // namespace

std::string_view charset_of_label(std::string_view label) {
  const std::string name = to_lower_ascii(trim(label));
  const auto* alias = std::find_if(kLabels.begin(), kLabels.end(),
                                   [&name](const auto& entry) { return entry.first == name; });
  const std::string_view wanted = alias == kLabels.end() ? std::string_view(name) : alias->second;
  const auto* found = std::find_if(kCharsets.begin(), kCharsets.end(),
                                   [wanted](const auto& entry) { return entry.first == wanted; });
  return found == kCharsets.end() ? std::string_view{} : found->first;
}

Result<Utf8Text> to_utf8(std::string_view bytes, std::string_view content_type,
                         std::string_view override_label) {
  const auto wanted = charset_of_label(override_label);
  if (!override_label.empty() && wanted.empty())
    return invalid_argument("'" + std::string(override_label) + "' is no charset that is known");
  for (const auto& mark : kMarks)
    if (bytes.starts_with(mark.bytes)) return from(mark.charset, bytes.substr(mark.bytes.size()));
  if (!wanted.empty()) return from(wanted, bytes);
  const std::string type = to_lower_ascii(content_type);
  auto charset = charset_of_label(value_after(type, "charset"));
  if (charset.empty()) charset = declared(bytes);
  if (charset.empty()) charset = detect_charset(bytes);
  return from(charset, bytes);
}

}  // namespace filmoteka::markup
