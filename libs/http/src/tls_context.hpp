/// What all TLS connections of a server have in common: the certificate, its key, and which protocol is
/// spoken.
#pragma once

#include <filmoteka/base/result.hpp>
#include <filmoteka/http/tls_files.hpp>

#include <chrono>
#include <memory>

struct ssl_ctx_st;

namespace filmoteka::http {

/// Immutable once made; OpenSSL counts its users, so that connections outlive its replacement.
using TlsContext = std::shared_ptr<ssl_ctx_st>;

/// TLS 1.2 and 1.3 with forward secrecy and authenticated ciphers only; ALPN "http/1.1" (RFC 7301). Reads the
/// files: not for an I/O thread that serves. kInvalidArgument says which file is wrong and how: missing, no
/// PEM, a key that does not belong to the certificate.
Result<TlsContext> make_tls_context(const TlsFiles& files);

/// When its certificate expires.
std::chrono::sys_seconds expiry_of(const TlsContext& context);

/// kInvalidArgument if its certificate has expired or is not valid yet.
Result<void> check_dates(const TlsContext& context);

}  // namespace filmoteka::http
