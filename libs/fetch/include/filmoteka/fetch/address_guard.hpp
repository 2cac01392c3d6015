/// Which addresses are the Internet's: what a source says must not lead to the networks that we stand in
/// (server-side request forgery). Pure.
#pragma once

#include <span>
#include <string_view>

struct sockaddr;

namespace filmoteka::fetch {

/// By the IANA special-purpose registries (RFC 6890 and its updates): false for loopback, private,
/// link-local, shared, multicast, reserved and documentation ranges. An IPv4 address inside of an IPv6 one
/// (mapped, compatible, NAT64, 6to4) is judged as that; Teredo is not the Internet's. `bytes`: 4 or 16 of
/// them, in network order.
bool is_public_address(std::span<const unsigned char> bytes);
/// Of AF_INET and AF_INET6; anything else is not public.
bool is_public_address(const sockaddr& address);
/// "192.0.2.1", "2001:db8::1"; what is no address is not public.
bool is_public_address(std::string_view text);

}  // namespace filmoteka::fetch
