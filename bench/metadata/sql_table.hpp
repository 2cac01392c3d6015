/// The films in a table as one would make it for these questions: typed columns, dictionaries for genres and
/// sources, an index for each.
#pragma once

#include "measure.hpp"
#include "sql_connection.hpp"

#include <filmoteka/domain/movie.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace filmoteka::bench {

/// Names as small numbers, the same in every process: the order of first use.
class Dictionary {
 public:
  int number(std::string_view name) {
    return numbers_.try_emplace(std::string(name), static_cast<int>(numbers_.size()) + 1).first->second;
  }

 private:
  std::map<std::string, int, std::less<>> numbers_;
};

class SqlTable {
 public:
  /// Makes the table, copies `films` films into it, makes the indexes, ANALYZE, VACUUM.
  void load(SqlConnection& connection, std::int64_t films, const Report& report);
  /// A line of COPY, with '\n'.
  void append_line(std::string& lines, const domain::Movie& movie);
  int genre(std::string_view name) { return genres_.number(name); }

  static std::string_view columns();

 private:
  Dictionary genres_;
  Dictionary sources_;
};

}  // namespace filmoteka::bench
