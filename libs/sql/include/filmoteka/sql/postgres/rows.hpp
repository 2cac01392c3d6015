/// What a statement returned.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct pg_result;

namespace filmoteka::sql::postgres {

/// The rows of one statement, all in memory, in binary format. Movable; texts live as long as it does.
class Rows {
 public:
  /// Takes the result over.
  explicit Rows(pg_result* result);
  Rows(Rows&&) noexcept;
  Rows& operator=(Rows&&) noexcept;
  ~Rows();

  std::size_t size() const;
  bool empty() const { return size() == 0; }
  /// Rows that an INSERT, UPDATE or DELETE touched.
  std::int64_t affected() const;
  /// "COMMIT", "INSERT 0 3".
  std::string_view command() const;

  bool is_null(std::size_t row, int column) const;
  /// Integers read smallint, integer and bigint; doubles read real and double precision; texts read text,
  /// varchar, name, json; a vector of texts reads text[]. NULL reads as 0, "" or an empty vector, except into
  /// std::optional. Another type of column, or a row or column that is not there: std::logic_error, for it is
  /// a defect of the program.
  template <class T>
  T get(std::size_t row, int column) const {
    if constexpr (is_optional<T>::value) {
      if (is_null(row, column)) return std::nullopt;
      return get<typename T::value_type>(row, column);
    } else if constexpr (std::same_as<T, bool>) {
      return boolean(row, column);
    } else if constexpr (std::integral<T>) {
      return static_cast<T>(integer(row, column));
    } else if constexpr (std::floating_point<T>) {
      return static_cast<T>(real(row, column));
    } else if constexpr (std::same_as<T, std::vector<std::string>>) {
      return texts(row, column);
    } else {
      return T(text(row, column));
    }
  }

 private:
  template <class T>
  struct is_optional : std::false_type {};
  template <class T>
  struct is_optional<std::optional<T>> : std::true_type {};

  std::string_view bytes(std::size_t row, int column) const;
  bool boolean(std::size_t row, int column) const;
  std::int64_t integer(std::size_t row, int column) const;
  double real(std::size_t row, int column) const;
  std::string_view text(std::size_t row, int column) const;
  std::vector<std::string> texts(std::size_t row, int column) const;

  struct Free {
    void operator()(pg_result* result) const;
  };
  std::unique_ptr<pg_result, Free> result_;
};

}  // namespace filmoteka::sql::postgres
