#include <gateway/core/cache/stored_answer.hpp>

namespace filmoteka::gateway {

std::size_t Content::bytes() const {
  if (variants) return sizeof(Variants) + variants->bytes();
  return sizeof(http::ReadyResponse) + whole->head.size() + whole->body.size();
}

std::chrono::seconds StoredAnswer::age(SteadyTime now) const {
  return initial_age + std::chrono::floor<std::chrono::seconds>(now - received_steady);
}

std::size_t StoredAnswer::bytes() const {
  constexpr std::size_t kFieldOverhead = sizeof(http::Headers::value_type) + 16;
  std::size_t total = content.bytes() + variant.size() + groups.size() * sizeof(std::uint64_t);
  for (const auto& [name, value] : fields) total += kFieldOverhead + name.size() + value.size();
  return total;
}

}  // namespace filmoteka::gateway
