/// A log sink that writes to a file descriptor from a thread of its own, so that whoever logs never waits.
#pragma once

#include <filmoteka/telemetry/log.hpp>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

namespace filmoteka::telemetry {

struct DescriptorSinkSettings {
  std::size_t capacity = 8 * 1024 * 1024;     ///< bytes of lines that are kept for a slow reader
  std::size_t batch = 64 * 1024;              ///< this much is written at once, without waiting for more
  std::chrono::milliseconds linger{20};       ///< how long a line may wait for others
  std::chrono::milliseconds farewell{3'000};  ///< how long the destructor goes on writing to a slow reader
};

/// Thread-safe. Lines never interleave inside this process; a line up to 4 KiB is not torn by another process
/// that writes into the same pipe either.
class DescriptorSink final : public LogSink {
 public:
  using Settings = DescriptorSinkSettings;
  /// `descriptor` stays the caller's and outlives the sink.
  explicit DescriptorSink(int descriptor, Settings settings = {});
  ~DescriptorSink() override;
  void write(std::string_view line) override;
  void flush() override;
  std::uint64_t dropped() const override;

 private:
  void run();
  void deliver(std::string_view lines);
  bool wait_writable();
  std::string_view next_piece(std::string_view lines) const;

  const int descriptor_;
  const Settings settings_;
  const std::size_t piece_bytes_;
  mutable std::mutex mutex_;  ///< guards what follows, up to the thread
  std::condition_variable changed_;
  std::string pending_;
  std::uint64_t dropped_ = 0;
  std::uint64_t announced_ = 0;  ///< of the dropped lines, those that a line has told of
  bool urgent_ = false;
  bool closing_ = false;
  std::chrono::steady_clock::time_point give_up_at_{};
  std::thread writer_;
};

}  // namespace filmoteka::telemetry
