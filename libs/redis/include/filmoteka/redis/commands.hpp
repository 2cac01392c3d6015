/// What is sent to Redis.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

namespace filmoteka::redis {

/// One or more commands that are sent together and answered in their order. Words are any bytes.
///   Commands commands;
///   commands.add({"SET", key, value, "EX", "60"}).add({"GET", other});
class Commands {
 public:
  Commands() = default;
  explicit Commands(std::initializer_list<std::string_view> words) { add(words); }
  Commands& add(std::initializer_list<std::string_view> words) { return add(std::span(words)); }
  /// At least one word.
  Commands& add(std::span<const std::string_view> words);

  std::size_t count() const { return count_; }
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
  std::size_t count_ = 0;
};

}  // namespace filmoteka::redis
