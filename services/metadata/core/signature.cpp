#include <metadata/core/signature.hpp>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <stdexcept>

namespace filmoteka::metadata {

std::string sign(std::string_view text, std::string_view key) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  const unsigned char* done =
      HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
           reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data(), &size);
  if (done == nullptr || size < kSignatureSize)
    throw std::runtime_error("OpenSSL could not compute HMAC-SHA256.");
  return {reinterpret_cast<const char*>(digest.data()), kSignatureSize};
}

std::string digest(std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
  unsigned size = 0;
  if (EVP_Digest(text.data(), text.size(), bytes.data(), &size, EVP_sha256(), nullptr) != 1) {
    throw std::runtime_error("OpenSSL could not compute SHA-256.");
  }
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string hex;
  for (unsigned i = 0; i < size; ++i) {
    hex += kDigits[bytes[i] >> 4U];
    hex += kDigits[bytes[i] & 15U];
  }
  return hex;
}

bool is_signed(std::string_view text, std::string_view signature, std::string_view key) {
  if (signature.size() != kSignatureSize) return false;
  const std::string expected = sign(text, key);
  return CRYPTO_memcmp(expected.data(), signature.data(), kSignatureSize) == 0;
}

}  // namespace filmoteka::metadata
