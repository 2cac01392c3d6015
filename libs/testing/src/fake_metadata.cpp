#include <filmoteka/testing/fake_metadata.hpp>

namespace filmoteka::testing {

Task<Result<std::vector<api::RowResult>>> FakeMetadata::upsert(std::span<const domain::MovieFacts> rows,
                                                               Deadline) {
  ++calls_;
  largest_call_ = std::max(largest_call_, rows.size());
  if (fault) {
    if (auto error = fault()) co_return *std::move(error);
  }
  std::vector<api::RowResult> results;
  results.reserve(rows.size());
  for (const auto& film : rows) results.push_back(take(film));
  co_return results;
}

api::RowResult FakeMetadata::take(const domain::MovieFacts& film) {
  api::RowResult result;
  if (const auto reason = rejects ? rejects(film) : std::string{}; !reason.empty()) {
    result.errors.push_back({{}, "/title", reason});
    return result;
  }
  const Key key{film.source, film.source_id};
  const auto found = films_.find(key);
  const bool known = found != films_.end();
  result.status = !known                  ? api::RowStatus::kCreated
                  : found->second == film ? api::RowStatus::kUnchanged
                                          : api::RowStatus::kUpdated;
  if (result.status != api::RowStatus::kUnchanged) ++revision_;
  films_[key] = film;
  result.id = ids_.try_emplace(key, static_cast<domain::MovieId>(ids_.size() + 1)).first->second;
  result.revision = revision_;
  return result;
}

}  // namespace filmoteka::testing
