#include "tls_context.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

#include <ctime>
#include <string>

namespace filmoteka::http {
namespace {

constexpr const char* kCiphers = "ECDHE+AESGCM:ECDHE+CHACHA20";  // of TLS 1.2; those of 1.3 are all fit
constexpr unsigned char kProtocol[] = "\x08http/1.1";

Error wrong(const std::filesystem::path& file, const char* what) {
  const unsigned long code = ERR_peek_last_error();
  const char* reason = code == 0 ? nullptr : ERR_reason_error_string(code);
  ERR_clear_error();
  return invalid_argument(file.string() + " " + what +
                          (reason == nullptr ? "." : std::string(": ") + reason + "."));
}

/// A key with a password would make OpenSSL ask for it on the terminal.
int no_password(char*, int, int, void*) {
  return 0;
}

/// A client that speaks none of what we do is told so; one without ALPN gets HTTP/1.1.
int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* length, const unsigned char* offered,
                    unsigned int offered_length, void*) {
  unsigned char* found = nullptr;
  const int outcome =
      SSL_select_next_proto(&found, length, kProtocol, sizeof kProtocol - 1, offered, offered_length);
  if (outcome != OPENSSL_NPN_NEGOTIATED) return SSL_TLSEXT_ERR_ALERT_FATAL;
  *chosen = found;
  return SSL_TLSEXT_ERR_OK;
}

void configure(SSL_CTX* context) {
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  SSL_CTX_set_cipher_list(context, kCiphers);
  SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION |
                                   SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA);
  // Idle connections keep no buffers; a record is written from wherever its bytes are at the next try.
  SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                                SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);  // clients keep tickets
  SSL_CTX_set_alpn_select_cb(context, choose_protocol, nullptr);
  SSL_CTX_set_default_passwd_cb(context, no_password);
}

}  // namespace

Result<TlsContext> make_tls_context(const TlsFiles& files) {
  ERR_clear_error();
  const TlsContext context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
  if (!context) return internal("OpenSSL cannot make a context");
  configure(context.get());
  if (SSL_CTX_use_certificate_chain_file(context.get(), files.certificate.c_str()) != 1) {
    return wrong(files.certificate, "is no certificate in PEM");
  }
  if (SSL_CTX_use_PrivateKey_file(context.get(), files.key.c_str(), SSL_FILETYPE_PEM) != 1) {
    return wrong(files.key, "is no key in PEM that belongs to the certificate");
  }
  if (SSL_CTX_check_private_key(context.get()) != 1) {
    return wrong(files.key, "does not belong to the certificate");
  }
  return context;
}

std::chrono::sys_seconds expiry_of(const TlsContext& context) {
  std::tm date{};
  ASN1_TIME_to_tm(X509_get0_notAfter(SSL_CTX_get0_certificate(context.get())), &date);
  return std::chrono::sys_seconds(std::chrono::seconds(::timegm(&date)));
}

Result<void> check_dates(const TlsContext& context) {
  const X509* certificate = SSL_CTX_get0_certificate(context.get());
  if (X509_cmp_current_time(X509_get0_notAfter(certificate)) <= 0) {
    return invalid_argument("The certificate has expired.");
  }
  if (X509_cmp_current_time(X509_get0_notBefore(certificate)) >= 0) {
    return invalid_argument("The certificate is not valid yet.");
  }
  return {};
}

}  // namespace filmoteka::http
