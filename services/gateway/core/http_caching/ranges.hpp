/// Parts of a complete stored answer (RFC 9110, 14; RFC 9111, 3.3). One range of bytes at a time: a list of
/// several is answered with the whole, as 14.2 allows.
#pragma once

#include <gateway/core/http_caching/fields.hpp>

#include <cstddef>
#include <variant>

namespace filmoteka::gateway {

struct WholeBody {};
struct BodyPart {
  std::size_t first;
  std::size_t last;  ///< included
};
struct Unsatisfiable {};
using BodyRange = std::variant<WholeBody, BodyPart, Unsatisfiable>;

/// What a GET with this Range (and If-Range, by strong comparison: 13.1.5) gets of a 200 of that size.
BodyRange select_range(const Fields& request, const Fields& stored, std::size_t bytes);

}  // namespace filmoteka::gateway
