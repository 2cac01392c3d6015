/// (source, source_id): what identifies a record everywhere.
#pragma once

#include <filmoteka/domain/movie.hpp>

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace filmoteka::metadata {

using SourceKey = std::pair<std::string, std::string>;  ///< source, source_id
using SourceKeyView = std::pair<std::string_view, std::string_view>;

inline SourceKeyView key_of(const domain::MovieFacts& record) {
  return {record.source, record.source_id};
}
inline SourceKey to_key(SourceKeyView key) {
  return {std::string(key.first), std::string(key.second)};
}

/// For containers of SourceKey that are asked by SourceKeyView.
struct SourceKeyHash {
  using is_transparent = void;
  std::size_t operator()(SourceKeyView key) const {
    const std::hash<std::string_view> hash;
    return hash(key.first) * 31 + hash(key.second);
  }
  std::size_t operator()(const SourceKey& key) const { return (*this)(SourceKeyView(key)); }
};

struct SourceKeyEqual {
  using is_transparent = void;
  bool operator()(SourceKeyView a, SourceKeyView b) const { return a == b; }
};

}  // namespace filmoteka::metadata
