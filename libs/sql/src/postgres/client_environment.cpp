#include <filmoteka/sql/postgres/client_environment.hpp>

#include <libpq-fe.h>

#include <memory>

namespace filmoteka::sql::postgres {

Result<std::map<std::string, std::string>> client_environment(const std::string& url) {
  using Options = std::unique_ptr<PQconninfoOption, void (*)(PQconninfoOption*)>;
  char* message = nullptr;
  const Options options(PQconninfoParse(url.c_str(), &message), PQconninfoFree);
  PQfreemem(message);
  if (!options) {
    return invalid_argument(
        "The database URL cannot be understood; it looks like "
        "postgresql://user:password@host:5432/database.");
  }
  std::map<std::string, std::string> variables;
  for (const PQconninfoOption* option = options.get(); option->keyword != nullptr; ++option) {
    if (option->val != nullptr && option->envvar != nullptr) variables[option->envvar] = option->val;
  }
  return variables;
}

}  // namespace filmoteka::sql::postgres
