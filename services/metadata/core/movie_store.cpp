#include <metadata/core/movie_store.hpp>

#include <utility>

namespace filmoteka::metadata {

Task<Result<Commit>> MovieStore::write_within(const Write& write, Deadline) {
  return this->write(write);
}

Task<Result<FilmReaders>> MovieStore::read_parts(std::size_t) {
  auto opening = read_all();
  FILMOTEKA_CO_TRY(std::unique_ptr<FilmReader> all, co_await std::move(opening));
  FilmReaders readers;
  readers.push_back(std::move(all));
  co_return readers;
}

Task<Result<StoreExport>> MovieStore::read_export() {
  co_return internal("This store has no exports.");
}

}  // namespace filmoteka::metadata
