/// Which certificate a server shows.
#pragma once

#include <filesystem>

namespace filmoteka::http {

/// PEM files. Without a certificate the server speaks plain text.
struct TlsFiles {
  std::filesystem::path certificate;  ///< the server's own first, then what leads to the root
  std::filesystem::path key;          ///< of the first certificate, without a password
};

}  // namespace filmoteka::http
