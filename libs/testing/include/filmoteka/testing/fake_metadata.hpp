/// A MetadataClient that keeps films in memory and fails when told to: for tests of the scraper alone.
#pragma once

#include <filmoteka/api/metadata_client.hpp>

#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace filmoteka::testing {

class FakeMetadata final : public api::MetadataClient {
 public:
  /// Asked before each call; an error is the call's answer. May be empty.
  std::function<std::optional<Error>()> fault;
  /// Asked for each row; a text rejects the row. May be empty.
  std::function<std::string(const domain::MovieFacts&)> rejects;

  Task<Result<std::vector<api::RowResult>>> upsert(std::span<const domain::MovieFacts> rows,
                                                   Deadline deadline) override;

  using Key = std::pair<std::string, std::string>;  ///< source, source_id
  const std::map<Key, domain::MovieFacts>& films() const { return films_; }
  int calls() const { return calls_; }
  std::size_t largest_call() const { return largest_call_; }

 private:
  api::RowResult take(const domain::MovieFacts& film);

  std::map<Key, domain::MovieFacts> films_;
  std::map<Key, domain::MovieId> ids_;
  domain::Revision revision_ = 0;
  int calls_ = 0;
  std::size_t largest_call_ = 0;
};

}  // namespace filmoteka::testing
