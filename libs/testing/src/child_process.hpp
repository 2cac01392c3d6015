/// Programs that a test starts.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace filmoteka::testing {

struct User {
  uid_t uid;
  gid_t gid;
};
/// Who servers run as when the test is root: postgres, or nobody. nullopt when we are not root.
std::optional<User> unprivileged_user();

/// Starts a program with its output in `log`, as an unprivileged user if we are root; it gets `end_signal`
/// when the thread that started it ends.
pid_t start_unprivileged(const std::vector<std::string>& command, const std::filesystem::path& log,
                         int end_signal);
std::string read_text(const std::filesystem::path& file);

}  // namespace filmoteka::testing
