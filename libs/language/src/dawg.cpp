#include "dawg.hpp"

namespace filmoteka::language {
namespace {

constexpr std::uint32_t kIsLeaf = 1U << 31;
constexpr std::uint32_t kExtension = 1U << 9;

/// How a unit reaches its children: their index is index ^ offset ^ label.
std::uint32_t offset(std::uint32_t unit) {
  return (unit >> 10) << ((unit & kExtension) >> 6);
}

/// A leaf (which holds a value and has no label) never equals a label.
std::uint32_t label_of(std::uint32_t unit) {
  return unit & (kIsLeaf | 0xFFU);
}

/// Takes "number of records, records" off `file`; empty if it does not fit.
Bytes take_records(Bytes& file, std::size_t record_size) {
  if (file.size() < sizeof(std::uint32_t)) return {};
  const std::size_t size = std::size_t{Packed<std::uint32_t>(file)[0]} * record_size;
  file = file.subspan(sizeof(std::uint32_t));
  if (file.size() < size) return {};
  const Bytes records = file.first(size);
  file = file.subspan(size);
  return records;
}

}  // namespace

Dawg::Dawg(Bytes file) {
  const Packed<std::uint32_t> units(take_records(file, sizeof(std::uint32_t)));
  const Packed<std::uint8_t> guide(take_records(file, 2));
  if (guide.size() != units.size() * 2) return;
  units_ = units;
  guide_ = guide;
}

std::optional<Dawg::State> Dawg::follow(State state, std::uint8_t label) const {
  if (state >= units_.size()) return std::nullopt;
  const State next = state ^ offset(units_[state]) ^ label;
  if (next >= units_.size() || label_of(units_[next]) != label) return std::nullopt;
  return next;
}

}  // namespace filmoteka::language
