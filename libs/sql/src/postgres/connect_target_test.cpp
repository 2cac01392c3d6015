#include "connect_target.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace filmoteka::sql::postgres {
namespace {

std::vector<std::string> tried(const std::string& url) {
  std::vector<std::string> targets;
  for (const ConnectParameters& one : host_by_host(connect_parameters({.url = url}).value())) {
    const auto port = one.find("port");
    targets.push_back(one.at("host") + ":" + (port == one.end() ? "" : port->second) + " " +
                      one.at("target_session_attrs"));
  }
  return targets;
}

TEST(ConnectTarget, hosts_are_tried_one_after_the_other_each_with_its_port) {
  EXPECT_EQ(tried("postgresql://a:1,b:2,c:3/films"),
            (std::vector<std::string>{"a:1 read-write", "b:2 read-write", "c:3 read-write"}));
  EXPECT_EQ(tried("postgresql://a:1/films"), std::vector<std::string>{"a:1 read-write"});
  EXPECT_EQ(tried("host=a,b port=7 dbname=films"),
            (std::vector<std::string>{"a:7 read-write", "b:7 read-write"}));
}

TEST(ConnectTarget, what_the_url_says_of_the_session_counts) {
  EXPECT_EQ(tried("postgresql://a:1/films?target_session_attrs=any"), std::vector<std::string>{"a:1 any"});
  EXPECT_EQ(tried("postgresql://a:1,b:2/films?target_session_attrs=standby"),
            (std::vector<std::string>{"a:1 standby", "b:2 standby"}));
}

TEST(ConnectTarget, a_primary_is_taken_instead_of_a_standby_only_when_there_is_none) {
  EXPECT_EQ(tried("postgresql://a:1,b:2/films?target_session_attrs=prefer-standby"),
            (std::vector<std::string>{"a:1 standby", "b:2 standby", "a:1 any", "b:2 any"}));
}

}  // namespace
}  // namespace filmoteka::sql::postgres
