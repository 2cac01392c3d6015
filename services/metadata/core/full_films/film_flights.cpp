#include <filmoteka/async/post.hpp>

#include <metadata/core/full_films/film_flights.hpp>

namespace filmoteka::metadata {

/// Touched by its own thread only: the end of a flight comes to it as a message.
struct FilmFlights::Waiter {
  explicit Waiter(Executor own) : executor(own), timer(own) {}
  Executor executor;
  Timer timer;  ///< runs out at the waiter's deadline; cancelled when the flight has landed
  bool has_landed = false;
  Film film;
};

/// The end of a flight, whatever ends it.
class FilmFlights::Landing {
 public:
  Landing(FilmFlights& flights, Key key) : flights_(flights), key_(key) {}
  ~Landing() {
    Waiters waiters;
    {
      const std::lock_guard lock(flights_.mutex_);
      waiters = std::move(flights_.flights_.extract(key_).mapped());
    }
    for (auto& waiter : waiters) {
      const Executor executor = waiter->executor;
      post_to(executor, [waiter = std::move(waiter), film = film] {
        waiter->has_landed = true;
        waiter->film = film;
        waiter->timer.cancel();
      });
    }
  }
  Landing(const Landing&) = delete;
  Landing& operator=(const Landing&) = delete;

  Film film;

 private:
  FilmFlights& flights_;
  Key key_;
};

Task<FilmFlights::Film> FilmFlights::join(Key key, Deadline deadline, Read read) {
  const auto waiter = std::make_shared<Waiter>(co_await asio::this_coro::executor);
  bool is_first = false;
  {
    const std::lock_guard lock(mutex_);
    const auto [flight, is_new] = flights_.try_emplace(key);
    is_first = is_new;
    if (!is_first) flight->second.push_back(waiter);
  }
  if (is_first) {
    Landing landing(*this, key);
    auto reading = read();
    landing.film = co_await std::move(reading);
    co_return landing.film;
  }
  waiter->timer.expires_at(deadline.time());
  const auto [error] = co_await waiter->timer.async_wait(use_task_tuple);
  if (!waiter->has_landed && error) throw boost::system::system_error(error);
  co_return waiter->film;
}

}  // namespace filmoteka::metadata
