#include <gateway/settings.hpp>

namespace filmoteka::gateway {

Settings::Settings() {
  server.port = 8080;
  server.name = "gateway";
  // Nothing that the public may ask has a body.
  server.max_body_bytes = 64 * 1024;
}

void describe(config::Section& section, Settings& settings) {
  using std::chrono::hours;
  using std::chrono::milliseconds;
  using std::chrono::seconds;
  Freshness& freshness = settings.cache.freshness;
  section
      .add("web_root", settings.web_root,
           "The folder of the built web app. Empty: looked for beside the program (share/filmoteka/web) and "
           "in the "
           "checkout that it was built in (web/dist).")
      .flag("web-root")
      .check("a path, or nothing", [](const std::filesystem::path&) { return true; });
  section.add("cache.max_bytes", settings.cache_bytes, "Memory for cached answers.")
      .range({1024 * 1024}, {64ULL * 1024 * 1024 * 1024});
  section
      .add("cache.fresh", freshness.fresh,
           "How long an answer is served without asking the metadata service.")
      .range(seconds{0}, hours{24});
  section
      .add("cache.stale_while_revalidate", freshness.stale_while_revalidate,
           "How long browsers may show an answer that has expired while they fetch a new one.")
      .range(seconds{0}, hours{24});
  section
      .add("cache.stale_if_error", freshness.stale_if_error,
           "How long browsers may show an answer that has expired while we are away.")
      .range(seconds{0}, hours{24 * 30});
  section
      .add("origin_timeout", settings.cache.origin_timeout,
           "How long the metadata service may take to answer. Clients are told 504 after it.")
      .range(milliseconds{10}, seconds{60});
  section
      .add("probe_interval", settings.probe_interval,
           "How often a metadata service that is away is asked again.")
      .range(milliseconds{10}, seconds{60});
  section
      .add("max_connections", settings.server.max_connections, "Connections of clients. More are told 503.")
      .range(1, 1'000'000);
  section.add("access_log", settings.server.access_log, "One log line for each request.");
  section
      .add("compression_threads", settings.compression_threads,
           "Threads that compress answers, so that requests do not wait for it.")
      .range(1, 64);
}

void apply(const config::CommonSettings& common, Settings& settings) {
  settings.server.host = common.listen.host;
  settings.server.port = common.listen.port;
  settings.metadata.clear();
  for (const config::Url& url : common.metadata) settings.metadata.push_back(url.text);
  settings.cache.cache.max_bytes = settings.cache_bytes.bytes;
}

}  // namespace filmoteka::gateway
