/// A prepared statement: bind, step, read. Handed out by Database::prepare().
#pragma once

#include <filmoteka/base/result.hpp>

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

struct sqlite3_stmt;

namespace filmoteka::sql {

class StatementCache;

/// A lease of a cached statement: goes back, reset and unbound, when it is destroyed. Must not outlive its
/// Database; same thread rules.
class Statement {
 public:
  Statement(Statement&& other) noexcept;
  Statement& operator=(Statement&& other) noexcept;
  ~Statement();

  /// Binds values to ?1, ?2, …; std::nullopt and nullptr are NULL. Text is not copied: it must live until
  /// reset() or the end of the lease. A failure shows at the next step().
  template <class... Values>
  Statement& bind(const Values&... values) {
    int position = 0;
    (bind_value(++position, values), ...);
    return *this;
  }

  /// True: there is a row to read. False: the end.
  Result<bool> step();
  /// Steps to the end, drops the rows, and is ready to be bound again.
  Result<void> run();
  /// Ready to be bound again; bindings stay until they are replaced.
  void reset();

  /// The value of column `index` (from 0) of the current row. std::string_view is good until the next step or
  /// reset. NULL reads as 0 or "", except into std::optional.
  template <class T>
  T get(int index) const {
    if constexpr (is_optional<T>::value) {
      if (is_null(index)) return std::nullopt;
      return get<typename T::value_type>(index);
    } else if constexpr (std::same_as<T, bool>) {
      return integer(index) != 0;
    } else if constexpr (std::integral<T>) {
      return static_cast<T>(integer(index));
    } else if constexpr (std::floating_point<T>) {
      return static_cast<T>(real(index));
    } else {
      return T(text(index));
    }
  }
  bool is_null(int index) const;

 private:
  friend class StatementCache;
  template <class T>
  struct is_optional : std::false_type {};
  template <class T>
  struct is_optional<std::optional<T>> : std::true_type {};

  Statement(StatementCache& cache, sqlite3_stmt* statement) : cache_(&cache), statement_(statement) {}
  void give_back();

  template <class T>
  void bind_value(int position, const T& value) {
    if constexpr (is_optional<T>::value) {
      value ? bind_value(position, *value) : bind_null(position);
    } else if constexpr (std::same_as<T, std::nullptr_t> || std::same_as<T, std::nullopt_t>) {
      bind_null(position);
    } else if constexpr (std::integral<T>) {
      bind_integer(position, static_cast<std::int64_t>(value));
    } else if constexpr (std::floating_point<T>) {
      bind_real(position, static_cast<double>(value));
    } else {
      bind_text(position, std::string_view(value));
    }
  }
  void bind_null(int position);
  void bind_integer(int position, std::int64_t value);
  void bind_real(int position, double value);
  void bind_text(int position, std::string_view value);
  void note(int code);
  std::int64_t integer(int index) const;
  double real(int index) const;
  std::string_view text(int index) const;

  StatementCache* cache_ = nullptr;
  sqlite3_stmt* statement_ = nullptr;
  int bind_failure_ = 0;
};

}  // namespace filmoteka::sql
