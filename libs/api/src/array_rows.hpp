/// A JSON array cut into the texts of its entries, without understanding them: what is wrong inside of one
/// entry does not touch the others. Pure, linear time.
#pragma once

#include <filmoteka/base/result.hpp>

#include <cstddef>
#include <string_view>
#include <vector>

namespace filmoteka::api {

/// The entries of the array that is all of `text`, without the space around them; at least one character
/// each. kInvalidArgument, naming the entry (the first is 0) in words and as a pointer, where strings and
/// brackets do not say where an entry ends. kPayloadTooLarge: more than `most` entries.
Result<std::vector<std::string_view>> split_array(std::string_view text, std::size_t most);

}  // namespace filmoteka::api
