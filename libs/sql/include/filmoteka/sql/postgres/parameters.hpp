/// The values of a statement's parameters $1, $2, …, in PostgreSQL's binary format.
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <ranges>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace filmoteka::sql::postgres {

/// PostgreSQL's numbers of the types that parameters have (pg_type.dat).
enum class Type : std::uint32_t {
  kBool = 16,
  kInt8 = 20,
  kText = 25,
  kFloat8 = 701,
  kBoolArray = 1000,
  kTextArray = 1009,
  kInt8Array = 1016,
  kFloat8Array = 1022,
};

namespace detail {

template <class T>
struct Optional : std::false_type {
  using Value = T;
};
template <class T>
struct Optional<std::optional<T>> : std::true_type {
  using Value = T;
};

template <class T>
constexpr Type type_of() {
  using Value = typename Optional<T>::Value;
  if constexpr (std::same_as<Value, bool>)
    return Type::kBool;
  else if constexpr (std::integral<Value>)
    return Type::kInt8;
  else if constexpr (std::floating_point<Value>)
    return Type::kFloat8;
  else
    return Type::kText;
}

constexpr Type array_of(Type element) {
  switch (element) {
    case Type::kBool:
      return Type::kBoolArray;
    case Type::kInt8:
      return Type::kInt8Array;
    case Type::kFloat8:
      return Type::kFloat8Array;
    default:
      return Type::kTextArray;
  }
}

/// Append one value without its length.
void encode(std::string& out, bool value);
void encode(std::string& out, std::int64_t value);
void encode(std::string& out, double value);
void encode(std::string& out, std::string_view value);
void encode_array_header(std::string& out, Type element, std::size_t size, bool has_nulls);
/// Leaves room for a length, and fills it in once what it measures is there.
std::size_t begin_length(std::string& out);
void end_length(std::string& out, std::size_t position);
void encode_null_length(std::string& out);

}  // namespace detail

/// Values are copied. Integers travel as bigint, floating point as double precision, texts as text, vectors
/// and spans of these (or of optionals of these) as arrays; an empty optional is NULL.
class Parameters {
 public:
  template <class... Values>
  explicit Parameters(const Values&... values) {
    (add(values), ...);
  }

  template <class T>
  void add(const T& value) {
    if constexpr (detail::Optional<T>::value) {
      value ? add(*value) : add_null(detail::type_of<T>());
    } else if constexpr (std::ranges::range<T> && !std::convertible_to<const T&, std::string_view>) {
      add_array(value);
    } else {
      const std::size_t begin = bytes_.size();
      put(value);
      values_.push_back({detail::type_of<T>(), begin, static_cast<int>(bytes_.size() - begin)});
    }
  }

  struct Value {
    Type type;
    std::size_t offset;
    int length;  ///< -1: NULL
  };
  const std::vector<Value>& values() const { return values_; }
  const char* data() const { return bytes_.data(); }

 private:
  template <class T>
  void put(const T& value) {
    if constexpr (std::same_as<T, bool>)
      detail::encode(bytes_, value);
    else if constexpr (std::integral<T>)
      detail::encode(bytes_, static_cast<std::int64_t>(value));
    else if constexpr (std::floating_point<T>)
      detail::encode(bytes_, static_cast<double>(value));
    else
      detail::encode(bytes_, std::string_view(value));
  }

  template <class Range>
  void add_array(const Range& range) {
    using Element = std::ranges::range_value_t<Range>;
    const std::size_t begin = bytes_.size();
    detail::encode_array_header(bytes_, detail::type_of<Element>(), std::ranges::size(range),
                                detail::Optional<Element>::value);
    for (const Element& element : range) put_element(element);
    values_.push_back(
        {detail::array_of(detail::type_of<Element>()), begin, static_cast<int>(bytes_.size() - begin)});
  }

  template <class T>
  void put_element(const T& element) {
    if constexpr (detail::Optional<T>::value) {
      element ? put_element(*element) : detail::encode_null_length(bytes_);
    } else {
      const std::size_t length = detail::begin_length(bytes_);
      put(element);
      detail::end_length(bytes_, length);
    }
  }

  void add_null(Type type) { values_.push_back({type, 0, -1}); }

  std::string bytes_;
  std::vector<Value> values_;
};

/// Statements that go to the server in one round trip and come back together. `sql` is a text of the program:
/// it is prepared once on each connection and kept, so no values are written into it; it must live as long as
/// the program.
class Batch {
 public:
  template <class... Values>
  Batch& add(std::string_view sql, const Values&... values) {
    statements_.push_back({sql, Parameters(values...)});
    return *this;
  }
  Batch& add_statement(std::string_view sql, Parameters parameters) {
    statements_.push_back({sql, std::move(parameters)});
    return *this;
  }
  void add_first(std::string_view sql) { statements_.insert(statements_.begin(), {sql, Parameters()}); }

  struct Statement {
    std::string_view sql;
    Parameters parameters;
  };
  const std::vector<Statement>& statements() const { return statements_; }
  bool empty() const { return statements_.empty(); }

 private:
  std::vector<Statement> statements_;
};

}  // namespace filmoteka::sql::postgres
