#include <filmoteka/async/event.hpp>
#include <filmoteka/commands/commands.hpp>
#include <filmoteka/commands/prepare.hpp>
#include <filmoteka/commands/source_report.hpp>
#include <filmoteka/http/query.hpp>
#include <filmoteka/json_client.hpp>
#include <filmoteka/progress.hpp>
#include <filmoteka/services_of_folder.hpp>

#include <boost/json/serialize.hpp>
#include <scraper/core/source/source_definition.hpp>
#include <unistd.h>

#include <fstream>
#include <iostream>
#include <sstream>
#include <utility>

namespace filmoteka::app {
namespace {

constexpr std::chrono::milliseconds kPollInterval{200};

std::string path_of(std::string_view source, std::string_view call) {
  return "/internal/v1/sources/" + http::encode_component(source) + std::string(call);
}

using Object = boost::json::object;
using Describe = std::string (*)(const Object& answer);

void print(const Object& answer, const SourcesCommand& command, Describe describe) {
  if (command.json)
    std::cout << boost::json::serialize(answer) << '\n';
  else
    std::cout << describe(answer);
}

/// One question, one answer, printed.
struct Question {
  std::string target;
  bool is_post = false;
  Describe describe;
};

Task<int> ask(ServiceAddresses services, Question question, SourcesCommand command) {
  const auto executor = co_await asio::this_coro::executor;
  auto scraper = JsonClient::make(executor, services.scraper);
  if (scraper.has_error()) co_return complain(scraper.error());
  auto asking = question.is_post ? scraper->post(question.target) : scraper->get(question.target);
  const auto answer = co_await std::move(asking);
  if (answer.has_error()) co_return complain(answer.error());
  print(*answer, command, question.describe);
  co_return 0;
}

/// Shows a run's progress until metadata has answered for all of its films.
Task<Result<boost::json::object>> follow(JsonClient& scraper, std::int64_t run) {
  Progress progress(std::cerr, isatty(STDERR_FILENO) != 0, SystemClock::instance());
  for (;;) {
    auto asking = scraper.get("/internal/v1/runs/" + std::to_string(run));
    auto answer = co_await std::move(asking);
    if (answer.has_error() || text_of(*answer, "state") == "done") {
      progress.clear();
      co_return answer;
    }
    progress.update({"found", number_of(*answer, "films"), number_of(*answer, "rejected"), {}});
    auto pause = sleep_for(kPollInterval);
    co_await std::move(pause);
  }
}

Task<int> run_source(ServiceAddresses services, SourcesCommand command) {
  const auto executor = co_await asio::this_coro::executor;
  auto scraper = JsonClient::make(executor, services.scraper);
  if (scraper.has_error()) co_return complain(scraper.error());
  auto starting = scraper->post(path_of(command.name, "/run"));
  const auto started = co_await std::move(starting);
  if (started.has_error()) co_return complain(started.error());
  auto following = follow(*scraper, number_of(*started, "run"));
  const auto run = co_await std::move(following);
  if (run.has_error()) co_return complain(run.error());
  print(*run, command, describe_run);
  const std::string end = text_of(*run, "end_reason");
  co_return end == "complete" || end == "limit" ? 0 : 1;
}

int beside_scraper(const Options& options, const SourcesCommand& command,
                   const std::function<Task<int>(ServiceAddresses)>& work) {
  Settings settings;
  if (!load_or_complain(settings, options)) return kWrongSettings;
  if (command.record) settings.scraper.record = *command.record;
  if (command.replay) settings.scraper.replay = *command.replay;
  const bool is_special = command.record || command.replay;
  const auto process = make_command_process(settings, options);
  return with_services(*process, settings, is_special ? Needs::kOwnScraper : Needs::kMetadataAndScraper,
                       work);
}

int ask_scraper(const Options& options, const SourcesCommand& command, Question question) {
  return beside_scraper(options, command, [&](ServiceAddresses services) {
    return ask(std::move(services), question, command);
  });
}

std::string list_of(std::string_view what, const SourcesCommand& command) {
  std::string target = "/internal/v1/" + std::string(what);
  if (!command.name.empty()) target += "?source=" + http::encode_component(command.name);
  return target;
}

}  // namespace

int run_sources_list(const Options& options, const SourcesCommand& command) {
  return ask_scraper(options, command, {"/internal/v1/sources", false, describe_sources});
}

int run_sources_show(const Options& options, const SourcesCommand& command) {
  return ask_scraper(options, command, {path_of(command.name, ""), false, describe_source});
}

int run_sources_run(const Options& options, const SourcesCommand& command) {
  return beside_scraper(options, command,
                        [&](ServiceAddresses services) { return run_source(std::move(services), command); });
}

int run_sources_preview(const Options& options, const SourcesCommand& command) {
  const auto target = path_of(command.name, "/preview?limit=" + std::to_string(command.limit));
  return ask_scraper(options, command, {target, true, describe_preview});
}

int run_sources_pause(const Options& options, const SourcesCommand& command, bool paused) {
  return ask_scraper(options, command,
                     {path_of(command.name, paused ? "/pause" : "/resume"), true, describe_source});
}

int run_sources_runs(const Options& options, const SourcesCommand& command) {
  return ask_scraper(options, command, {list_of("runs", command), false, describe_runs});
}

int run_sources_rejects(const Options& options, const SourcesCommand& command) {
  return ask_scraper(options, command, {list_of("rejects", command), false, describe_rejects});
}

int run_sources_saved_page(const Options& options, const SourcesCommand& command) {
  return ask_scraper(options, command, {path_of(command.name, "/saved-page"), false, describe_saved_page});
}

int run_sources_check(const std::vector<std::string>& files) {
  int exit_code = 0;
  for (const auto& file : files) {
    std::ifstream in(file, std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    const auto read = in ? scraper::parse_source_definition(text.str(), file)
                         : Result<scraper::SourceDefinition>(not_found("There is no file " + file + "."));
    if (read.has_error())
      exit_code = complain(read.error());
    else
      std::cout << file << ": " << read->name << ", of kind " << read->kind_name() << ": ok\n";
  }
  return exit_code;
}

}  // namespace filmoteka::app
