#include <gateway/core/cache/ghost_list.hpp>

#include <algorithm>
#include <bit>

namespace filmoteka::gateway {

GhostList::GhostList(std::size_t window_bytes)
    : window_(static_cast<std::uint32_t>(std::max<std::size_t>(window_bytes / 1024, 1))),
      gone_bytes_(std::uint64_t{window_} * 1024),
      buckets_(std::bit_ceil(std::max<std::size_t>(window_ / std::tuple_size_v<Bucket>, 16))) {}

void GhostList::add(std::uint64_t hash, std::size_t bytes) {
  gone_bytes_ += bytes;
  Bucket& bucket = buckets_[bucket_of(hash)];
  auto place = std::find_if(bucket.begin(), bucket.end(),
                            [hash](const Slot& slot) { return slot.fingerprint == fingerprint_of(hash); });
  if (place == bucket.end()) {
    const auto age = [this](const Slot& slot) {
      return now() - slot.added_at;
    };
    place = std::max_element(bucket.begin(), bucket.end(),
                             [age](const Slot& a, const Slot& b) { return age(a) < age(b); });
  }
  *place = Slot{fingerprint_of(hash), now()};
}

bool GhostList::contains(std::uint64_t hash) const {
  return std::ranges::any_of(buckets_[bucket_of(hash)], [this, hash](const Slot& slot) {
    return slot.fingerprint == fingerprint_of(hash) && is_alive(slot);
  });
}

bool GhostList::take(std::uint64_t hash) {
  for (Slot& slot : buckets_[bucket_of(hash)]) {
    if (slot.fingerprint != fingerprint_of(hash) || !is_alive(slot)) continue;
    slot.added_at = now() - window_;
    return true;
  }
  return false;
}

}  // namespace filmoteka::gateway
