/// Reads the built web app from a folder.
#pragma once

#include <filmoteka/base/result.hpp>

#include <gateway/core/site/site.hpp>

#include <filesystem>
#include <optional>
#include <vector>

namespace filmoteka::gateway {

/// All regular files below `folder`, with their paths in it. Symbolic links and hidden files are left out.
/// kUnavailable: it cannot be read, or holds more than 256 MiB, which is no web app.
Result<std::vector<SiteFile>> read_site(const std::filesystem::path& folder);

/// Where the web app is when no setting says it: share/filmoteka/web beside the program's folder, or web/dist
/// of the checkout that the program was built in. Empty if there is none.
std::filesystem::path find_site(const std::filesystem::path& program);

}  // namespace filmoteka::gateway
