#include <filmoteka/config/command_line.hpp>
#include <filmoteka/config/common.hpp>

#include <gmock/gmock.h>

#include <sstream>

namespace filmoteka::config {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

struct CommandLineTest : testing::Test {
  CommandLineTest() {
    describe_common(configuration.add_section("gateway", "The public door."), gateway);
    describe_common(configuration.add_section("scraper", "Collects."), scraper);
  }
  std::optional<int> run(std::vector<const char*> arguments) {
    arguments.insert(arguments.begin(), "filmoteka-gateway");
    Program program{"filmoteka-gateway", "The public door of Filmoteka.", "1.2.3"};
    program.commands.push_back({"routes", "Shows the routes.",
                                [](std::span<const std::string> given, std::ostream& to, std::ostream&) {
                                  for (const std::string& argument : given) to << argument << '\n';
                                  return static_cast<int>(given.size());
                                }});
    return run_command_line(program, configuration, arguments, sources, out, err);
  }
  Sources sources;
  CommonSettings gateway;
  CommonSettings scraper;
  Configuration configuration;
  std::ostringstream out;
  std::ostringstream err;
};

TEST_F(CommandLineTest, flags_are_taken_over_and_the_program_goes_on) {
  EXPECT_EQ(run({"--listen", "127.0.0.1:9000", "--metadata", "http://a:1", "--metadata=http://b:2",
                 "--log-level=debug"}),
            std::nullopt);
  EXPECT_EQ(gateway.listen.port, 9000);
  EXPECT_THAT(gateway.metadata, ElementsAre(Url{"http://a:1"}, Url{"http://b:2"}));
  EXPECT_EQ(scraper.log_level, "debug");
  EXPECT_EQ(out.str() + err.str(), "");
}

TEST_F(CommandLineTest, config_print_and_check_show_what_would_be_used) {
  sources.environment = {{"FILMOTEKA_COMMON_LOG_LEVEL", "warning"}};
  EXPECT_EQ(run({"config", "print", "--data", "/x"}), 0);
  EXPECT_THAT(out.str(), HasSubstr("data: /x"));
  EXPECT_THAT(out.str(), HasSubstr("# FILMOTEKA_COMMON_LOG_LEVEL"));
  EXPECT_EQ(run({"config", "check"}), 0);
  sources.environment = {{"FILMOTEKA_COMMON_LOG_LEVEL", "loud"}};
  EXPECT_EQ(run({"config", "check"}), 2);
  EXPECT_THAT(err.str(), HasSubstr("filmoteka-gateway: One setting is wrong.\n  common.log_level: "
                                   "FILMOTEKA_COMMON_LOG_LEVEL: 'loud' must be one of"));
}

TEST_F(CommandLineTest, the_reference_and_help_need_no_valid_settings) {
  sources.environment = {{"FILMOTEKA_COMMON_LOG_LEVEL", "loud"}};
  EXPECT_EQ(run({"config", "reference"}), 0);
  EXPECT_THAT(out.str(), HasSubstr("| `log_level` |"));
  EXPECT_EQ(run({"--help"}), 0);
  EXPECT_THAT(out.str(), HasSubstr("--ops-listen"));
  EXPECT_EQ(run({"--version"}), 0);
  EXPECT_THAT(out.str(), HasSubstr("1.2.3"));
}

TEST_F(CommandLineTest, a_wrong_command_line_is_exit_code_2) {
  EXPECT_EQ(run({"--lisen", "x"}), 2);
  EXPECT_EQ(run({"serve"}), 2);
  EXPECT_EQ(run({"config"}), 2);
  EXPECT_EQ(run({"--listen"}), 2);
  EXPECT_EQ(run({"--config", "/nowhere.yaml"}), 2);
  EXPECT_THAT(err.str(), HasSubstr("There is no file /nowhere.yaml."));
}

TEST_F(CommandLineTest, a_programs_own_command_gets_its_arguments_once_the_settings_are_loaded) {
  EXPECT_EQ(run({"routes"}), 0);
  EXPECT_EQ(run({"routes", "GET", "/movies?x=--y", "--log-level", "error"}), 2);
  EXPECT_EQ(out.str(), "GET\n/movies?x=--y\n");
  EXPECT_EQ(gateway.log_level, "error");
  EXPECT_EQ(run({"routes", "--nothing"}), 2);
}

}  // namespace
}  // namespace filmoteka::config
