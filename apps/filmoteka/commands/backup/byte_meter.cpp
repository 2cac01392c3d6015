#include <filmoteka/commands/backup/byte_meter.hpp>

#include <unistd.h>

#include <array>
#include <cstdio>
#include <iostream>

namespace filmoteka::app {
namespace {

constexpr std::uint64_t kMegabyte = 1'000'000;

}  // namespace

std::string format_bytes(std::uint64_t bytes) {
  std::array<char, 32> text{};
  const double megabytes = static_cast<double>(bytes) / static_cast<double>(kMegabyte);
  const bool is_large = bytes >= 1'000 * kMegabyte;
  std::snprintf(text.data(), text.size(), "%.1f %s", is_large ? megabytes / 1'000 : megabytes,
                is_large ? "GB" : "MB");
  return text.data();
}

ByteProgress ByteMeter::phase(std::string_view verb) {
  clear();
  progress_.emplace(std::cerr, isatty(STDERR_FILENO) != 0, SystemClock::instance());
  return [this, verb](std::uint64_t done, std::uint64_t) {
    progress_->update({verb, static_cast<std::int64_t>(done / kMegabyte), 0, {}, "MB", "MB"});
    return !stop_.arrived();
  };
}

void ByteMeter::clear() {
  if (progress_) progress_->clear();
  progress_.reset();
}

}  // namespace filmoteka::app
