/// A step of a schema. Not tied to a database.
#pragma once

#include <string_view>

namespace filmoteka::sql {

struct Migration {
  int version;            ///< 1, 2, 3, … without gaps
  std::string_view name;  ///< "0001_movies"
  std::string_view sql;
};

}  // namespace filmoteka::sql
