/// A plain connection to PostgreSQL: prepared statements, pipelined when there are several, binary results.
#pragma once

#include <libpq-fe.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace filmoteka::bench {

struct Statement {
  std::string text;
  std::vector<std::string> parameters;  ///< as text
};

struct Rows {
  std::vector<std::vector<std::string>> values;  ///< as the server sent them; NULL is ""
};

/// One thread. Everything throws std::runtime_error with the server's message.
class SqlConnection {
 public:
  explicit SqlConnection(const std::string& url);

  /// Not prepared; text results.
  Rows execute(const std::string& sql);
  /// Prepared at their first use. One answer a statement. `binary`: as an application would take it.
  std::vector<Rows> ask(const std::vector<Statement>& statements, bool binary = true);
  /// `COPY … FROM STDIN` in text format.
  void begin_copy(const std::string& sql);
  void copy(const std::string& lines);
  void end_copy();
  int server_pid() const { return PQbackendPID(connection_.get()); }

 private:
  std::string prepared(const std::string& text);
  [[noreturn]] void fail(const std::string& what) const;
  Rows rows_of(PGresult* result, const std::string& what) const;

  std::unique_ptr<PGconn, void (*)(PGconn*)> connection_;
  std::map<std::string, std::string> names_;
};

}  // namespace filmoteka::bench
