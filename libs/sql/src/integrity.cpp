#include "raw_sqlite.hpp"
#include "sqlite_error.hpp"

#include <filmoteka/sql/integrity.hpp>

#include <string>

namespace filmoteka::sql {
namespace {

constexpr int kInstructionsBetweenLooks = 10'000;

int give_up_when_late(void* deadline) {
  return static_cast<const Deadline*>(deadline)->expired() ? 1 : 0;
}

int take_first(void* first, int, char** values, char**) {
  auto& text = *static_cast<std::string*>(first);
  if (text.empty() && values[0] != nullptr) text = values[0];
  return 0;
}

}  // namespace

Result<void> quick_check(const std::filesystem::path& file, bool immutable, Deadline deadline) {
  FILMOTEKA_TRY(const RawSqlite handle, open_raw(file, SQLITE_OPEN_READONLY, immutable));
  sqlite3_progress_handler(handle.get(), kInstructionsBetweenLooks, give_up_when_late, &deadline);
  std::string first;
  const int code = sqlite3_exec(handle.get(), "PRAGMA quick_check(1)", take_first, &first, nullptr);
  if ((code & 0xFF) == SQLITE_INTERRUPT)
    return deadline_exceeded("The check of " + file.string() + " took too long.");
  if (code != SQLITE_OK) return make_error(handle.get(), code, "quick_check");
  if (first != "ok") return corrupt("The database file is damaged: restore it from a backup.", first);
  return {};
}

}  // namespace filmoteka::sql
