/// Copies a catalogue from one store to another while the source goes on being read and written.
#pragma once

#include <filmoteka/base/result.hpp>

#include <metadata/core/copy/copyable_store.hpp>

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace filmoteka::metadata {

struct CopyProgress {
  std::string_view verb;    ///< "copied", "verified"
  std::uint64_t films = 0;  ///< so far, of this phase
};

struct CopyOptions {
  std::size_t batch = 4'000;  ///< films a transaction
  /// Called between the steps, on the copy's thread. What it throws breaks the copy off.
  std::function<void(const CopyProgress&)> progress = [](const CopyProgress&) {
  };
};

struct CopyReport {
  std::uint64_t films = 0;     ///< compared and found the same
  std::string sha256;          ///< of their lines in an export, of both sides
  std::uint64_t reviews = 0;   ///< open ones
  domain::Revision from = 0;   ///< where this run began: 0, or where an earlier one had come to
  domain::Revision up_to = 0;  ///< of the source: everything up to it is in the target
  std::uint64_t later = 0;     ///< films that changed at the source while the copy was compared
};

/// Films come in the order of the source's change feed, so that the target's own revision says up to where it
/// has come: a copy that was broken off, however, goes on there. Then views, reviews, deletions and
/// idempotency keys follow, and both sides are compared. What a client knows of the source (ids, revisions,
/// times, cursors, places in the change feed) is as good at the target. Deletions of films and changes that
/// come while it copies are taken over too; it ends when it has what was there when it had caught up.
/// Errors: may_copy()'s, the stores', kCorrupt when the sides differ.
Task<Result<CopyReport>> copy_catalogue(CopyableStore& source, CopyableStore& target,
                                        CopyOptions options = {});

}  // namespace filmoteka::metadata
