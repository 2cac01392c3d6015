#include <scraper/settings.hpp>

namespace filmoteka::scraper {

void describe(config::Section& section, Settings& settings) {
  using std::chrono::milliseconds;
  section
      .add("sources", settings.sources,
           "Folder of source definitions (*.yaml); empty: `sources` beside or above the program")
      .flag("sources");
  section.add("contact", settings.fetcher.contact,
              "A URL or mail address for the User-Agent, so that a site's owner can reach you");
  section.add("proxy", settings.fetcher.proxy, "http://host:port for requests to sources; empty: none");
  section.add("run_schedules", settings.run_schedules, "Off: sources run only when they are asked to");
  section.add("first_run_delay", settings.plan.first_run_delay, "From the start to the runs that are due");
  section.add("first_retry", settings.plan.first_retry,
              "From a failed run to the next; doubles with each further one");
  section
      .add("lease", settings.lease,
           "How soon another scraper on the same PostgreSQL goes on with the work of one that is gone")
      .range(milliseconds(1'000), milliseconds(3'600'000));
  section
      .add("outbox_max_rows", settings.outbox_max_rows,
           "Films that may wait for metadata before runs wait too")
      .range(1'000, 10'000'000);
  section
      .add("quarantine_max_rows", settings.quarantine_max_rows,
           "Rejected records that are kept to be looked at")
      .range(100, 10'000'000);
  section.add("fetch.timeout", settings.fetcher.total_timeout, "For one request to a source")
      .range(milliseconds(100), milliseconds(600'000));
  section.add("fetch.connect_timeout", settings.fetcher.connect_timeout, "For the connection to a source")
      .range(milliseconds(100), milliseconds(600'000));
  section.add("fetch.attempts", settings.politeness.max_attempts, "For one page, where trying again may help")
      .range(1, 10);
  section.add("fetch.backoff", settings.politeness.politeness.first_backoff,
              "After a failed request to a host; doubles with each further one");
  section.add("fetch.source_delays", settings.politeness.requests_set_delay,
              "Off: the pauses of source definitions are ignored (for simulated sources only)");
  section.add("fetch.delay", settings.politeness.politeness.min_delay,
              "Between two requests to one host at least; a source may ask for more");
  section.add("fetch.threads", settings.fetch_threads, "Requests to sources at once").range(1, 64);
}

void apply(const config::CommonSettings& common, Settings& settings) {
  settings.data = common.data;
  settings.database = common.database;
  settings.server.host = common.listen.host;
  settings.server.port = common.listen.port;
  settings.server.tokens = common.internal_token;
  if (!common.internal_token.empty()) settings.client.token = common.internal_token.front();
  if (!common.metadata.empty()) settings.metadata = common.metadata.front().text;
}

}  // namespace filmoteka::scraper
