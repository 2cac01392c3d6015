/// Progress of work on files, and the signals that end it.
#pragma once

#include <filmoteka/commands/backup/files.hpp>
#include <filmoteka/commands/backup/stop_requests.hpp>
#include <filmoteka/progress.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace filmoteka::app {

/// "12.3 MB", "1.2 GB": powers of ten.
std::string format_bytes(std::uint64_t bytes);

/// On standard error: one line on a terminal for each phase, now and then a line elsewhere.
class ByteMeter {
 public:
  explicit ByteMeter(StopRequests& stop) : stop_(stop) {}
  ~ByteMeter() { clear(); }
  ByteMeter(const ByteMeter&) = delete;
  ByteMeter& operator=(const ByteMeter&) = delete;

  /// What files tell: counted as `verb` ("saved"). False once a signal has come.
  ByteProgress phase(std::string_view verb);
  void clear();

 private:
  StopRequests& stop_;
  std::optional<Progress> progress_;
};

}  // namespace filmoteka::app
