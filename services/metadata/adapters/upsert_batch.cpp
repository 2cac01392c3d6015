#include <metadata/adapters/sqlite_rows.hpp>
#include <metadata/adapters/upsert_batch.hpp>

#include <utility>

namespace filmoteka::metadata {
namespace {

Result<domain::Revision> read_revision(sql::Database& database) {
  FILMOTEKA_TRY(sql::Statement select, database.prepare("SELECT revision FROM catalogue"));
  FILMOTEKA_TRY(const bool found, select.step());
  if (!found) return corrupt("The catalogue's database is damaged.", "the table catalogue is empty");
  return select.get<domain::Revision>(0);
}

Result<void> write_revision(sql::Database& database, domain::Revision revision) {
  FILMOTEKA_TRY(sql::Statement update, database.prepare("UPDATE catalogue SET revision = ?1"));
  return update.bind(revision).run();
}

/// Equal in all that a source says, apart from when it says the film was added: that counts only on entry.
bool says_the_same(const domain::MovieFacts& stored, const domain::MovieFacts& now) {
  if (stored.added_at == now.added_at) return stored == now;
  domain::MovieFacts same_time = now;
  same_time.added_at = stored.added_at;
  return stored == same_time;
}

class Batch {
 public:
  Batch(sql::Database& database, Timestamp now, domain::Revision revision)
      : writer_(database), now_(now), revision_(revision) {}

  Result<void> take(const domain::MovieFacts& facts) {
    FILMOTEKA_TRY(domain::Movie movie, writer_.find(facts.source, facts.source_id));
    if (movie.id != 0 && says_the_same(movie.facts, facts)) {
      result_.outcomes.push_back({UpsertStatus::kUnchanged, movie.id, movie.revision});
      return {};
    }
    const bool created = movie.id == 0;
    if (created) movie.added_at = facts.added_at.value_or(now_);
    movie.facts = facts;
    movie.facts.added_at = movie.added_at;
    movie.updated_at = now_;
    movie.revision = ++revision_;
    FILMOTEKA_CHECK(created ? writer_.insert(movie) : writer_.update(movie));
    result_.outcomes.push_back(
        {created ? UpsertStatus::kCreated : UpsertStatus::kUpdated, movie.id, movie.revision});
    result_.changes.push_back({movie.id, movie.revision, std::move(movie)});
    return {};
  }

  domain::Revision revision() const { return revision_; }
  UpsertedBatch finish() { return std::move(result_); }

 private:
  MovieWriter writer_;
  Timestamp now_;
  domain::Revision revision_;
  UpsertedBatch result_;
};

}  // namespace

Result<UpsertedBatch> upsert_batch(sql::Database& database, std::span<const domain::MovieFacts> movies,
                                   Timestamp now) {
  FILMOTEKA_TRY(sql::Transaction transaction, sql::Transaction::immediate(database));
  FILMOTEKA_TRY(const domain::Revision before, read_revision(database));
  Batch batch(database, now, before);
  for (const domain::MovieFacts& facts : movies) FILMOTEKA_CHECK(batch.take(facts));
  if (batch.revision() == before) return batch.finish();
  FILMOTEKA_CHECK(write_revision(database, batch.revision()));
  FILMOTEKA_CHECK(transaction.commit());
  return batch.finish();
}

}  // namespace filmoteka::metadata
