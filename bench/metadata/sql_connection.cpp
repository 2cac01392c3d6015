#include "sql_connection.hpp"

#include <stdexcept>

namespace filmoteka::bench {
namespace {

using Result = std::unique_ptr<PGresult, void (*)(PGresult*)>;

std::vector<const char*> pointers(const std::vector<std::string>& texts) {
  std::vector<const char*> result;
  for (const std::string& text : texts) result.push_back(text.c_str());
  return result;
}

}  // namespace

SqlConnection::SqlConnection(const std::string& url) : connection_(PQconnectdb(url.c_str()), PQfinish) {
  if (PQstatus(connection_.get()) != CONNECTION_OK) fail("connect");
  execute("SET client_min_messages = warning");
}

void SqlConnection::fail(const std::string& what) const {
  throw std::runtime_error(what + ": " + PQerrorMessage(connection_.get()));
}

Rows SqlConnection::rows_of(PGresult* result, const std::string& what) const {
  const ExecStatusType status = PQresultStatus(result);
  if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) fail(what);
  Rows rows;
  rows.values.resize(static_cast<std::size_t>(PQntuples(result)));
  for (int row = 0; row < PQntuples(result); ++row) {
    for (int field = 0; field < PQnfields(result); ++field) {
      rows.values[static_cast<std::size_t>(row)].emplace_back(
          PQgetvalue(result, row, field), static_cast<std::size_t>(PQgetlength(result, row, field)));
    }
  }
  return rows;
}

Rows SqlConnection::execute(const std::string& sql) {
  const Result result(PQexec(connection_.get(), sql.c_str()), PQclear);
  return rows_of(result.get(), sql);
}

std::string SqlConnection::prepared(const std::string& text) {
  const auto known = names_.find(text);
  if (known != names_.end()) return known->second;
  const std::string name = "s" + std::to_string(names_.size());
  const Result result(PQprepare(connection_.get(), name.c_str(), text.c_str(), 0, nullptr), PQclear);
  if (PQresultStatus(result.get()) != PGRES_COMMAND_OK) fail(text);
  names_.emplace(text, name);
  return name;
}

std::vector<Rows> SqlConnection::ask(const std::vector<Statement>& statements, bool binary) {
  std::vector<std::string> names;
  for (const Statement& statement : statements) names.push_back(prepared(statement.text));
  PGconn* connection = connection_.get();
  if (PQenterPipelineMode(connection) != 1) fail("pipeline");
  for (std::size_t i = 0; i < statements.size(); ++i) {
    const auto values = pointers(statements[i].parameters);
    if (PQsendQueryPrepared(connection, names[i].c_str(), static_cast<int>(values.size()), values.data(),
                            nullptr, nullptr, binary ? 1 : 0) != 1) {
      fail(statements[i].text);
    }
  }
  if (PQpipelineSync(connection) != 1) fail("sync");
  std::vector<Rows> answers;
  for (const Statement& statement : statements) {
    const Result result(PQgetResult(connection), PQclear);
    answers.push_back(rows_of(result.get(), statement.text));
    while (PGresult* rest = PQgetResult(connection)) PQclear(rest);
  }
  const Result sync(PQgetResult(connection), PQclear);
  if (PQresultStatus(sync.get()) != PGRES_PIPELINE_SYNC || PQexitPipelineMode(connection) != 1) fail("sync");
  return answers;
}

void SqlConnection::begin_copy(const std::string& sql) {
  const Result result(PQexec(connection_.get(), sql.c_str()), PQclear);
  if (PQresultStatus(result.get()) != PGRES_COPY_IN) fail(sql);
}

void SqlConnection::copy(const std::string& lines) {
  if (PQputCopyData(connection_.get(), lines.data(), static_cast<int>(lines.size())) != 1) fail("copy");
}

void SqlConnection::end_copy() {
  if (PQputCopyEnd(connection_.get(), nullptr) != 1) fail("copy");
  while (PGresult* raw = PQgetResult(connection_.get())) {
    const Result result(raw, PQclear);
    if (PQresultStatus(raw) != PGRES_COMMAND_OK) fail("copy");
  }
}

}  // namespace filmoteka::bench
