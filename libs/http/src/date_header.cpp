#include "date_header.hpp"

#include <filmoteka/base/time_format.hpp>

namespace filmoteka::http {

std::string_view DateHeader::line(SteadyTime now) {
  if (now >= fresh_until_) {
    const auto wall = std::chrono::system_clock::now();
    const auto second = std::chrono::floor<std::chrono::seconds>(wall);
    line_ = "Date: " + to_http_date(std::chrono::time_point_cast<Timestamp::duration>(second)) + "\r\n";
    fresh_until_ = now + (second + std::chrono::seconds(1) - wall);
  }
  return line_;
}

}  // namespace filmoteka::http
