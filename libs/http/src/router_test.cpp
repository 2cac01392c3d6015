#include <filmoteka/http/router.hpp>

#include <gtest/gtest.h>

namespace filmoteka::http {
namespace {

Task<Response> answer(const Request&) {
  co_return Response{};
}

Router sample() {
  Router router;
  router.add(Method::kGet, "/movies", answer);
  router.add(Method::kPost, "/movies", answer);
  router.add(Method::kGet, "/movies/{id}", answer);
  router.add(Method::kGet, "/movies/top", answer);
  router.add(Method::kPost, "/movies:batch", answer);
  router.add(Method::kGet, "/movies/{id}/similar", answer);
  router.add(Method::kGet, "/files/{path...}", answer);
  router.add(Method::kDelete, "/movies/{id}", answer);
  return router;
}

std::string allow_of(const Router::Match& match) {
  const std::string* allow = match.error->header("Allow");
  return allow == nullptr ? "" : *allow;
}

TEST(Router, finds_the_most_specific_route) {
  const Router router = sample();
  EXPECT_EQ(router.match(Method::kGet, "/movies", "").pattern, "/movies");
  EXPECT_EQ(router.match(Method::kGet, "/movies/top", "").pattern, "/movies/top");
  EXPECT_EQ(router.match(Method::kGet, "/movies/t%6Fp", "").pattern, "/movies/top");
  EXPECT_EQ(router.match(Method::kGet, "/movies/topp", "").pattern, "/movies/{id}");
  EXPECT_EQ(router.match(Method::kGet, "/movies/top/similar", "").pattern, "/movies/{id}/similar");
  EXPECT_EQ(router.match(Method::kPost, "/movies:batch", "").pattern, "/movies:batch");
  EXPECT_NE(router.match(Method::kPost, "/movies:batch", "").handler, nullptr);
}

TEST(Router, hands_out_decoded_values) {
  const Router router = sample();
  EXPECT_EQ(router.match(Method::kGet, "/movies/%D0%96+x", "").path_values, std::vector<std::string>{"Ж+x"});
  EXPECT_EQ(router.match(Method::kGet, "/files/a/b%20c", "").path_values, std::vector<std::string>{"a/b c"});
  EXPECT_EQ(router.match(Method::kGet, "/files/", "").path_values, std::vector<std::string>{""});
}

TEST(Router, tells_unknown_paths_from_unknown_methods) {
  const Router router = sample();
  for (const char* path :
       {"/", "/movie", "/movies/", "/movies/1/", "/movies/1/similar/2", "/files", "/MOVIES"}) {
    EXPECT_EQ(router.match(Method::kGet, path, "").error->status, 404) << path;
    EXPECT_EQ(router.match(Method::kGet, path, "").index, 0U) << path;
  }
  const auto wrong = router.match(Method::kPut, "/movies/1", "");
  EXPECT_EQ(wrong.error->status, 405);
  EXPECT_EQ(wrong.pattern, "/movies/{id}");
  EXPECT_EQ(allow_of(wrong), "GET, HEAD, DELETE, OPTIONS");
  EXPECT_EQ(allow_of(router.match(Method::kOther, "/movies", "")), "GET, HEAD, POST, OPTIONS");
}

TEST(Router, answers_options_and_leads_head_to_get) {
  const Router router = sample();
  const auto options = router.match(Method::kOptions, "/movies:batch", "");
  EXPECT_EQ(options.error->status, 204);
  EXPECT_EQ(allow_of(options), "POST, OPTIONS");
  EXPECT_EQ(router.match(Method::kOptions, "*", "").error->status, 204);
  EXPECT_NE(router.match(Method::kHead, "/movies", "").handler, nullptr);
  EXPECT_EQ(router.match(Method::kHead, "/movies:batch", "").error->status, 405);
}

TEST(Router, refuses_paths_that_mean_different_things_to_different_readers) {
  const Router router = sample();
  for (const char* path :
       {"/movies/a%2Fb", "/movies/%00", "/movies/%FF", "/movies/%D0", "/movies/%", "/movies/%4",
        "/movies/%zz", "/files/../etc/passwd", "/files/%2e%2E/x", "/files/./x", "*", ""}) {
    EXPECT_EQ(router.match(Method::kGet, path, "").error->status, 400) << path;
  }
}

TEST(Router, gives_reading_of_unknown_paths_to_the_fallback) {
  Router router = sample();
  router.set_fallback(answer);
  EXPECT_NE(router.match(Method::kGet, "/film/7", "").handler, nullptr);
  EXPECT_NE(router.match(Method::kHead, "/film/7", "").handler, nullptr);
  EXPECT_EQ(router.match(Method::kPost, "/film/7", "").error->status, 404);
  EXPECT_EQ(router.match(Method::kGet, "/%FF", "").error->status, 400);
  EXPECT_EQ(router.match(Method::kPut, "/movies", "").error->status, 405);
}

TEST(Router, numbers_its_patterns) {
  const Router router = sample();
  EXPECT_EQ(router.size(), 6U);
  EXPECT_EQ(router.match(Method::kGet, "/movies", "").index, 1U);
  EXPECT_EQ(router.match(Method::kGet, "/movies/9", "").index, 2U);
  EXPECT_EQ(router.match(Method::kGet, "/files/9", "").index, 6U);
}

TEST(Router, leaves_everything_to_a_catch_all) {
  Router router = sample();
  router.set_catch_all(answer);
  for (const Method method : {Method::kGet, Method::kDelete, Method::kOther}) {
    for (const char* path : {"/movies", "/a/../b", "/%2F", "/%zz"}) {
      EXPECT_NE(router.match(method, path, "").handler, nullptr) << path;
    }
  }
}

TEST(Router, does_not_take_a_route_twice_or_a_broken_pattern) {
  Router router = sample();
  EXPECT_THROW(router.add(Method::kGet, "/movies", answer), std::logic_error);
  EXPECT_THROW(router.add(Method::kGet, "movies", answer), std::logic_error);
  EXPECT_THROW(router.add(Method::kGet, "/a/{rest...}/b", answer), std::logic_error);
}

}  // namespace
}  // namespace filmoteka::http
