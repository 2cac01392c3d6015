/// Whose turn it is at a host, agreed in PostgreSQL by the scrapers that share it.
#pragma once

#include <filmoteka/fetch/shared_turns.hpp>
#include <filmoteka/sql/postgres/pool.hpp>

#include <chrono>
#include <string>

namespace filmoteka::scraper {

struct PostgresTurnSettings {
  std::string holder;                          ///< this process, and nobody else
  std::chrono::milliseconds hold{60'000};      ///< longer than a request may take; who died has it so long
  std::chrono::milliseconds look_again{200};   ///< while somebody else has the turn
  std::chrono::milliseconds deadline{10'000};  ///< of each call
};

/// The pool lives on `executor` and outlives this; calls may come from any thread's coroutines.
class PostgresTurns final : public fetch::SharedTurns {
 public:
  PostgresTurns(Executor executor, sql::postgres::Pool& pool, PostgresTurnSettings settings);

  Task<Result<std::chrono::milliseconds>> take(std::string origin) override;
  Task<Result<void>> give_back(std::string origin, std::chrono::milliseconds rest) override;

 private:
  Executor executor_;
  sql::postgres::Pool& pool_;
  PostgresTurnSettings settings_;
};

}  // namespace filmoteka::scraper
