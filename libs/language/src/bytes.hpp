/// A view of numbers in read-only bytes, whatever their alignment.
#pragma once

#include <cstddef>
#include <cstring>
#include <span>

namespace filmoteka::language {

using Bytes = std::span<const std::byte>;

/// Views what its maker keeps. Indexes must be below size().
template <class T>
class Packed {
 public:
  Packed() = default;
  explicit Packed(Bytes bytes) : data_(bytes.data()), size_(bytes.size() / sizeof(T)) {}

  std::size_t size() const { return size_; }
  T operator[](std::size_t i) const {
    T value;
    std::memcpy(&value, data_ + i * sizeof(T), sizeof(T));
    return value;
  }

 private:
  const std::byte* data_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace filmoteka::language
