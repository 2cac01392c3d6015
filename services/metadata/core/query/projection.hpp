/// `fields`: some members of a summary, cut from its JSON.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace filmoteka::metadata {

/// Appends the object with only those members of `summary` whose bit in `fields` is set: bit i stands for
/// api::summary_fields()[i]. `summary` is compact JSON as api::append_summary writes it, its members in that
/// order.
void append_projection(std::string& out, std::string_view summary, std::uint32_t fields);

}  // namespace filmoteka::metadata
