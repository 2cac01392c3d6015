#include <filmoteka/progress.hpp>

namespace filmoteka::app {
namespace {

constexpr std::chrono::milliseconds kTerminalInterval{100};
constexpr std::chrono::milliseconds kPlainInterval{2'000};

}  // namespace

std::string with_thousands(std::int64_t number) {
  std::string digits = std::to_string(number);
  const std::size_t first = digits.starts_with('-') ? 1 : 0;
  for (std::size_t i = digits.size(); i > first + 3; i -= 3) digits.insert(i - 3, 1, ',');
  return digits;
}

std::string format_progress(const ProgressState& state) {
  std::string line(state.verb);
  line += ' ' + with_thousands(state.films) + ' ';
  line += state.films == 1 ? state.one : state.many;
  if (state.elapsed.count() > 0) {
    line += ", " + with_thousands(state.films * 1'000 / state.elapsed.count()) + ' ';
    (line += state.many) += "/s";
  }
  if (state.rejected > 0) line += ", " + with_thousands(state.rejected) + " rejected";
  return line;
}

Progress::Progress(std::ostream& out, bool is_terminal, const Clock& clock)
    : out_(out),
      is_terminal_(is_terminal),
      clock_(clock),
      started_(clock.steady_now()),
      next_(started_ + (is_terminal ? std::chrono::milliseconds{0} : kPlainInterval)) {}

void Progress::update(ProgressState state) {
  const SteadyTime now = clock_.steady_now();
  if (now < next_) return;
  next_ = now + (is_terminal_ ? kTerminalInterval : kPlainInterval);
  state.elapsed = elapsed();
  const std::string line = format_progress(state);
  if (is_terminal_) {
    out_ << "\r\x1b[K" << line << std::flush;
  } else {
    out_ << line << '\n' << std::flush;
  }
}

void Progress::clear() {
  if (is_terminal_) out_ << "\r\x1b[K" << std::flush;
}

std::chrono::milliseconds Progress::elapsed() const {
  return std::chrono::duration_cast<std::chrono::milliseconds>(clock_.steady_now() - started_);
}

}  // namespace filmoteka::app
