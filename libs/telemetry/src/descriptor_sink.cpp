#include "descriptor_sink.hpp"

#include "json_line.hpp"

#include <poll.h>
#include <pthread.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <csignal>

namespace filmoteka::telemetry {
namespace {

/// A regular file takes any amount at once. A pipe that poll calls writable takes PIPE_BUF bytes for sure, in
/// one piece; more could block.
std::size_t piece_bytes(int descriptor) {
  struct stat status {};
  const bool is_file = ::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
  return is_file ? std::size_t{1} << 20U : std::size_t{PIPE_BUF};
}

std::string dropped_line(std::uint64_t count) {
  std::string line = "{\"ts\":";
  append_json_time(line, SystemClock::instance().now());
  line +=
      ",\"level\":\"warning\",\"service\":\"log\",\"msg\":\"Log lines were dropped: whoever reads the log is "
      "too "
      "slow.\"";
  append_json_field(line, {"dropped", count});
  line += "}\n";
  return line;
}

}  // namespace

DescriptorSink::DescriptorSink(int descriptor, Settings settings)
    : descriptor_(descriptor),
      settings_(settings),
      piece_bytes_(piece_bytes(descriptor)),
      writer_([this] { run(); }) {
  pthread_setname_np(writer_.native_handle(), "log");
}

DescriptorSink::~DescriptorSink() {
  {
    const std::lock_guard lock(mutex_);
    closing_ = true;
    give_up_at_ = std::chrono::steady_clock::now() + settings_.farewell;
  }
  changed_.notify_one();
  writer_.join();
}

void DescriptorSink::write(std::string_view line) {
  bool wake = false;
  {
    const std::lock_guard lock(mutex_);
    if (pending_.size() + line.size() + 1 > settings_.capacity) {
      ++dropped_;
      return;
    }
    const std::size_t before = pending_.size();
    pending_ += line;
    pending_ += '\n';
    wake = before == 0 || (before < settings_.batch && pending_.size() >= settings_.batch);
  }
  if (wake) changed_.notify_one();
}

void DescriptorSink::flush() {
  {
    const std::lock_guard lock(mutex_);
    urgent_ = true;
  }
  changed_.notify_one();
}

std::uint64_t DescriptorSink::dropped() const {
  const std::lock_guard lock(mutex_);
  return dropped_;
}

void DescriptorSink::run() {
  // Signals are for the threads that run the program.
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, nullptr);
  std::string batch;
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [this] { return closing_ || !pending_.empty(); });
    changed_.wait_for(lock, settings_.linger,
                      [this] { return closing_ || urgent_ || pending_.size() >= settings_.batch; });
    urgent_ = false;
    batch.clear();
    batch.swap(pending_);
    if (dropped_ > announced_) {
      batch += dropped_line(dropped_ - announced_);
      announced_ = dropped_;
    }
    if (batch.empty() && closing_) return;
    lock.unlock();
    deliver(batch);
    lock.lock();
    if (closing_ && std::chrono::steady_clock::now() >= give_up_at_) return;
  }
}

void DescriptorSink::deliver(std::string_view lines) {
  while (!lines.empty()) {
    if (!wait_writable()) return;
    const std::string_view piece = next_piece(lines);
    const ssize_t written = ::write(descriptor_, piece.data(), piece.size());
    if (written > 0) {
      lines.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno != EINTR && errno != EAGAIN) {
      return;  // A closed pipe or a full disk: there is nowhere left to complain.
    }
  }
}

/// False when it is time to give up.
bool DescriptorSink::wait_writable() {
  for (;;) {
    pollfd state{descriptor_, POLLOUT, 0};
    if (::poll(&state, 1, 100) != 0) return true;
    const std::lock_guard lock(mutex_);
    if (closing_ && std::chrono::steady_clock::now() >= give_up_at_) return false;
  }
}

/// Ends with a line where possible, so that a pipe gets whole lines.
std::string_view DescriptorSink::next_piece(std::string_view lines) const {
  if (lines.size() <= piece_bytes_) return lines;
  const std::size_t end = lines.rfind('\n', piece_bytes_ - 1);
  return lines.substr(0, end == std::string_view::npos ? piece_bytes_ : end + 1);
}

std::shared_ptr<LogSink> make_stderr_sink() {
  return std::make_shared<DescriptorSink>(STDERR_FILENO);
}

}  // namespace filmoteka::telemetry
