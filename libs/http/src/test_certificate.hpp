/// For tests: certificates made on the spot. (Its source is named like a test, so that it is linked into the
/// test program only.)
#pragma once

#include <filmoteka/http/tls_files.hpp>

#include <filesystem>

namespace filmoteka::http {

/// Writes NAME.pem and NAME.key into `folder`: self-signed, for "localhost", valid from 100 days ago until
/// `days` from now (negative: it has expired).
TlsFiles write_certificate(const std::filesystem::path& folder, const std::string& name, int days = 30);

}  // namespace filmoteka::http
