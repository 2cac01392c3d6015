/// Result<T>: a value or an Error. The input's faults are returned this way; only defects and exhausted
/// resources of the process throw.
#pragma once

#include <filmoteka/base/error.hpp>

#include <boost/system/result.hpp>

namespace filmoteka {

template <class T = void>
using Result = boost::system::result<T, Error>;

}  // namespace filmoteka

/// Propagates a failure: FILMOTEKA_TRY(auto page, parse(text)); FILMOTEKA_CHECK(store.open());
/// In a coroutine the same with FILMOTEKA_CO_TRY and FILMOTEKA_CO_CHECK. `Result<T>` must be movable.
#define FILMOTEKA_CONCAT_INNER(a, b) a##b
#define FILMOTEKA_CONCAT(a, b) FILMOTEKA_CONCAT_INNER(a, b)
#define FILMOTEKA_TRY_IMPL(name, declaration, expression, keyword) \
  auto name = (expression);                                        \
  if (name.has_error()) keyword std::move(name).error();           \
  declaration = std::move(name).value()
#define FILMOTEKA_TRY(declaration, ...) \
  FILMOTEKA_TRY_IMPL(FILMOTEKA_CONCAT(filmoteka_try_, __LINE__), declaration, (__VA_ARGS__), return )
#define FILMOTEKA_CO_TRY(declaration, ...) \
  FILMOTEKA_TRY_IMPL(FILMOTEKA_CONCAT(filmoteka_try_, __LINE__), declaration, (__VA_ARGS__), co_return )
#define FILMOTEKA_CHECK_IMPL(name, expression, keyword)    \
  do {                                                     \
    auto name = (expression);                              \
    if (name.has_error()) keyword std::move(name).error(); \
  } while (false)
#define FILMOTEKA_CHECK(...) \
  FILMOTEKA_CHECK_IMPL(FILMOTEKA_CONCAT(filmoteka_check_, __LINE__), (__VA_ARGS__), return )
#define FILMOTEKA_CO_CHECK(...) \
  FILMOTEKA_CHECK_IMPL(FILMOTEKA_CONCAT(filmoteka_check_, __LINE__), (__VA_ARGS__), co_return )
