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

bool is_signed(std::string_view text, std::string_view signature, std::string_view key) {
  if (signature.size() != kSignatureSize) return false;
  const std::string expected = sign(text, key);
  return CRYPTO_memcmp(expected.data(), signature.data(), kSignatureSize) == 0;
}

}  // namespace filmoteka::metadata
