/// The Date header, made once a second.
#pragma once

#include <filmoteka/base/clock.hpp>

#include <string>
#include <string_view>

namespace filmoteka::http {

/// One for each I/O thread.
class DateHeader {
 public:
  /// "Date: …\r\n" for that moment of the monotonic clock.
  std::string_view line(SteadyTime now);

 private:
  std::string line_;
  SteadyTime fresh_until_ = SteadyTime::min();
};

}  // namespace filmoteka::http
