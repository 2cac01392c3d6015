#include <filmoteka/kit/data_folder.hpp>
#include <filmoteka/testing/temporary_folder.hpp>

#include <gmock/gmock.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

namespace filmoteka::kit {
namespace {

using filmoteka::testing::TemporaryFolder;
using ::testing::HasSubstr;

const Addresses kAddresses{0, "http://127.0.0.1:8080", "http://127.0.0.1:8081", ""};

TEST(DataFolder, is_made_for_its_owner_only) {
  const TemporaryFolder temporary;
  const auto path = temporary / "deep" / "data";
  const auto folder = DataFolder::open(path);
  ASSERT_TRUE(folder.has_value());
  struct stat status {};
  ASSERT_EQ(::stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0700U);
}

TEST(DataFolder, has_one_holder_at_a_time) {
  const TemporaryFolder temporary;
  {
    const auto first = DataFolder::open(temporary.path());
    ASSERT_TRUE(first.has_value());
    const auto second = DataFolder::open(temporary.path());
    ASSERT_TRUE(second.has_error());
    EXPECT_EQ(second.error().code, ErrorCode::kConflict);
    EXPECT_THAT(second.error().message, HasSubstr("process " + std::to_string(::getpid())));
  }
  EXPECT_TRUE(DataFolder::open(temporary.path()).has_value());
}

TEST(DataFolder, others_find_its_addresses_while_it_is_held) {
  const TemporaryFolder temporary;
  EXPECT_EQ(DataFolder::find_holder(temporary / "nothing").value(), std::nullopt);
  {
    auto folder = DataFolder::open(temporary.path());
    EXPECT_EQ(DataFolder::find_holder(temporary.path()).error().code, ErrorCode::kUnavailable);
    ASSERT_TRUE(folder->publish(kAddresses).has_value());
    DataFolder moved = std::move(*folder);
    Addresses expected = kAddresses;
    expected.pid = ::getpid();
    EXPECT_EQ(DataFolder::find_holder(temporary.path()).value(), expected);
  }
  EXPECT_EQ(DataFolder::find_holder(temporary.path()).value(), std::nullopt);
  EXPECT_FALSE(std::filesystem::exists(temporary / "addresses.json"));
}

TEST(DataFolder, what_a_killed_process_leaves_behind_is_nobodys) {
  const TemporaryFolder temporary;
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    auto folder = DataFolder::open(temporary.path());
    const bool published = folder.has_value() && folder->publish(kAddresses).has_value();
    ::_exit(published ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_EQ(status, 0);
  EXPECT_TRUE(std::filesystem::exists(temporary / "addresses.json"));
  EXPECT_EQ(DataFolder::find_holder(temporary.path()).value(), std::nullopt);
  const auto folder = DataFolder::open(temporary.path());
  EXPECT_TRUE(folder.has_value());
  EXPECT_FALSE(std::filesystem::exists(temporary / "addresses.json"));
}

TEST(DataFolder, garbage_in_the_addresses_is_no_answer) {
  const TemporaryFolder temporary;
  const auto folder = DataFolder::open(temporary.path());
  for (const auto* text : {"", "{", "[]", "{\"pid\":\"x\"}", "null"}) {
    temporary.write("addresses.json", text);
    EXPECT_EQ(DataFolder::find_holder(temporary.path()).error().code, ErrorCode::kUnavailable) << text;
  }
}

TEST(DataFolder, says_why_it_cannot_be_opened) {
  const TemporaryFolder temporary;
  const auto file = temporary.write("file", "x");
  const auto opened = DataFolder::open(file / "data");
  ASSERT_TRUE(opened.has_error());
  EXPECT_THAT(opened.error().message, HasSubstr("Not a directory"));
  EXPECT_THAT(opened.error().message, HasSubstr("--data"));
}

}  // namespace
}  // namespace filmoteka::kit
