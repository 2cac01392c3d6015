/// Two tasks at once on one thread.
#pragma once

#include <filmoteka/async/task.hpp>

#include <boost/asio/experimental/awaitable_operators.hpp>

#include <tuple>
#include <utility>

namespace filmoteka {

/// Runs both, each while the other waits, and returns both values. If one throws, the other is cancelled and
/// the exception passed on.
template <class A, class B>
Task<std::tuple<A, B>> both(Task<A> a, Task<B> b) {
  using namespace asio::experimental::awaitable_operators;
  auto together = std::move(a) && std::move(b);
  co_return co_await std::move(together);
}

}  // namespace filmoteka
