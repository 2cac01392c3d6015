/// A message to another thread.
#pragma once

#include <filmoteka/async/task.hpp>

#include <boost/asio/post.hpp>

#include <utility>

namespace filmoteka {

/// `function` runs on the executor's thread, soon, never inside this call. From any thread.
template <class Function>
void post_to(const Executor& executor, Function function) {
  asio::post(executor, std::move(function));
}

}  // namespace filmoteka
