#include <metadata/core/live/commit_order.hpp>

#include <iterator>
#include <utility>

namespace filmoteka::metadata {

std::vector<Change> CommitOrder::add(domain::Revision before, domain::Revision after,
                                     std::vector<Change> changes) {
  std::vector<Change> out;
  if (after <= taken_) return out;
  if (before > taken_) {
    Waiting& known = waiting_[before];
    if (known.after < after) known = {after, std::move(changes)};
    return out;
  }
  take({after, std::move(changes)}, out);
  while (!waiting_.empty() && waiting_.begin()->first <= taken_) {
    auto next = waiting_.extract(waiting_.begin());
    take(std::move(next.mapped()), out);
  }
  return out;
}

void CommitOrder::take(Waiting commit, std::vector<Change>& out) {
  if (commit.after <= taken_) return;
  for (Change& change : commit.changes) {
    if (change.revision > taken_) out.push_back(std::move(change));
  }
  taken_ = commit.after;
}

}  // namespace filmoteka::metadata
