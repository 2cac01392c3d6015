#include <gtest/gtest.h>
#include <metadata/handlers/answers.hpp>

#include <vector>

namespace filmoteka::metadata {
namespace {

void fill(Catalogue& catalogue) {
  domain::Movie movie;
  movie.id = 1;
  movie.revision = 1;
  movie.facts.title = "Film";
  movie.local_views = 3;
  catalogue.apply(std::vector<Change>{{1, 1, movie}});
}

TEST(Etags, of_views_say_that_views_have_changed) {
  Catalogue catalogue;
  fill(catalogue);
  const auto snapshot = catalogue.snapshot();
  const std::string before = etag_with_views(*snapshot);
  EXPECT_EQ(etag_with_views(*snapshot), before);
  catalogue.set_views(std::vector<FilmViews>{{1, 4}});
  EXPECT_NE(etag_with_views(*snapshot), before);
}

// After a restart other films may have the same views in sum.
TEST(Etags, of_views_are_never_those_of_another_process) {
  Catalogue one;
  Catalogue other;
  fill(one);
  fill(other);
  EXPECT_EQ(etag_of(*one.snapshot()), etag_of(*other.snapshot()));
  EXPECT_NE(etag_with_views(*one.snapshot()), etag_with_views(*other.snapshot()));
}

}  // namespace
}  // namespace filmoteka::metadata
