#include <filmoteka/commands/doctor/judge.hpp>

#include <gtest/gtest.h>

namespace filmoteka::app::doctor {
namespace {

Level worst(const Findings& findings) {
  Level level = Level::kOk;
  for (const Finding& finding : findings) level = std::max(level, finding.level);
  return level;
}

PostgresFacts good_postgres() {
  PostgresFacts facts;
  facts.name = "postgresql://films@db/films";
  facts.version = "15.8";
  facts.synchronous_commit = "on";
  facts.max_connections = 100;
  facts.reserved = 3;
  facts.connected = 15;
  facts.ours = 15;
  return facts;
}

TEST(Doctor, a_line_says_how_it_is_what_it_is_and_the_fact) {
  const Findings findings{ok("disk", "fine"), note("Redis", "could be better"),
                          wrong("port", "taken; stop it")};
  EXPECT_EQ(format_text(findings),
            "ok    disk: fine\nnote  Redis: could be better\nwrong port: taken; stop it\n");
  EXPECT_EQ(format_json(findings),
            "{\"ok\":false,\"findings\":[{\"level\":\"ok\",\"what\":\"disk\",\"text\":\"fine\"},"
            "{\"level\":\"note\",\"what\":\"Redis\",\"text\":\"could be better\"},"
            "{\"level\":\"wrong\",\"what\":\"port\",\"text\":\"taken; stop it\"}]}\n");
  EXPECT_TRUE(is_anything_wrong(findings));
  EXPECT_FALSE(is_anything_wrong({findings[0], findings[1]}));
}

TEST(Doctor, a_full_disk_is_wrong_and_one_without_room_for_a_copy_is_noted) {
  EXPECT_EQ(worst(judge_disk({"/data", 50'000'000'000, 100'000'000'000, 1'000'000'000})), Level::kOk);
  EXPECT_EQ(worst(judge_disk({"/data", 500'000'000, 100'000'000'000, 1'000'000'000})), Level::kNote);
  EXPECT_EQ(worst(judge_disk({"/data", 50'000'000, 100'000'000'000, 0})), Level::kWrong);
}

TEST(Doctor, a_postgres_that_is_no_place_for_films_is_wrong) {
  EXPECT_EQ(worst(judge_postgres(good_postgres())), Level::kOk);
  const auto with = [](auto change) {
    PostgresFacts facts = good_postgres();
    change(facts);
    return worst(judge_postgres(facts));
  };
  EXPECT_EQ(with([](auto& facts) { facts.in_recovery = true; }), Level::kWrong);
  EXPECT_EQ(with([](auto& facts) { facts.fsync = false; }), Level::kWrong);
  EXPECT_EQ(with([](auto& facts) { facts.full_page_writes = false; }), Level::kWrong);
  EXPECT_EQ(with([](auto& facts) { facts.synchronous_commit = "off"; }), Level::kWrong);
  EXPECT_EQ(with([](auto& facts) { facts.max_connections = 17; }), Level::kWrong);
  EXPECT_EQ(with([](auto& facts) { facts.connected = 95; }), Level::kNote);
  EXPECT_EQ(with([](auto& facts) { facts.clock_difference = std::chrono::seconds(-10); }), Level::kNote);
  EXPECT_EQ(with([](auto& facts) { facts.clock_difference = std::chrono::hours(1); }), Level::kWrong);
}

TEST(Doctor, a_redis_that_refuses_when_it_is_full_is_wrong) {
  const auto facts = [](bool known, std::uint64_t memory, std::string policy) {
    return RedisFacts{"127.0.0.1:6379/0", "7.0.15", known, memory, std::move(policy), {}};
  };
  EXPECT_EQ(worst(judge_redis(facts(true, 1 << 30, "allkeys-lru"))), Level::kOk);
  EXPECT_EQ(worst(judge_redis(facts(true, 1 << 30, "noeviction"))), Level::kWrong);
  EXPECT_EQ(worst(judge_redis(facts(true, 0, "noeviction"))), Level::kNote);
  EXPECT_EQ(worst(judge_redis(facts(false, 0, ""))), Level::kNote);
}

TEST(Doctor, a_port_is_free_or_ours_or_it_is_wrong) {
  EXPECT_EQ(judge_port({"gateway", "127.0.0.1:8080", false, false}).level, Level::kOk);
  EXPECT_EQ(judge_port({"gateway", "127.0.0.1:8080", true, true, "filmoteka (process 7)"}).level, Level::kOk);
  const Finding taken = judge_port({"gateway", "127.0.0.1:8080", true, false, "nginx (process 7)"});
  EXPECT_EQ(taken.level, Level::kWrong);
  EXPECT_NE(taken.text.find("nginx (process 7)"), std::string::npos);
}

TEST(Doctor, limits_are_measured_by_what_is_needed) {
  EXPECT_EQ(judge_open_files({"this shell", 10'200, 10'000}).level, Level::kOk);
  EXPECT_EQ(judge_open_files({"this shell", 1'024, 10'000}).level, Level::kWrong);
  EXPECT_EQ(judge_memory({4'000'000'000, 1'000'000, false}).level, Level::kOk);
  EXPECT_EQ(judge_memory({1'000'000'000, 1'000'000, false}).level, Level::kWrong);
  EXPECT_EQ(judge_memory({1'000'000'000, 1'000'000, true}).level, Level::kOk);
}

TEST(Doctor, a_certificate_that_ends_soon_is_noted_and_one_that_has_ended_is_wrong) {
  constexpr std::int64_t kDay = 86'400;
  EXPECT_EQ(judge_certificate({"a.pem", true, 60 * kDay}).level, Level::kOk);
  EXPECT_EQ(judge_certificate({"a.pem", true, 3 * kDay}).level, Level::kNote);
  EXPECT_EQ(judge_certificate({"a.pem", true, -1}).level, Level::kWrong);
  EXPECT_EQ(judge_certificate({"a.pem", false, 60 * kDay}).level, Level::kWrong);
}

}  // namespace
}  // namespace filmoteka::app::doctor
