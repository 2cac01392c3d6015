#include <filmoteka/async/stop_signals.hpp>

#include <boost/asio/buffer.hpp>
#include <boost/asio/posix/basic_stream_descriptor.hpp>
#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <stdexcept>
#include <system_error>

namespace filmoteka {
namespace {

constexpr std::array<int, 2> kSignals = {SIGTERM, SIGINT};
constexpr int kImmediateExit = 130;

// A signal handler gets no context: these are all it can know.
std::atomic<int> write_end{-1};
std::atomic<bool> asked{false};
static_assert(std::atomic<int>::is_always_lock_free && std::atomic<bool>::is_always_lock_free);

extern "C" void on_stop_signal(int number) {
  if (asked.exchange(true)) ::_exit(kImmediateExit);
  const int saved = errno;
  const auto byte = static_cast<unsigned char>(number);
  // The pipe is empty, so this cannot fail for want of room.
  if (::write(write_end.load(), &byte, 1) != 1) ::_exit(kImmediateExit);
  errno = saved;
}

}  // namespace

class StopSignals::Pipe {
 public:
  explicit Pipe(Executor executor) : reader_(executor) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) != 0) {
      throw std::system_error(errno, std::generic_category(), "cannot make a pipe for signals");
    }
    reader_.assign(ends[0]);
    int expected = -1;
    if (!write_end.compare_exchange_strong(expected, ends[1])) {
      ::close(ends[1]);
      throw std::logic_error("StopSignals: there is one already");
    }
    asked = false;
    struct sigaction action {};
    action.sa_handler = on_stop_signal;
    action.sa_flags = SA_RESTART;
    sigfillset(&action.sa_mask);
    for (std::size_t i = 0; i < kSignals.size(); ++i) ::sigaction(kSignals[i], &action, &before_[i]);
  }
  ~Pipe() {
    for (std::size_t i = 0; i < kSignals.size(); ++i) ::sigaction(kSignals[i], &before_[i], nullptr);
    ::close(write_end.exchange(-1));
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;

  Task<int> wait() {
    unsigned char number = 0;
    auto buffer = asio::buffer(&number, 1);
    co_await reader_.async_read_some(buffer, use_task);
    co_return number;
  }

 private:
  asio::posix::basic_stream_descriptor<Executor> reader_;
  std::array<struct sigaction, kSignals.size()> before_{};
};

StopSignals::StopSignals(Executor executor) : pipe_(std::make_unique<Pipe>(executor)) {}
StopSignals::~StopSignals() = default;

Task<int> StopSignals::wait() {
  return pipe_->wait();
}

void ignore_broken_pipes() {
  ::signal(SIGPIPE, SIG_IGN);
}

}  // namespace filmoteka
