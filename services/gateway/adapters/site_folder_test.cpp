#include <filmoteka/testing/temporary_folder.hpp>

#include <gateway/adapters/site_folder.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

namespace filmoteka::gateway {
namespace {

namespace fs = std::filesystem;
using ::testing::UnorderedElementsAre;

TEST(ReadSite, TakesRegularFilesWithTheirPaths) {
  const testing::TemporaryFolder folder;
  fs::create_directories(folder / "web/assets/fonts");
  fs::create_directories(folder / "web/.git");
  folder.write("web/index.html", "<!doctype html>");
  folder.write("web/assets/fonts/a.woff2", std::string("\0\xff", 2));
  folder.write("web/.env", "secret");
  folder.write("web/.git/config", "secret");
  folder.write("outside.txt", "secret");
  fs::create_symlink(folder / "outside.txt", folder / "web/inside.txt");
  const auto files = read_site(folder / "web");
  ASSERT_TRUE(files.has_value());
  std::vector<std::string> paths;
  for (const SiteFile& file : *files) {
    paths.push_back(file.path);
    if (file.path == "/assets/fonts/a.woff2") {
      EXPECT_EQ(file.content, std::string("\0\xff", 2));
    }
  }
  EXPECT_THAT(paths, UnorderedElementsAre("/index.html", "/assets/fonts/a.woff2"));
}

TEST(ReadSite, SaysWhichFolderItCouldNotRead) {
  const auto files = read_site("/nonexistent/web");
  ASSERT_TRUE(files.has_error());
  EXPECT_EQ(files.error().code, ErrorCode::kUnavailable);
  EXPECT_NE(files.error().detail.find("/nonexistent/web"), std::string::npos);
}

TEST(FindSite, LooksBesideTheProgramAndInItsCheckout) {
  const testing::TemporaryFolder folder;
  fs::create_directories(folder / "build/release/bin");
  fs::create_directories(folder / "web/dist");
  const fs::path program = folder.write("build/release/bin/filmoteka-gateway", "");
  EXPECT_EQ(find_site(program), fs::path());
  folder.write("web/dist/index.html", "");
  EXPECT_EQ(find_site(program), folder / "web/dist");
  fs::create_directories(folder / "build/release/share/filmoteka/web");
  folder.write("build/release/share/filmoteka/web/index.html", "");
  EXPECT_EQ(find_site(program), folder / "build/release/share/filmoteka/web");
}

}  // namespace
}  // namespace filmoteka::gateway
