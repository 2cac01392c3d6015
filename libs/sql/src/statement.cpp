#include "sqlite_error.hpp"
#include "statement_cache.hpp"

#include <filmoteka/sql/statement.hpp>

#include <sqlite3.h>

#include <utility>

namespace filmoteka::sql {

Statement::Statement(Statement&& other) noexcept
    : cache_(other.cache_),
      statement_(std::exchange(other.statement_, nullptr)),
      bind_failure_(other.bind_failure_) {}

Statement& Statement::operator=(Statement&& other) noexcept {
  if (this != &other) {
    give_back();
    cache_ = other.cache_;
    statement_ = std::exchange(other.statement_, nullptr);
    bind_failure_ = other.bind_failure_;
  }
  return *this;
}

Statement::~Statement() {
  give_back();
}

void Statement::give_back() {
  if (statement_ != nullptr) cache_->give_back(std::exchange(statement_, nullptr));
}

Result<bool> Statement::step() {
  const int code = bind_failure_ != SQLITE_OK ? bind_failure_ : sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return make_error(cache_->connection(), code, sqlite3_sql(statement_));
}

Result<void> Statement::run() {
  for (;;) {
    const Result<bool> stepped = step();
    if (stepped.has_error()) {
      reset();
      return stepped.error();
    }
    if (!stepped.value()) break;
  }
  reset();
  return {};
}

void Statement::reset() {
  sqlite3_reset(statement_);
  bind_failure_ = SQLITE_OK;
}

void Statement::note(int code) {
  if (bind_failure_ == SQLITE_OK) bind_failure_ = code;
}

void Statement::bind_null(int position) {
  note(sqlite3_bind_null(statement_, position));
}
void Statement::bind_integer(int position, std::int64_t value) {
  note(sqlite3_bind_int64(statement_, position, value));
}
void Statement::bind_real(int position, double value) {
  note(sqlite3_bind_double(statement_, position, value));
}
void Statement::bind_text(int position, std::string_view value) {
  // A null pointer would bind NULL, but an empty view is an empty text.
  const char* data = value.data() != nullptr ? value.data() : "";
  note(sqlite3_bind_text64(statement_, position, data, value.size(), SQLITE_STATIC, SQLITE_UTF8));
}

bool Statement::is_null(int index) const {
  return sqlite3_column_type(statement_, index) == SQLITE_NULL;
}
std::int64_t Statement::integer(int index) const {
  return sqlite3_column_int64(statement_, index);
}
double Statement::real(int index) const {
  return sqlite3_column_double(statement_, index);
}
std::string_view Statement::text(int index) const {
  const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(statement_, index));
  if (data == nullptr) return {};
  return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, index))};
}

}  // namespace filmoteka::sql
