/// Task<T>: the coroutine type of this project, bound to the concrete executor of one io_context, so that no
/// call goes through a type-erased executor. A Task runs on one thread for its whole life.
#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace filmoteka {

namespace asio = boost::asio;

using Executor = asio::io_context::executor_type;

template <class T = void>
using Task = asio::awaitable<T, Executor>;

/// Completion tokens: `use_task` throws boost::system::system_error, `use_task_tuple` hands out (error_code,
/// …).
inline constexpr asio::use_awaitable_t<Executor> use_task{};
inline constexpr auto use_task_tuple = asio::as_tuple(use_task);

using Socket = asio::basic_stream_socket<asio::ip::tcp, Executor>;
using Acceptor = asio::basic_socket_acceptor<asio::ip::tcp, Executor>;
using Timer = asio::basic_waitable_timer<std::chrono::steady_clock,
                                         asio::wait_traits<std::chrono::steady_clock>, Executor>;

}  // namespace filmoteka
