#include <gateway/core/limits/expense.hpp>
#include <gtest/gtest.h>

namespace filmoteka::gateway {
namespace {

TEST(Expense, SearchesFacetsAndDeepPagesAreExpensive) {
  for (const char* target : {"/movies?q=x", "/suggest?limit=5&q=", "/movies?genre=a&facets=genre,year",
                             "/movies?page=101", "/movies?page=18446744073709551615&per_page=1"}) {
    EXPECT_TRUE(is_expensive(target)) << target;
  }
  for (const char* target : {"/movies", "/movies?", "/movies/7", "/movies?page=100", "/movies?per_page=200",
                             "/genres", "/movies?sort=-views", "/movies?page=x", "/movies?genre=q%3D"}) {
    EXPECT_FALSE(is_expensive(target)) << target;
  }
}

}  // namespace
}  // namespace filmoteka::gateway
