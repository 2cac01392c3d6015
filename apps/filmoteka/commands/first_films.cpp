#include <filmoteka/api/metadata_client.hpp>
#include <filmoteka/async/blocking_pool.hpp>
#include <filmoteka/commands/first_films.hpp>
#include <filmoteka/commands/import_report.hpp>
#include <filmoteka/process.hpp>

#include <boost/json/parse.hpp>
#include <scraper/adapters/registry/registry.hpp>
#include <scraper/core/run/import.hpp>

#include <iostream>
#include <utility>

namespace filmoteka::app {
namespace {

constexpr std::string_view kStarter = "starter";
constexpr std::chrono::seconds kAnswerWithin{10};

Task<Result<bool>> is_empty(http::Client& metadata) {
  http::ClientRequest request;
  request.target = "/internal/v1/changes?since=0";
  request.deadline = Deadline::after(kAnswerWithin);
  auto sending = metadata.send(std::move(request));
  FILMOTEKA_CO_TRY(const http::ClientResponse answer, co_await std::move(sending));
  boost::system::error_code error;
  const boost::json::value body = boost::json::parse(answer.body, error);
  if (error || answer.status != 200 || !body.is_object())
    co_return corrupt("Metadata did not say whether it is empty.");
  const boost::json::value* revision = body.as_object().if_contains("revision");
  co_return revision != nullptr && revision->is_int64() && revision->as_int64() == 0;
}

Task<Result<void>> import_starter(const scraper::Settings& settings, const ServiceAddress& address) {
  const auto executor = co_await asio::this_coro::executor;
  auto client = make_client(executor, address);
  if (client.has_error()) co_return client.error();
  auto asking = is_empty(**client);
  FILMOTEKA_CO_TRY(const bool empty, co_await std::move(asking));
  if (!empty) co_return Result<void>();

  FILMOTEKA_CO_TRY(const scraper::Registry registry, scraper::load_sources(settings.sources));
  FILMOTEKA_CO_TRY(const scraper::LoadedSource starter, scraper::find_source(registry, kStarter));
  std::cout << "The catalogue is empty: bringing in the starter films …" << std::endl;
  const auto metadata = api::make_metadata_client(std::move(*client));
  BlockingPool pool("starter", 1);
  auto importing =
      scraper::import_file(starter.definition, starter.file(), *metadata, pool, SystemClock::instance(), {});
  FILMOTEKA_CO_TRY(const scraper::ImportReport report, co_await std::move(importing));
  const std::string text = describe_import(report, starter.file().filename().string());
  std::cout << text.substr(0, text.find('\n')) << std::endl;
  co_return Result<void>();
}

}  // namespace

Task<void> bring_first_films(const scraper::Settings& settings, ServiceAddress metadata) {
  auto importing = import_starter(settings, metadata);
  const Result<void> done = co_await std::move(importing);
  if (done.has_error()) complain(done.error());
}

}  // namespace filmoteka::app
