#include <filmoteka/commands/doctor/checks.hpp>
#include <filmoteka/commands/doctor/judge.hpp>

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <cstdio>
#include <filesystem>
#include <memory>

namespace filmoteka::app::doctor {
namespace {

using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;
using Certificate = std::unique_ptr<X509, void (*)(X509*)>;
using Key = std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)>;

/// Instead of asking on the terminal.
int no_password(char*, int, int, void*) {
  return 0;
}

Certificate read_certificate(const std::filesystem::path& path) {
  const File file(std::fopen(path.c_str(), "re"), std::fclose);
  return {file ? PEM_read_X509(file.get(), nullptr, no_password, nullptr) : nullptr, X509_free};
}

Key read_key(const std::filesystem::path& path) {
  const File file(std::fopen(path.c_str(), "re"), std::fclose);
  return {file ? PEM_read_PrivateKey(file.get(), nullptr, no_password, nullptr) : nullptr, EVP_PKEY_free};
}

std::int64_t seconds_until(const ASN1_TIME* end) {
  constexpr std::int64_t kDay = 86'400;
  int days = 0;
  int seconds = 0;
  if (ASN1_TIME_diff(&days, &seconds, nullptr, end) != 1) return 0;
  return days * kDay + seconds;
}

}  // namespace

Findings check_certificate(const Subject& subject) {
  const http::TlsFiles& files = subject.settings.gateway.server.tls;
  if (files.certificate.empty()) return {};
  const Certificate certificate = read_certificate(files.certificate);
  const Key key = read_key(files.key);
  ERR_clear_error();
  if (!certificate)
    return {
        wrong("certificate", files.certificate.string() + " cannot be read as PEM: check path and owner")};
  if (!key)
    return {wrong("certificate", files.key.string() + " cannot be read as a key (PEM, without a password)")};
  CertificateFacts facts;
  facts.file = files.certificate.string();
  facts.fits_key = X509_check_private_key(certificate.get(), key.get()) == 1;
  ERR_clear_error();
  facts.seconds_left = seconds_until(X509_get0_notAfter(certificate.get()));
  return {judge_certificate(facts)};
}

}  // namespace filmoteka::app::doctor
