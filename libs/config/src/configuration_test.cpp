#include <filmoteka/config/common.hpp>
#include <filmoteka/config/configuration.hpp>
#include <filmoteka/config/report.hpp>

#include <boost/json/serialize.hpp>
#include <gmock/gmock.h>
#include <unistd.h>

#include <fstream>

namespace filmoteka::config {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

struct GatewaySettings {
  CommonSettings common;
  std::uint32_t rate_limit = 100;
  ByteSize cache{64U << 20U};
  std::chrono::seconds fresh{10};
  bool compress = true;
  double ratio = 0.5;
  std::vector<std::string> origins;
  std::string token;
};

struct ConfigurationTest : testing::Test {
  ConfigurationTest() {
    Section& section = configuration.add_section("gateway", "The public door.");
    gateway.common.listen.port = 8080;
    describe_common(section, gateway.common);
    section.add("rate_limit", gateway.rate_limit, "Requests a second | client.")
        .range(1, 1'000)
        .flag("rate-limit");
    section.add("cache.max_bytes", gateway.cache, "Memory of the cache.");
    section.add("cache.fresh", gateway.fresh, "How long an answer is fresh.");
    section.add("compress", gateway.compress, "Whether answers are compressed.");
    section.add("ratio", gateway.ratio, "A share.").range(0.0, 1.0);
    section.add("origins", gateway.origins, "Who may ask.");
    section.add("token", gateway.token, "What must not be seen.")
        .secret()
        .check("at least 16 characters",
               [](const std::string& token) { return token.empty() || token.size() >= 16; });
    describe_common(configuration.add_section("metadata", "The films."), metadata);
  }
  ~ConfigurationTest() override { std::filesystem::remove(file); }

  void write_file(std::string_view text) {
    std::ofstream(file) << text;
    sources.file = file;
  }
  std::vector<std::string> errors() {
    const auto loaded = configuration.load(sources);
    std::vector<std::string> lines;
    if (loaded.has_error()) {
      for (const auto& field : loaded.error().fields) lines.push_back(field.parameter + ": " + field.detail);
    }
    return lines;
  }

  std::filesystem::path file =
      std::filesystem::path(testing::TempDir()) / ("config_test_" + std::to_string(::getpid()) + ".yaml");
  Sources sources;
  GatewaySettings gateway;
  CommonSettings metadata;
  Configuration configuration;
};

TEST_F(ConfigurationTest, each_source_wins_over_the_one_before) {
  write_file(
      "gateway:\n  log_level: error\n  rate_limit: 200\n  cache: {max_bytes: 1MiB, fresh: 2m}\n"
      "common:\n  log_level: debug\n  data: /from/file\n");
  sources.environment = {{"FILMOTEKA_GATEWAY_RATE_LIMIT", "300"},
                         {"FILMOTEKA_GATEWAY_CACHE_MAX_BYTES", "2MiB"},
                         {"FILMOTEKA_SCRAPER_ANYTHING", "not ours"},
                         {"FILMOTEKA_COMMON_DATA", "/from/environment"}};
  sources.flags = {{"rate-limit", {"400"}}};
  sources.overrides = {{"gateway", "listen", "127.0.0.1:9000", "--port 9000"}};
  EXPECT_THAT(errors(), ElementsAre());
  EXPECT_EQ(gateway.rate_limit, 400U);
  EXPECT_EQ(gateway.cache.bytes, 2U << 20U);
  EXPECT_EQ(gateway.fresh, std::chrono::minutes{2});
  EXPECT_EQ(gateway.common.log_level, "error");
  EXPECT_EQ(metadata.log_level, "debug");
  EXPECT_EQ(metadata.data, "/from/environment");
  EXPECT_EQ(gateway.common.listen, (HostPort{"127.0.0.1", 9000}));
  const auto origin = [&](const char* name) {
    return configuration.sections()[0]->find(name)->origin();
  };
  EXPECT_EQ(origin("rate_limit"), "--rate-limit");
  EXPECT_EQ(origin("cache.max_bytes"), "FILMOTEKA_GATEWAY_CACHE_MAX_BYTES");
  EXPECT_EQ(origin("cache.fresh"), file.string() + ":4");
  EXPECT_EQ(origin("listen"), "--port 9000");
  EXPECT_EQ(origin("compress"), "default");
}

TEST_F(ConfigurationTest, all_errors_come_at_once_with_setting_origin_and_what_is_allowed) {
  write_file(
      "gateway:\n  rate_limit: 0\n  lisen: 127.0.0.1:80\n  cache:\n    fresh: 1500ms\n  compress: maybe\n"
      "  ratio: 1.5\n  listen: [a]\nmetadata:\n  log_level:\nscaper: {}\n");
  sources.environment = {{"FILMOTEKA_GATEWAY_RATE_LIMT", "3"}, {"FILMOTEKA_METADATA_THREADS", "1000"}};
  sources.flags = {{"listen", {"8080"}}};
  const std::string at = file.string() + ":";
  EXPECT_THAT(errors(),
              testing::UnorderedElementsAre(
                  "gateway.rate_limit: " + at + "2: '0' must be an integer from 1 to 1000.",
                  "gateway.lisen: " + at + "3: there is no such setting. Did you mean 'listen'?",
                  "gateway.cache.fresh: " + at + "5: '1500ms' must be a duration, like 10s, 5m, 2h or 1d.",
                  "gateway.compress: " + at + "6: 'maybe' must be true or false.",
                  "gateway.ratio: " + at + "7: '1.5' must be a number from 0 to 1.",
                  "gateway.listen: " + at + "8: 'a' must be HOST:PORT, like 127.0.0.1:8080 or [::1]:8080.",
                  "metadata.log_level: " + at +
                      "10: has no value; it must be one of debug, info, warning, error, off.",
                  "scaper: " + at + "11: there is no such section. Did you mean 'scraper'?",
                  "FILMOTEKA_GATEWAY_RATE_LIMT: the environment: there is no such setting. Did you mean "
                  "'FILMOTEKA_GATEWAY_RATE_LIMIT'?",
                  "metadata.threads: FILMOTEKA_METADATA_THREADS: '1000' must be an integer from 0 to 256.",
                  "--listen: --listen: '8080' must be HOST:PORT, like 127.0.0.1:8080 or [::1]:8080."));
  EXPECT_EQ(gateway.rate_limit, 100U);
}

TEST_F(ConfigurationTest, sections_of_services_that_run_elsewhere_are_not_looked_at) {
  write_file("scraper:\n  whatever: 1\n");
  EXPECT_THAT(errors(), ElementsAre());
}

TEST_F(ConfigurationTest, only_shared_settings_may_stand_in_common) {
  write_file("common:\n  rate_limit: 5\n");
  EXPECT_THAT(errors(), ElementsAre(HasSubstr("common.rate_limit: " + file.string() +
                                              ":2: there is no such setting.")));
}

TEST_F(ConfigurationTest, broken_files_are_one_error) {
  sources.file = "/nowhere/filmoteka.yaml";
  EXPECT_THAT(errors(), ElementsAre("config: There is no file /nowhere/filmoteka.yaml."));
  sources.file = "/";
  EXPECT_THAT(errors(), ElementsAre("config: Cannot read /."));
  write_file("gateway: {listen: 1\n");
  EXPECT_THAT(errors(), ElementsAre(HasSubstr("config: " + file.string() + ", line 2")));
  write_file("just text");
  EXPECT_THAT(errors(), ElementsAre(HasSubstr("must hold sections")));
  write_file("gateway: 5");
  EXPECT_THAT(errors(), ElementsAre(HasSubstr("gateway: " + file.string() + ":1: must hold settings")));
  write_file("");
  EXPECT_THAT(errors(), ElementsAre());
}

TEST_F(ConfigurationTest, lists_come_from_yaml_lists_commas_and_repeated_flags) {
  write_file("gateway:\n  origins: [\"a,b\", c]\n");
  sources.environment = {{"FILMOTEKA_METADATA_METADATA", "http://a:1, http://b:2"}};
  EXPECT_THAT(errors(), ElementsAre());
  EXPECT_THAT(gateway.origins, ElementsAre("a,b", "c"));
  EXPECT_THAT(metadata.metadata, ElementsAre(Url{"http://a:1"}, Url{"http://b:2"}));
  sources.flags = {{"metadata", {"http://c:1", "http://d:2"}}};
  EXPECT_THAT(errors(), ElementsAre());
  EXPECT_THAT(gateway.common.metadata, ElementsAre(Url{"http://c:1"}, Url{"http://d:2"}));
}

TEST_F(ConfigurationTest, an_open_write_api_does_not_listen_to_others) {
  require_protection(*configuration.sections()[1], metadata);
  sources.environment = {{"FILMOTEKA_METADATA_LISTEN", "0.0.0.0:8081"}};
  EXPECT_THAT(
      errors(),
      ElementsAre(HasSubstr("metadata.listen: FILMOTEKA_METADATA_LISTEN: 0.0.0.0:8081 can be reached")));
  sources.environment = {{"FILMOTEKA_METADATA_LISTEN", "127.0.0.2:8081"}};
  EXPECT_THAT(errors(), ElementsAre());
}

TEST_F(ConfigurationTest, secrets_are_never_shown) {
  sources.environment = {{"FILMOTEKA_GATEWAY_TOKEN", "short-secret"},
                         {"FILMOTEKA_GATEWAY_DATABASE", "mysql://u:password1@h"}};
  for (const auto& line : errors()) {
    EXPECT_THAT(line, Not(HasSubstr("short-secret")));
    EXPECT_THAT(line, Not(HasSubstr("password1")));
  }
  sources.environment = {{"FILMOTEKA_GATEWAY_TOKEN", "long-enough-secret"},
                         {"FILMOTEKA_GATEWAY_DATABASE", "postgresql://u:password1@h/f"}};
  EXPECT_THAT(errors(), ElementsAre());
  for (const auto& text : {print_yaml(configuration), boost::json::serialize(print_json(configuration)),
                           markdown_reference(configuration)}) {
    EXPECT_THAT(text, Not(HasSubstr("long-enough-secret")));
    EXPECT_THAT(text, Not(HasSubstr("password1")));
  }
  EXPECT_THAT(print_yaml(configuration), HasSubstr("token: \"***\""));
}

TEST_F(ConfigurationTest, what_is_printed_can_be_read_back) {
  gateway.origins = {"*", "true", "a: b", "- x", "я\n\"", "10"};
  const std::string printed = print_yaml(configuration);
  gateway.origins.clear();
  write_file(printed);
  EXPECT_THAT(errors(), ElementsAre()) << printed;
  EXPECT_THAT(gateway.origins, ElementsAre("*", "true", "a: b", "- x", "я\n\"", "10"));
}

TEST_F(ConfigurationTest, the_reference_has_a_row_for_each_setting) {
  const std::string text = markdown_reference(configuration);
  EXPECT_THAT(
      text, HasSubstr("| `rate_limit` | `100` | an integer from 1 to 1000 | `FILMOTEKA_GATEWAY_RATE_LIMIT` | "
                      "`--rate-limit` | Requests a second \\| client. |\n"));
  EXPECT_THAT(text, HasSubstr("## metadata\n"));
}

TEST(ReadEnvironment, gives_our_variables_only) {
  ASSERT_EQ(::setenv("FILMOTEKA_TEST_X", "a=b", 1), 0);
  ASSERT_EQ(::setenv("OTHER_TEST_X", "1", 1), 0);
  const Environment environment = read_environment();
  EXPECT_EQ(environment.at("FILMOTEKA_TEST_X"), "a=b");
  EXPECT_EQ(environment.count("OTHER_TEST_X"), 0U);
  ::unsetenv("FILMOTEKA_TEST_X");
  ::unsetenv("OTHER_TEST_X");
}

}  // namespace
}  // namespace filmoteka::config
