#include <filmoteka/testing/temporary_folder.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <scraper/adapters/registry/registry.hpp>

namespace filmoteka::scraper {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class RegistryTest : public ::testing::Test {
 protected:
  void write(const std::string& file, const std::string& text) { folder_.write(file, text); }
  void write_source(const std::string& name, const std::string& title = "T") {
    write(name + ".yaml",
          "name: " + name + "\ntitle: " + title +
              "\nkind: file\nfile: {path: data.csv, format: csv, fields: {title: t, source_id: i}}\n");
  }

  testing::TemporaryFolder folder_;
};

TEST_F(RegistryTest, loads_what_is_good_and_says_what_is_not) {
  write_source("b");
  write_source("a");
  write("c.yaml", "name: c\n");
  write("notes.txt", "not a source");
  const auto registry = load_sources(folder_.path());
  ASSERT_TRUE(registry.has_value());
  ASSERT_EQ(registry->sources.size(), 2U);
  EXPECT_EQ(registry->sources[0].definition.name, "a");
  EXPECT_EQ(registry->sources[0].file(), folder_.path() / "data.csv");
  ASSERT_EQ(registry->faults.size(), 1U);
  EXPECT_THAT(registry->faults[0].message, HasSubstr("c.yaml: title"));
  EXPECT_TRUE(load_sources(folder_.path() / "nowhere").has_error());
}

TEST_F(RegistryTest, tells_what_was_added_changed_and_removed) {
  write_source("a");
  write_source("b");
  write_source("c");
  const auto before = load_sources(folder_.path());
  ASSERT_TRUE(before.has_value());
  const auto same = reload_sources(*before);
  ASSERT_TRUE(same.has_value());
  EXPECT_FALSE(same->differs());

  write_source("b", "Another");
  write_source("d");
  std::filesystem::remove(folder_.path() / "c.yaml");
  const auto reload = reload_sources(*before);
  ASSERT_TRUE(reload.has_value());
  EXPECT_THAT(reload->added, ElementsAre("d"));
  EXPECT_THAT(reload->changed, ElementsAre("b"));
  EXPECT_THAT(reload->removed, ElementsAre("c"));
  EXPECT_EQ(find_source(reload->registry, "b")->definition.title, "Another");
}

TEST_F(RegistryTest, keeps_the_last_good_definition_of_a_faulty_edit) {
  write_source("a", "Good");
  const auto before = load_sources(folder_.path());
  ASSERT_TRUE(before.has_value());
  write("a.yaml", "name: a\ntitle: [\n");
  const auto broken = reload_sources(*before);
  ASSERT_TRUE(broken.has_value());
  EXPECT_FALSE(broken->differs());
  EXPECT_EQ(find_source(broken->registry, "a")->definition.title, "Good");
  ASSERT_EQ(broken->registry.faults.size(), 1U);
  EXPECT_THAT(broken->registry.faults[0].message, HasSubstr("The definition of before stays in use."));

  write_source("a", "Better");
  const auto repaired = reload_sources(broken->registry);
  ASSERT_TRUE(repaired.has_value());
  EXPECT_THAT(repaired->changed, ElementsAre("a"));
  EXPECT_THAT(repaired->registry.faults, IsEmpty());
}

TEST_F(RegistryTest, stays_as_it_is_when_the_folder_is_gone) {
  write_source("a");
  auto before = load_sources(folder_.path());
  ASSERT_TRUE(before.has_value());
  before->folder /= "nowhere";
  EXPECT_TRUE(reload_sources(*before).has_error());
}

}  // namespace
}  // namespace filmoteka::scraper
