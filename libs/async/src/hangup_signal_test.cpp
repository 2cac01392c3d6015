#include <filmoteka/async/hangup_signal.hpp>
#include <filmoteka/async/runtime.hpp>

#include <gtest/gtest.h>

#include <csignal>

namespace filmoteka {
namespace {

Task<void> raise_and_wait(int& heard) {
  HangupSignal hangup(co_await asio::this_coro::executor);
  for (int i = 0; i < 2; ++i) {
    ::raise(SIGHUP);
    co_await hangup.wait();
    ++heard;
  }
}

TEST(HangupSignal, is_heard_instead_of_ending_the_process) {
  Runtime runtime(1);
  int heard = 0;
  runtime.run(raise_and_wait(heard));
  EXPECT_EQ(heard, 2);
}

}  // namespace
}  // namespace filmoteka
