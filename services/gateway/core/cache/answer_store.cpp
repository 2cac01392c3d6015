#include <gateway/core/cache/answer_store.hpp>
#include <gateway/core/http_caching/vary.hpp>

#include <algorithm>
#include <utility>

namespace filmoteka::gateway {
namespace {

/// Targets have no spaces and no line feeds, so that these keys are no targets.
std::string variant_key(std::string_view key, std::uint64_t index, std::string_view variant) {
  return std::string(key).append(" ").append(std::to_string(index)).append("\n").append(variant);
}

/// The one that the origin has sent later.
bool is_later(const StoredAnswer& a, const StoredAnswer& b) {
  return a.received_steady - a.initial_age > b.received_steady - b.initial_age;
}

}  // namespace

AnswerStore::Found AnswerStore::find(std::string_view key, const Fields& request, SteadyTime now) {
  std::shared_ptr<Entry> entry = cache_.find(key);
  if (!entry) return {};
  if (const auto* marker = std::get_if<HitForMiss>(&entry->what))
    return {nullptr, false, now < marker->until};
  const auto* index = std::get_if<VaryIndex>(&entry->what);
  if (index == nullptr) return {std::move(entry)};
  Found found{nullptr, true};
  for (const auto& names : index->field_sets) {
    auto candidate = cache_.find(variant_key(key, index->id, variant_of(names, request)));
    if (candidate && (!found.entry || is_later(*candidate->answer(), *found.entry->answer()))) {
      found.entry = std::move(candidate);
    }
  }
  return found;
}

VaryIndex AnswerStore::index_for(std::string_view key, std::vector<std::string> names) {
  const auto known = cache_.find(key);
  const auto* old = known ? std::get_if<VaryIndex>(&known->what) : nullptr;
  VaryIndex index;
  index.id = old != nullptr ? old->id : next_index_.fetch_add(1, std::memory_order_relaxed);
  if (old != nullptr) index.field_sets = old->field_sets;
  std::erase(index.field_sets, names);
  index.field_sets.insert(index.field_sets.begin(), std::move(names));
  if (index.field_sets.size() > kMostFieldSets) index.field_sets.resize(kMostFieldSets);
  return index;
}

std::uint64_t AnswerStore::store(std::string_view key, const Fields& request, std::shared_ptr<Entry> entry) {
  std::vector<std::string> names = varying_fields(entry->answer()->fields);
  if (names.empty()) return cache_.store(key, std::move(entry));
  const std::string variant = variant_of(names, request);
  VaryIndex index = index_for(key, std::move(names));
  const std::string own_key = variant_key(key, index.id, variant);
  return cache_.store(key, std::make_shared<Entry>(std::move(index))) +
         cache_.store(own_key, std::move(entry));
}

void AnswerStore::mark_uncacheable(std::string_view key, SteadyTime until) {
  cache_.store(key, std::make_shared<Entry>(HitForMiss{until}));
}

Standing AnswerStore::standing(const StoredAnswer& answer, SteadyTime now) const {
  const bool suspected = suspect_.load(std::memory_order_relaxed);
  return {answer.age(now),
          suspected ? std::min(answer.lifetime.span, kSuspectLifetime) : answer.lifetime.span,
          !generations_.is_valid(answer.groups, answer.stamp)};
}

}  // namespace filmoteka::gateway
