/// The headers in which proxies write whom they speak for.
#pragma once

#include <filmoteka/http/message.hpp>

#include <gateway/core/client_address.hpp>

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace filmoteka::gateway {

/// The elements of all X-Forwarded-For lines, left to right, as they came. Empty if there is none.
std::vector<std::string_view> x_forwarded_for(std::span<const http::HeaderView> headers);

/// The value of `for` in each element of all Forwarded lines (RFC 7239, 4), left to right; "" where an
/// element has none. Empty if there is no such header, nullopt if one of them is malformed: a stranger's open
/// quote would hide what a proxy wrote behind it.
std::optional<std::vector<std::string_view>> forwarded_for(std::span<const http::HeaderView> headers);

/// The address in one element: "192.0.2.1", "192.0.2.1:4711", "2001:db8::1", "[2001:db8::1]",
/// "[2001:db8::1]:4711". Nullopt for anything else: "unknown", "_hidden", names, zones.
std::optional<Address> address_of_hop(std::string_view hop);

}  // namespace filmoteka::gateway
