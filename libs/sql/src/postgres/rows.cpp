#include "encode.hpp"

#include <filmoteka/base/strings.hpp>
#include <filmoteka/sql/postgres/rows.hpp>

#include <libpq-fe.h>

#include <bit>
#include <stdexcept>

namespace filmoteka::sql::postgres {
namespace {

/// Numbers of the types that columns may have (pg_type.dat).
enum Column : unsigned {
  kBool = 16,
  kName = 19,
  kInt8 = 20,
  kInt2 = 21,
  kInt4 = 23,
  kText = 25,
  kJson = 114,
  kBytea = 17,
  kFloat4 = 700,
  kFloat8 = 701,
  kTextArray = 1009,
  kBpchar = 1042,
  kVarchar = 1043,
};

[[noreturn]] void wrong_type(const pg_result* result, int column, const char* wanted) {
  throw std::logic_error("column " + std::string(PQfname(result, column)) + " of type " +
                         std::to_string(PQftype(result, column)) + " was read as " + wanted);
}

}  // namespace

void Rows::Free::operator()(pg_result* result) const {
  PQclear(result);
}

Rows::Rows(pg_result* result) : result_(result) {}
Rows::Rows(Rows&&) noexcept = default;
Rows& Rows::operator=(Rows&&) noexcept = default;
Rows::~Rows() = default;

std::size_t Rows::size() const {
  return static_cast<std::size_t>(PQntuples(result_.get()));
}

std::int64_t Rows::affected() const {
  return parse_number<std::int64_t>(PQcmdTuples(result_.get())).value_or(0);
}

std::string_view Rows::command() const {
  return PQcmdStatus(result_.get());
}

bool Rows::is_null(std::size_t row, int column) const {
  if (row >= size() || column < 0 || column >= PQnfields(result_.get())) {
    throw std::logic_error("row " + std::to_string(row) + ", column " + std::to_string(column) +
                           " is not in the result of " + std::string(command()));
  }
  return PQgetisnull(result_.get(), static_cast<int>(row), column) != 0;
}

std::string_view Rows::bytes(std::size_t row, int column) const {
  const int index = static_cast<int>(row);
  return {PQgetvalue(result_.get(), index, column),
          static_cast<std::size_t>(PQgetlength(result_.get(), index, column))};
}

bool Rows::boolean(std::size_t row, int column) const {
  if (is_null(row, column)) return false;
  if (PQftype(result_.get(), column) != kBool) wrong_type(result_.get(), column, "a boolean");
  return bytes(row, column)[0] != 0;
}

std::int64_t Rows::integer(std::size_t row, int column) const {
  if (is_null(row, column)) return 0;
  const std::string_view value = bytes(row, column);
  switch (PQftype(result_.get(), column)) {
    case kInt8:
      return static_cast<std::int64_t>(read_big_endian<std::uint64_t>(value));
    case kInt4:
      return static_cast<std::int32_t>(read_big_endian<std::uint32_t>(value));
    case kInt2:
      return static_cast<std::int16_t>(read_big_endian<std::uint16_t>(value));
    default:
      wrong_type(result_.get(), column, "an integer");
  }
}

double Rows::real(std::size_t row, int column) const {
  if (is_null(row, column)) return 0;
  const std::string_view value = bytes(row, column);
  switch (PQftype(result_.get(), column)) {
    case kFloat8:
      return std::bit_cast<double>(read_big_endian<std::uint64_t>(value));
    case kFloat4:
      return std::bit_cast<float>(read_big_endian<std::uint32_t>(value));
    default:
      wrong_type(result_.get(), column, "a floating-point number");
  }
}

std::string_view Rows::text(std::size_t row, int column) const {
  if (is_null(row, column)) return {};
  switch (PQftype(result_.get(), column)) {
    case kText:
    case kVarchar:
    case kBpchar:
    case kName:
    case kJson:
    case kBytea:
      return bytes(row, column);
    default:
      wrong_type(result_.get(), column, "a text");
  }
}

std::vector<std::string> Rows::texts(std::size_t row, int column) const {
  std::vector<std::string> all;
  if (is_null(row, column)) return all;
  if (PQftype(result_.get(), column) != kTextArray) wrong_type(result_.get(), column, "an array of texts");
  std::string_view rest = bytes(row, column);
  if (read_big_endian<std::uint32_t>(rest) != 1) return all;  // dimensions: an empty array has none
  const auto size = read_big_endian<std::uint32_t>(rest.substr(12));
  rest.remove_prefix(20);
  all.reserve(size);
  for (std::uint32_t i = 0; i < size; ++i) {
    const auto length = static_cast<std::int32_t>(read_big_endian<std::uint32_t>(rest));
    rest.remove_prefix(4);
    const auto used = static_cast<std::size_t>(length < 0 ? 0 : length);
    all.emplace_back(rest.substr(0, used));
    rest.remove_prefix(used);
  }
  return all;
}

}  // namespace filmoteka::sql::postgres
