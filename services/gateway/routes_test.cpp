/// What exists at the gateway, and that nothing else does.
#include <filmoteka/testing/temporary_folder.hpp>

#include <boost/json.hpp>
#include <gateway/core/contract.hpp>
#include <gateway/core/route_table.hpp>
#include <gateway/testing/fake_metadata_server.hpp>
#include <gateway/testing/running_gateway.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <set>

namespace filmoteka::gateway {
namespace {

namespace json = boost::json;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

/// A gateway with a small web app.
struct Scene {
  Scene() {
    std::filesystem::create_directories(folder / "web/assets");
    folder.write("web/index.html", "<!doctype html><title>Filmoteka</title>");
    folder.write("web/assets/index-4f2a.js", "run()");
    std::filesystem::create_directories(folder / "web/docs");
    folder.write("web/docs/index.html", "<!doctype html><title>Filmoteka API</title>");
    folder.write("secret.txt", "secret");
    std::filesystem::create_symlink(folder / "secret.txt", folder / "web/link.txt");
    folder.write("web/.env", "secret");
    Settings settings;
    settings.metadata = {metadata.url()};
    settings.web_root = folder / "web";
    gateway.emplace(std::move(settings));
  }
  Reply get(std::string_view target) const { return gateway->get(target); }

  testing::TemporaryFolder folder;
  FakeMetadataServer metadata{[](const auto&, const auto&) {
    return testing::http_response(200, "{}", "");
  }};
  std::optional<RunningGateway> gateway;
};

json::object contract() {
  return json::parse(contract_json().value()).as_object();
}

TEST(Routes, AreThoseOfTheContract) {
  std::set<std::string> listed = {"/openapi.json", "/healthz", "/readyz", "/movies/{id}/views"};
  for (const ApiRoute& route : api_routes()) listed.emplace(route.path);
  std::set<std::string> described;
  const json::object document = contract();
  for (const auto& [path, item] : document.at("paths").as_object()) described.emplace(path);
  EXPECT_EQ(listed, described);
}

TEST(Routes, LetThoseParametersPassThatTheContractNames) {
  const json::object document = contract();
  const auto& shared = document.at("components").at("parameters").as_object();
  for (const ApiRoute& route : api_routes()) {
    std::set<std::string> described;
    const auto& operation = document.at("paths").at(route.path).at("get").as_object();
    if (const auto* parameters = operation.if_contains("parameters")) {
      for (const json::value& parameter : parameters->as_array()) {
        const auto* reference = parameter.as_object().if_contains("$ref");
        const auto& resolved = reference == nullptr
                                   ? parameter.as_object()
                                   : shared
                                         .at(std::string_view(reference->as_string())
                                                 .substr(std::string_view("#/components/parameters/").size()))
                                         .as_object();
        if (resolved.at("in") == "query") described.emplace(resolved.at("name").as_string());
      }
    }
    EXPECT_EQ(std::set<std::string>(route.parameters.begin(), route.parameters.end()), described)
        << route.path;
  }
}

TEST(Routes, ServeTheContractAsJson) {
  const Scene scene;
  const Reply reply = scene.get("/api/v1/openapi.json");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.header("Content-Type"), "application/json; charset=utf-8");
  EXPECT_EQ(reply.header("Access-Control-Allow-Origin"), "*");
  EXPECT_EQ(json::parse(reply.body).at("openapi").as_string(), "3.1.0");
}

TEST(Routes, ServeThePageThatShowsTheContractUnderAPolicyOfItsOwn) {
  const Scene scene;
  for (const char* target : {"/docs", "/api/v1/docs", "/docs?from=menu"}) {
    const Reply reply = scene.get(target);
    EXPECT_EQ(reply.status, 200) << target;
    EXPECT_THAT(reply.body, HasSubstr("Filmoteka API")) << target;
    const std::string policy = reply.header("Content-Security-Policy");
    EXPECT_THAT(policy, AllOf(HasSubstr("script-src 'self';"), HasSubstr("style-src 'self' 'sha256-"),
                              Not(HasSubstr("unsafe")), Not(HasSubstr("blob:"))));
  }
  EXPECT_THAT(scene.get("/").header("Content-Security-Policy"), Not(HasSubstr("sha256")));
}

TEST(Routes, AreThoseOfTheTable) {
  const Scene scene;
  for (const RouteFacts& route : route_table()) {
    std::string target = route.pattern;
    if (const auto open = target.find('{'); open != std::string::npos) target.replace(open, 4, "7");
    const bool posts = route.method == http::Method::kPost;
    scene.gateway->ask(posts ? "POST" : "GET", target, posts ? "Content-Length: 0\r\n" : "");
    EXPECT_THAT(scene.gateway->metrics(), HasSubstr("route=\"" + route.pattern + "\"")) << target;
  }
}

TEST(Routes, NothingElseExistsUnderTheApi) {
  const Scene scene;
  for (const char* target :
       {"/api", "/api/", "/api/v1", "/api/v1/", "/api/v1/movies/", "/api/v1/movies/1/2", "/api/v1/changes",
        "/api/v1/export", "/api/v1/ids", "/api/v1/ids?from=1", "/internal/v1/ids", "/api/v1/Movies",
        "/api/v1//movies", "/api/v2/movies", "/internal/v1/movies", "/internal/v1/changes", "/metrics",
        "/healthz", "/a.json"}) {
    const Reply reply = scene.get(target);
    EXPECT_EQ(reply.status, 404) << target;
    EXPECT_EQ(reply.header("Content-Type"), "application/problem+json") << target;
  }
  EXPECT_THAT(scene.metadata.requests(), SizeIs(0));
}

TEST(Routes, RefusalsOfTheApiMayBeReadByOtherSitesToo) {
  const Scene scene;
  const auto refused = [&scene](const char* method, const char* target) {
    return scene.gateway->ask(method, target, "Content-Length: 0\r\n");
  };
  for (const Reply& reply : {scene.get("/api/v1/nothing"), scene.get("/api/v1/%ff"),
                             refused("PUT", "/api/v1/movies"), refused("DELETE", "/api/v1/nothing")}) {
    EXPECT_GE(reply.status, 400);
    EXPECT_EQ(reply.header("Access-Control-Allow-Origin"), "*") << reply.status;
    EXPECT_THAT(reply.header("Content-Security-Policy"), HasSubstr("sandbox")) << reply.status;
  }
  EXPECT_EQ(scene.get("/internal/v1/movies").header("Access-Control-Allow-Origin"), "");
}

TEST(Routes, OtherMethodsAreRefusedWithAllow) {
  const Scene scene;
  for (const char* method : {"POST", "PUT", "PATCH", "DELETE"}) {
    const Reply reply = scene.gateway->ask(method, "/api/v1/movies", "Content-Length: 0\r\n");
    EXPECT_EQ(reply.status, 405) << method;
    EXPECT_EQ(reply.header("Allow"), "GET, HEAD, OPTIONS") << method;
    EXPECT_EQ(scene.gateway->ask(method, "/internal/v1/movies", "Content-Length: 0\r\n").status, 404)
        << method;
  }
  EXPECT_EQ(scene.gateway->ask("OPTIONS", "/api/v1/movies").status, 204);
}

TEST(Routes, ServeTheWebAppAndItsOwnRoutes) {
  const Scene scene;
  for (const char* target :
       {"/", "/index.html", "/films", "/films/42", "/films/42?from=list", "/unknown", "/films/x"}) {
    const Reply reply = scene.get(target);
    const bool exists =
        !std::string_view(target).ends_with("unknown") && !std::string_view(target).ends_with('x');
    EXPECT_EQ(reply.status, exists ? 200 : 404) << target;
    EXPECT_THAT(reply.body, HasSubstr("<title>Filmoteka")) << target;
    EXPECT_THAT(reply.header("Content-Security-Policy"), HasSubstr("script-src 'self'")) << target;
  }
  const Reply script = scene.get("/assets/index-4f2a.js");
  EXPECT_EQ(script.body, "run()");
  EXPECT_THAT(script.header("Cache-Control"), HasSubstr("immutable"));
  const std::string tag = "If-None-Match: " + scene.get("/").header("ETag") + "\r\n";
  EXPECT_EQ(scene.gateway->get("/", tag).status, 304);
}

TEST(Routes, NoPathLeavesTheWebAppsFolder) {
  const Scene scene;
  for (const char* target :
       {"/../secret.txt", "/assets/../../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt",
        "/%2e%2e%2fsecret.txt", "/assets/..%5c..%5csecret.txt", "//secret.txt", "/./secret.txt", "/link.txt",
        "/.env", "/%2eenv", "/secret.txt", "/assets/%00.js", "/etc/passwd.txt"}) {
    const Reply reply = scene.get(target);
    EXPECT_TRUE(reply.status == 400 || reply.status == 404) << target << " " << reply.status;
    EXPECT_THAT(reply.body, Not(HasSubstr("secret\n"))) << target;
  }
}

TEST(Routes, TellRobotsWhatToRead) {
  const Scene scene;
  EXPECT_EQ(scene.get("/robots.txt").body,
            "User-agent: *\nAllow: /\nDisallow: /api/\nSitemap: http://x/sitemap.xml\n");
}

TEST(Routes, WithoutAWebAppTheyServeAPageThatSaysWhatToDo) {
  const FakeMetadataServer metadata([](const auto&, const auto&) { return std::string{}; });
  Settings settings;
  settings.metadata = {metadata.url()};
  settings.web_root = "/nonexistent";
  const RunningGateway gateway(std::move(settings));
  EXPECT_THAT(gateway.get("/").body, HasSubstr("npm run build"));
}

}  // namespace
}  // namespace filmoteka::gateway
