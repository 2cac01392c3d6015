#include <filmoteka/async/both.hpp>
#include <filmoteka/async/post.hpp>
#include <filmoteka/async/runtime.hpp>
#include <filmoteka/sql/postgres/transaction.hpp>

#include <metadata/adapters/id_ranges.hpp>
#include <metadata/adapters/postgres_film_reader.hpp>
#include <metadata/adapters/postgres_rows.hpp>

#include <optional>
#include <string>
#include <utility>

namespace filmoteka::metadata {

namespace pg = sql::postgres;

namespace {

constexpr std::size_t kChunk = 1'024;  ///< films: what is read is indexed while it is still in the caches

struct State {
  domain::Revision revision = 0;
  std::int64_t views_version = 0;
};

/// One connection that sees the state. Used and destroyed on the store's thread.
class Snapshot {
 public:
  explicit Snapshot(pg::Lease lease)
      : lease_(std::move(lease)), transaction_(*lease_, pg::Transaction::Kind::kSnapshot) {}

  Task<Result<std::vector<pg::Rows>>> ask(pg::Batch batch, Deadline deadline) {
    return transaction_.run(std::move(batch), deadline);
  }
  /// As the first thing it does.
  Task<Result<void>> join(std::string snapshot, Deadline deadline) {
    auto beginning = transaction_.run(pg::Batch(), deadline);
    FILMOTEKA_CO_CHECK(co_await std::move(beginning));
    auto joining = lease_->run_script("SET TRANSACTION SNAPSHOT '" + snapshot + "'", deadline);
    FILMOTEKA_CO_CHECK(co_await std::move(joining));
    co_return Result<void>();
  }
  void read(IdRange range) { range_ = range; }
  void read_by_revision() { by_revision_ = true; }

  /// The next rows; none at the end.
  Task<Result<std::optional<pg::Rows>>> fetch(Deadline deadline) {
    pg::Batch batch;
    const std::size_t most = ended_ ? 0 : kChunk;
    if (by_revision_) {
      batch.add(kSelectNews, after_, most);
    } else {
      batch.add(kSelectBlock, range_.first, range_.last, most);
    }
    auto reading = transaction_.run(std::move(batch), deadline);
    FILMOTEKA_CO_TRY(std::vector<pg::Rows> rows, co_await std::move(reading));
    ended_ = rows[0].size() < kChunk;
    if (!rows[0].empty()) go_on_after(rows[0], rows[0].size() - 1);
    co_return std::optional(std::move(rows[0]));
  }
  /// So that the connection is kept.
  Task<void> end(Deadline deadline) { return transaction_.rollback(deadline); }

 private:
  void go_on_after(const pg::Rows& rows, std::size_t row) {
    if (by_revision_) {
      after_ = rows.get<domain::Revision>(row, kRevisionColumn);
    } else {
      range_.first = rows.get<domain::MovieId>(row, 0) + 1;
    }
  }

  pg::Lease lease_;
  pg::Transaction transaction_;  // ends before its connection goes back
  IdRange range_;
  bool by_revision_ = false;
  domain::Revision after_ = 0;
  bool ended_ = false;
};

class PostgresReader final : public FilmReader {
 public:
  PostgresReader(PostgresReading reading, State state, std::uint64_t films,
                 std::unique_ptr<Snapshot> snapshot)
      : reading_(std::move(reading)), state_(state), films_(films), snapshot_(std::move(snapshot)) {}
  ~PostgresReader() override {
    post_to(reading_.executor, [snapshot = std::move(snapshot_)]() mutable { snapshot.reset(); });
  }
  domain::Revision revision() const override { return state_.revision; }
  std::int64_t views_version() const override { return state_.views_version; }
  std::uint64_t films() const override { return films_; }

  Task<Result<std::vector<domain::Movie>>> next() override {
    if (!fetched_) {
      auto first = fetch();
      FILMOTEKA_CO_TRY(fetched_, co_await std::move(first));
    }
    if (fetched_->empty()) {
      if (std::exchange(is_open_, false)) {
        auto ending = run_on(reading_.executor, snapshot_->end(Deadline::after(reading_.limit)));
        co_await std::move(ending);
      }
      co_return std::vector<domain::Movie>();
    }
    const pg::Rows rows = *std::exchange(fetched_, std::nullopt);
    auto parse = [&rows] {
      return read_postgres_movies(rows);
    };
    auto together = both(fetch(), reading_.parser->run(std::move(parse)));
    auto [later, movies] = co_await std::move(together);
    FILMOTEKA_CO_TRY(fetched_, std::move(later));
    co_return std::move(movies);
  }

 private:
  Task<Result<std::optional<pg::Rows>>> fetch() {
    return run_on(reading_.executor, snapshot_->fetch(Deadline::after(reading_.limit)));
  }

