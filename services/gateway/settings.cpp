#include <gateway/core/cors.hpp>
#include <gateway/core/page/public_address.hpp>
#include <gateway/settings.hpp>

namespace filmoteka::gateway {

namespace {

constexpr std::uint32_t kMaxQuota = 1'000'000;

void describe_limits(config::Section& section, Settings& settings) {
  LimitSettings& limits = settings.limits;
  section
      .add(
          "rate_limit.enabled", limits.enabled,
          "Whether a client (an IPv4 address, or a /64 of IPv6) may make only so many requests a minute. Off "
          "is for benchmarks.")
      .flag("rate-limit");
  section
      .add("rate_limit.cached", limits.cached,
           "Requests a minute of one client that are answered with what lies ready: cached answers, files of "
           "the web app. A page of the web app takes 20 to 30: the default is 200 pages a minute.")
      .range(1, kMaxQuota)
      .live();
  section
      .add("rate_limit.api", limits.api,
           "Requests a minute of one client that the metadata service has to be asked for. An office behind "
           "one address stays below the default.")
      .range(1, kMaxQuota)
      .live();
  section
      .add("rate_limit.search", limits.search,
           "The same for searches and suggestions. Who types without a pause asks 300 times a minute.")
      .range(1, kMaxQuota)
      .live();
  section
      .add("rate_limit.views", limits.views,
           "Views a minute of one client. Nobody starts a film every half second.")
      .range(1, kMaxQuota)
      .live();
  section
      .add(
          "trusted_proxies", settings.trusted_proxies,
          "Proxies whose X-Forwarded-For or Forwarded says who the client is. Name only those that write the "
          "header themselves: who is trusted may claim to be anybody. Empty: the client is who has "
          "connected.")
      .check("an address or a CIDR block, like 10.0.0.0/8 or 2001:db8::/32",
             [](const std::string& text) { return AddressRange::parse(text).has_value(); });
  section
      .add("cors_origins", settings.cors_origins,
           "Web sites whose pages may read the API, as browsers write them (https://films.example). * is "
           "all: it is public and takes no cookies. Empty: none but our own.")
      .check("*, or an origin like https://films.example or http://localhost:5173", Cors::is_origin);
}

}  // namespace

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
  Freshness& freshness = settings.freshness;
  section
      .add("web_root", settings.web_root,
           "The folder of the built web app. Empty: looked for beside the program (share/filmoteka/web) and "
           "in the "
           "checkout that it was built in (web/dist).")
      .flag("web-root")
      .check("a path, or nothing", [](const std::filesystem::path&) { return true; });
  section
      .add("public_url", settings.public_url,
           "What visitors call the site, like https://films.example: search engines and messengers are told "
           "these addresses of its pages and pictures. Empty: pages have no canonical address, and sitemaps "
           "name the host that they were asked for by.")
      .flag("public-url")
      .check("an address without a path, like https://films.example, or nothing", PublicAddress::is_valid);
  section.add("cache.max_bytes", settings.cache_bytes, "Memory for cached answers.")
      .range({1024 * 1024}, {64ULL * 1024 * 1024 * 1024});
  section
      .add("cache.fresh", freshness.fresh,
           "How long an answer is served without asking the metadata service.")
      .range(seconds{0}, hours{24})
      .live();
  section
      .add("cache.stale_while_revalidate", freshness.stale_while_revalidate,
           "How long an answer that has expired is served while a new one is fetched, by us and by browsers.")
      .range(seconds{0}, hours{24})
      .live();
  section
      .add("cache.stale_if_error", freshness.stale_if_error,
           "How long an answer that has expired is served while the metadata service is away, or we are.")
      .range(seconds{0}, hours{24 * 30})
      .live();
  section
      .add("cache.not_found", freshness.not_found,
           "How long it is remembered that there is no such film. Longer, and a film that was just added "
           "stays "
           "away.")
      .range(seconds{0}, seconds{60})
      .live();
  section
      .add("origin", settings.origin,
           "The address of another HTTP server, like http://127.0.0.1:9090. Then the gateway is a caching "
           "proxy "
           "in front of it and nothing else: no API, no web app.")
      .flag("origin")
      .check("an address like http://127.0.0.1:9090, or nothing",
             [](const std::string& text) { return text.empty() || text.starts_with("http://"); });
  section
      .add("cache.redis_timeout", settings.second_level_timeout,
           "How long the answers that other gateways have put into Redis are waited for. After it, the "
           "metadata service is asked.")
      .range(milliseconds{1}, milliseconds{10});
  section
      .add("origin_timeout", settings.cache.origin_timeout,
           "How long the metadata service may take to answer. Clients are told 504 after it.")
      .range(milliseconds{10}, seconds{60});
  section
      .add("probe_interval", settings.probe_interval,
           "How often each metadata service is asked whether it is there. One that does not answer is asked "
           "twice a second at least, and has no other requests until it answers.")
      .range(milliseconds{10}, seconds{60});
  section
      .add("max_connections", settings.server.max_connections, "Connections of clients. More are told 503.")
      .range(1, 1'000'000)
      .live();
  section.add("share_port", settings.server.shares_port,
              "Other gateways may listen on the same address too, so that they can be restarted one after "
              "the other without "
              "an error. Off: a taken port is an error at the start.");
  section
      .add("tls.certificate", settings.server.tls.certificate,
           "The certificate to show, with its chain (PEM). Empty: plain HTTP. Files that change are taken "
           "over within two "
           "seconds, for new connections; a broken or expired pair is refused and the present one stays.")
      .check("a path, or nothing", [](const std::filesystem::path&) { return true; });
  section.add("tls.key", settings.server.tls.key, "The key of the certificate (PEM, without a password).")
      .check("a path, or nothing", [](const std::filesystem::path&) { return true; });
  section.require("tls.certificate", [&settings]() -> std::optional<std::string> {
    if (settings.server.tls.certificate.empty() == settings.server.tls.key.empty()) return std::nullopt;
    return "tls.certificate and tls.key belong together: give both, or none.";
  });
  section.add("access_log", settings.server.access_log, "One log line for each request.").live();
  section
      .add("compression_threads", settings.compression_threads,
           "Threads that compress answers, so that requests do not wait for it.")
      .range(1, 64);
  describe_limits(section, settings);
}

void apply(const config::CommonSettings& common, Settings& settings) {
  settings.server.host = common.listen.host;
  settings.server.port = common.listen.port;
  settings.metadata.clear();
  for (const config::Url& url : common.metadata) settings.metadata.push_back(url.text);
  if (!common.internal_token.empty()) settings.client.token = common.internal_token.front();
  settings.redis = common.redis;
  settings.cache.memory.max_bytes = settings.cache_bytes.bytes;
  // Our own API takes no bodies worth the name; what is behind a proxy may.
  if (!settings.origin.empty()) settings.server.max_body_bytes = http::ServerSettings{}.max_body_bytes;
}

}  // namespace filmoteka::gateway
