/// Progress of long work on standard error: one line rewritten in place on a terminal, plain lines elsewhere.
#pragma once

#include <filmoteka/base/clock.hpp>

#include <chrono>
#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>

namespace filmoteka::app {

/// "36,273"
std::string with_thousands(std::int64_t number);

/// What the line says: "imported 12,000 films, 21,300 films/s, 3 rejected".
struct ProgressState {
  std::string_view verb;  ///< "imported"
  std::int64_t films = 0;
  std::int64_t rejected = 0;
  std::chrono::milliseconds elapsed{0};
  std::string_view one = "film";  ///< what is counted
  std::string_view many = "films";
};
std::string format_progress(const ProgressState& state);

/// Not thread-safe. Prints at most ten times a second on a terminal, every two seconds elsewhere.
class Progress {
 public:
  Progress(std::ostream& out, bool is_terminal, const Clock& clock);
  /// Shows the state if it is time to. `elapsed` is filled in here, from the construction on.
  void update(ProgressState state);
  /// Takes the line off a terminal so that the result can be printed in its place.
  void clear();
  std::chrono::milliseconds elapsed() const;

 private:
  std::ostream& out_;
  bool is_terminal_;
  const Clock& clock_;
  SteadyTime started_;
  SteadyTime next_;
};

}  // namespace filmoteka::app
