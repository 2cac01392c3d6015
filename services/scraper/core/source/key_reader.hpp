/// Reads one object of a definition key by key and notes all that is wrong, each fault with its key path and
/// line.
#pragma once

#include <filmoteka/base/error.hpp>
#include <filmoteka/config/yaml.hpp>

#include <chrono>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace filmoteka::scraper {

/// Adds one fault: `place` is the key path ("fields.year.filters[0]").
void add_fault(std::vector<FieldError>& faults, std::string place, int line, std::string_view detail);

class KeyReader {
 public:
  /// `place` is the path of `node`, empty for the whole file. Everything must outlive the reader.
  KeyReader(const config::YamlNode& node, std::string place, std::vector<FieldError>& faults);

  /// The member of that name, which counts as known from now on; null if absent or `null`.
  const config::YamlNode* member(std::string_view key);
  std::string place_of(std::string_view key) const;
  void fault(std::string_view key, std::string_view detail);

  // Each leaves `target` as it is when the key is absent or faulty.
  void text(std::string_view key, std::string& target);
  void required_text(std::string_view key, std::string& target);
  void flag(std::string_view key, bool& target);
  void number(std::string_view key, std::int64_t low, std::int64_t high, std::int64_t& target);
  /// A list of texts, none empty.
  void texts(std::string_view key, std::vector<std::string>& target);
  void interval(std::string_view key, std::chrono::milliseconds low, std::chrono::milliseconds high,
                std::chrono::milliseconds& target);
  /// The index of the word found in `words`, nullopt if the key is absent or faulty.
  std::optional<std::size_t> choice(std::string_view key, std::initializer_list<std::string_view> words);

  /// Faults every key that nobody asked for.
  void refuse_unknown();

 private:
  const config::YamlNode& node_;
  std::string place_;
  std::vector<FieldError>& faults_;
  std::vector<std::string_view> known_;
};

}  // namespace filmoteka::scraper
