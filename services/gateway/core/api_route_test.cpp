#include <gateway/core/api_route.hpp>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace filmoteka::gateway {
namespace {

constexpr std::string_view kParameters[] = {"page", "fields"};
constexpr ApiRoute kList{"/movies", kParameters};
constexpr ApiRoute kOne{"/movies/{id}"};

TEST(NormalTarget, IsPathAndQueryInNormalForm) {
  http::Request request;
  EXPECT_EQ(normal_target(kList, request).value(), "/movies");
  request.query = "fields=id,title&page=2";
  EXPECT_EQ(normal_target(kList, request).value(), "/movies?page=2&fields=id%2Ctitle");
}

TEST(NormalTarget, PutsAPathValueInEncoded) {
  const std::vector<std::string> values = {"7?include_inactive=true#"};
  http::Request request;
  request.path_values = values;
  EXPECT_EQ(normal_target(kOne, request).value(), "/movies/7%3Finclude_inactive%3Dtrue%23");
}

TEST(PublicLinks, ShowThePublicAddress) {
  EXPECT_EQ(public_links("</internal/v1/movies?page=2&fields=id,title>; rel=\"next\", "
                         "</internal/v1/movies?page=9>; rel=\"last\""),
            "</api/v1/movies?page=2&fields=id,title>; rel=\"next\", </api/v1/movies?page=9>; rel=\"last\"");
  EXPECT_EQ(public_links("<?page=2>; rel=\"next\""), "<?page=2>; rel=\"next\"");
}

TEST(PublicLinks, LeaveOutWhatIsNotOurs) {
  EXPECT_EQ(public_links(""), "");
  EXPECT_EQ(public_links("<http://10.0.0.1:8081/internal/v1/movies>; rel=\"next\""), "");
  EXPECT_EQ(public_links("<http://10.0.0.1/>; rel=\"x\", </internal/v1/genres>; rel=\"y\""),
            "</api/v1/genres>; rel=\"y\"");
}

}  // namespace
}  // namespace filmoteka::gateway
