#include "encode.hpp"

#include <filmoteka/sql/postgres/parameters.hpp>

#include <bit>

namespace filmoteka::sql::postgres::detail {

void encode(std::string& out, bool value) {
  out += value ? '\1' : '\0';
}
void encode(std::string& out, std::int64_t value) {
  append_big_endian(out, static_cast<std::uint64_t>(value));
}
void encode(std::string& out, double value) {
  append_big_endian(out, std::bit_cast<std::uint64_t>(value));
}
void encode(std::string& out, std::string_view value) {
  out += value;
}

void encode_array_header(std::string& out, Type element, std::size_t size, bool has_nulls) {
  append_big_endian(out, std::uint32_t{size == 0 ? 0U : 1U});  // dimensions
  append_big_endian(out, std::uint32_t{has_nulls ? 1U : 0U});
  append_big_endian(out, static_cast<std::uint32_t>(element));
  if (size == 0) return;
  append_big_endian(out, static_cast<std::uint32_t>(size));
  append_big_endian(out, std::uint32_t{1});  // the first index
}

std::size_t begin_length(std::string& out) {
  out.append(4, '\0');
  return out.size();
}

void end_length(std::string& out, std::size_t position) {
  std::string length;
  append_big_endian(length, static_cast<std::uint32_t>(out.size() - position));
  out.replace(position - 4, 4, length);
}

void encode_null_length(std::string& out) {
  out.append(4, '\xFF');
}

}  // namespace filmoteka::sql::postgres::detail
