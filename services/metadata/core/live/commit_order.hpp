/// Brings commits into the order of their revisions: they become durable in that order, but whoever made one
/// may come with it later than the maker of the next.
#pragma once

#include <filmoteka/domain/movie.hpp>

#include <metadata/core/catalogue/catalogue.hpp>

#include <map>
#include <vector>

namespace filmoteka::metadata {

/// Pure; not thread-safe.
class CommitOrder {
 public:
  /// Everything up to `revision` has been taken.
  void start_at(domain::Revision revision) { taken_ = revision; }
  domain::Revision taken() const { return taken_; }

  /// Hands in the changes that lead from `before` to `after`, ascending by revision. Returns what is to be
  /// taken now, in order: these and others that had to wait for them, without what was taken already; nothing
  /// while something before them is missing. Repeating is harmless.
  std::vector<Change> add(domain::Revision before, domain::Revision after, std::vector<Change> changes);

  /// How many commits wait for one that has not come.
  std::size_t waiting() const { return waiting_.size(); }

 private:
  struct Waiting {
    domain::Revision after = 0;
    std::vector<Change> changes;
  };
  void take(Waiting commit, std::vector<Change>& out);

  domain::Revision taken_ = 0;
  std::map<domain::Revision, Waiting> waiting_;  // by the revision they begin at
};

}  // namespace filmoteka::metadata
