#include <metadata/core/catalogue/retired_parts.hpp>

#include <algorithm>
#include <iterator>
#include <utility>

namespace filmoteka::metadata {

void RetiredParts::add(std::shared_ptr<const void> part, std::size_t bytes) {
  const std::lock_guard lock(mutex_);
  parts_.push_back({std::move(part), bytes});
  bytes_.fetch_add(bytes, std::memory_order_relaxed);
}

std::size_t RetiredParts::free() {
  std::vector<Part> unheld;
  const std::lock_guard lock(mutex_);
  // Nobody can copy a pointer that only this list holds: a count of one stays one.
  const auto held = std::stable_partition(parts_.begin(), parts_.end(),
                                          [](const Part& part) { return part.part.use_count() > 1; });
  std::move(held, parts_.end(), std::back_inserter(unheld));
  parts_.erase(held, parts_.end());
  for (const Part& part : unheld) bytes_.fetch_sub(part.bytes, std::memory_order_relaxed);
  return parts_.size();
  // `unheld` was declared before the lock: what is in it is freed without it.
}

}  // namespace filmoteka::metadata
