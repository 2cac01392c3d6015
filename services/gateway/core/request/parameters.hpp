/// Which query parameters pass through the gateway, and the one normal form of a query.
#pragma once

#include <filmoteka/base/result.hpp>

#include <span>
#include <string>
#include <string_view>

namespace filmoteka::gateway {

/// The query in normal form, without '?': the allowed parameters in the order of `allowed`, repeated ones in
/// the order in which they came, percent-encoded in one way. Queries that mean the same give the same text.
/// kInvalidArgument names each unknown parameter, and the one that was probably meant; and what parse_query
/// refuses. Values are not looked at: they are judged by the service that understands them.
Result<std::string> normal_query(std::string_view query, std::span<const std::string_view> allowed);

}  // namespace filmoteka::gateway
