#include "reload.hpp"

#include <gmock/gmock.h>

namespace filmoteka::kit {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

struct Described {
  int fixed = 1;
  int live = 1;
  config::Configuration configuration;

  Described() {
    config::Section& section = configuration.add_section("gateway", "");
    section.add("fixed", fixed, "");
    section.add("live", live, "").live();
  }
};

TEST(Reload, tells_what_is_taken_over_from_what_needs_a_restart) {
  Described before;
  Described after;
  EXPECT_THAT(changes_between(values_of(before.configuration), after.configuration).taken_over, IsEmpty());
  after.live = 2;
  after.fixed = 2;
  const Changes changes = changes_between(values_of(before.configuration), after.configuration);
  EXPECT_THAT(changes.taken_over, ElementsAre("gateway.live"));
  EXPECT_THAT(changes.need_a_restart, ElementsAre("gateway.fixed"));
  EXPECT_EQ(joined({"a", "b"}), "a, b");
}

TEST(Reload, values_before_stay_known_when_the_same_struct_is_filled_again) {
  int live = 1;
  config::Configuration first;
  first.add_section("gateway", "").add("live", live, "").live();
  const Values before = values_of(first);
  config::Configuration second;
  second.add_section("gateway", "").add("live", live, "").live();
  live = 2;
  EXPECT_THAT(changes_between(before, second).taken_over, ElementsAre("gateway.live"));
}

}  // namespace
}  // namespace filmoteka::kit