  PostgresReading reading_;
  State state_;
  std::uint64_t films_;
  std::unique_ptr<Snapshot> snapshot_;
  std::optional<pg::Rows> fetched_;  ///< and not given yet
  bool is_open_ = true;
};

/// As many connections as are to be had at once, at least one.
Task<Result<std::vector<std::unique_ptr<Snapshot>>>> connect(pg::Pool& pool, std::size_t parts,
                                                             Deadline deadline) {
  constexpr std::chrono::milliseconds kPatience{500};
  std::vector<std::unique_ptr<Snapshot>> snapshots;
  while (snapshots.size() < parts) {
    const bool is_first = snapshots.empty();
    auto acquiring = pool.acquire(is_first ? deadline : earliest(deadline, Deadline::after(kPatience)));
    Result<pg::Lease> lease = co_await std::move(acquiring);
    if (lease.has_error() && is_first) co_return std::move(lease).error();
    if (lease.has_error()) break;
    snapshots.push_back(std::make_unique<Snapshot>(std::move(lease).value()));
  }
  co_return snapshots;
}

/// The films of each range.
Task<Result<std::vector<std::uint64_t>>> count(Snapshot& snapshot, std::vector<IdRange> ranges,
                                               Deadline deadline) {
  pg::Batch batch;
  for (const IdRange& range : ranges) {
    batch.add("SELECT count(*) FROM movies WHERE id BETWEEN $1 AND $2", range.first, range.last);
  }
  auto counting = snapshot.ask(std::move(batch), deadline);
  FILMOTEKA_CO_TRY(const std::vector<pg::Rows> rows, co_await std::move(counting));
  std::vector<std::uint64_t> counts;
  for (const pg::Rows& row : rows) counts.push_back(row.get<std::uint64_t>(0, 0));
  co_return counts;
}

Timestamp to_time(std::int64_t milliseconds) {
  return Timestamp{std::chrono::milliseconds{milliseconds}};
}

std::vector<RestoreMovies::Deletion> read_deletions(const pg::Rows& rows) {
  std::vector<RestoreMovies::Deletion> deletions;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto at = to_time(rows.get<std::int64_t>(i, 2));
    deletions.push_back({rows.get<std::int64_t>(i, 0), rows.get<std::int64_t>(i, 1), at});
  }
  return deletions;
}

std::vector<StoredReview> read_reviews(const pg::Rows& rows) {
  std::vector<StoredReview> reviews;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    reviews.push_back({rows.get<std::int64_t>(i, 0), rows.get<std::int64_t>(i, 1),
                       rows.get<std::string>(i, 2), to_time(rows.get<std::int64_t>(i, 3)),
                       rows.get<bool>(i, 4)});
  }
  return reviews;
}

Task<Result<StoreExport>> open_export_there(PostgresReading reading) {
  const Deadline deadline = Deadline::after(reading.limit);
  auto connecting = connect(reading.connections, 1, deadline);
  FILMOTEKA_CO_TRY(std::vector<std::unique_ptr<Snapshot>> snapshots, co_await std::move(connecting));
  pg::Batch batch;
  batch.add("SELECT revision, last_id, views_version, (SELECT count(*) FROM movies) FROM catalogue");
  batch.add("SELECT id, revision, deleted_at FROM deleted_movies ORDER BY revision");
  batch.add(
      "SELECT movie_id, other_id, reasons, created_at, dismissed FROM reviews ORDER BY movie_id, other_id");
  auto asking = snapshots[0]->ask(std::move(batch), deadline);
  FILMOTEKA_CO_TRY(const std::vector<pg::Rows> rows, co_await std::move(asking));
  StoreExport opened;
  opened.counters = {rows[0].get<std::int64_t>(0, 0), rows[0].get<std::int64_t>(0, 1)};
  opened.deletions = read_deletions(rows[1]);
  opened.reviews = read_reviews(rows[2]);
  snapshots[0]->read_by_revision();
  const State state{opened.counters.revision, rows[0].get<std::int64_t>(0, 2)};
  const auto films = rows[0].get<std::uint64_t>(0, 3);
  opened.films = std::make_unique<PostgresReader>(std::move(reading), state, films, std::move(snapshots[0]));
  co_return opened;
}

Task<Result<FilmReaders>> open_there(PostgresReading reading, std::size_t parts) {
  const Deadline deadline = Deadline::after(reading.limit);
  auto connecting = connect(reading.connections, std::max<std::size_t>(parts, 1), deadline);
  FILMOTEKA_CO_TRY(std::vector<std::unique_ptr<Snapshot>> snapshots, co_await std::move(connecting));
  pg::Batch batch;
  batch.add(
      "SELECT revision, views_version, coalesce((SELECT min(id) FROM movies), 1),"
      " coalesce((SELECT max(id) FROM movies), 0) FROM catalogue");
  if (snapshots.size() > 1) batch.add("SELECT pg_export_snapshot()");
  auto asking = snapshots[0]->ask(std::move(batch), deadline);
  FILMOTEKA_CO_TRY(const std::vector<pg::Rows> rows, co_await std::move(asking));
  const State state{rows[0].get<std::int64_t>(0, 0), rows[0].get<std::int64_t>(0, 1)};
  const IdRange all{rows[0].get<std::int64_t>(0, 2), rows[0].get<std::int64_t>(0, 3)};
  const std::vector<IdRange> ranges = split_ids(all, snapshots.size());
  auto counting = count(*snapshots[0], ranges, deadline);
  FILMOTEKA_CO_TRY(const std::vector<std::uint64_t> counts, co_await std::move(counting));
  FilmReaders readers;
  for (std::size_t i = 0; i < ranges.size(); ++i) {
    if (i > 0) {
      auto joining = snapshots[i]->join(rows[1].get<std::string>(0, 0), deadline);
      FILMOTEKA_CO_CHECK(co_await std::move(joining));
    }
    snapshots[i]->read(ranges[i]);
    readers.push_back(std::make_unique<PostgresReader>(reading, state, counts[i], std::move(snapshots[i])));
  }
  co_return readers;
}

}  // namespace

Task<Result<StoreExport>> open_postgres_export(PostgresReading reading) {
  const Executor executor = reading.executor;
  auto there = run_on(executor, open_export_there(std::move(reading)));
  co_return co_await std::move(there);
}

Task<Result<FilmReaders>> open_postgres_readers(PostgresReading reading, std::size_t parts) {
  const Executor executor = reading.executor;
  auto there = run_on(executor, open_there(std::move(reading), parts));
  co_return co_await std::move(there);
}

}  // namespace filmoteka::metadata
