/// The smallest JSON writer that does what films need: appends to one string, never looks back further than a
/// comma.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace filmoteka::api {

/// Appends `{"a":1,...}`. Field names are our own and need no escaping.
class ObjectWriter {
 public:
  explicit ObjectWriter(std::string& out) : out_(out) { out_ += '{'; }
  void end() { out_ += '}'; }

  /// Appends the name; the caller appends the value.
  std::string& key(std::string_view name) {
    if (!first_) out_ += ',';
    first_ = false;
    out_ += '"';
    out_ += name;
    out_ += "\":";
    return out_;
  }

 private:
  std::string& out_;
  bool first_ = true;
};

void append_integer(std::string& out, std::int64_t value);
inline void append_bool(std::string& out, bool value) {
  out += value ? "true" : "false";
}

/// Appends `[a,b]`, each entry by `append_entry(out, entry)`.
template <class Range, class AppendEntry>
void append_array(std::string& out, const Range& range, AppendEntry append_entry) {
  out += '[';
  bool first = true;
  for (const auto& entry : range) {
    if (!first) out += ',';
    first = false;
    append_entry(out, entry);
  }
  out += ']';
}

}  // namespace filmoteka::api
