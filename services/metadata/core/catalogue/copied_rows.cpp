#include <metadata/core/catalogue/copied_rows.hpp>

namespace filmoteka::metadata {

std::vector<Row> CopiedRows::others(std::size_t size) const {
  std::vector<Row> rows;
  Row next = 0;
  for (const Row copy : become) {
    if (copy == kLeftOut) continue;
    for (; next < copy; ++next) rows.push_back(next);
    next = copy + 1;
  }
  for (; next < size; ++next) rows.push_back(next);
  return rows;
}

}  // namespace filmoteka::metadata
