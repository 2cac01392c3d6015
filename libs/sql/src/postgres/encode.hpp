/// PostgreSQL's binary format of integers: big-endian.
#pragma once

#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>

namespace filmoteka::sql::postgres {

template <std::unsigned_integral T>
void append_big_endian(std::string& out, T value) {
  for (int shift = static_cast<int>(sizeof(T)) * 8 - 8; shift >= 0; shift -= 8) {
    out += static_cast<char>((value >> shift) & 0xFF);
  }
}

/// The first bytes of `bytes`, of which there are enough.
template <std::unsigned_integral T>
T read_big_endian(std::string_view bytes) {
  T value = 0;
  for (std::size_t i = 0; i < sizeof(T); ++i) {
    value = static_cast<T>((value << 8) | static_cast<unsigned char>(bytes[i]));
  }
  return value;
}

}  // namespace filmoteka::sql::postgres
