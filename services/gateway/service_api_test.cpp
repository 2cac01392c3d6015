/// The API routes of a whole gateway, with a metadata service that the test plays.
#include <filmoteka/testing/temporary_folder.hpp>

#include <gateway/testing/fake_metadata_server.hpp>
#include <gateway/testing/running_gateway.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <thread>

namespace filmoteka::gateway {
namespace {

using namespace std::chrono_literals;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

constexpr const char* kJson = "Content-Type: application/json; charset=utf-8\r\n";

std::string films(std::string_view) {
  return testing::http_response(200, "{\"items\":[" + std::string(3'000, ' ') + "]}",
                                std::string(kJson) +
                                    "ETag: \"r7\"\r\nSet-Cookie: internal=1\r\n"
                                    "Link: </internal/v1/movies?page=2>; rel=\"next\"\r\n");
}

Settings settings_for(const FakeMetadataServer& metadata) {
  Settings settings;
  settings.metadata = {metadata.url()};
  settings.web_root = "/nonexistent";
  return settings;
}

TEST(GatewayApi, PassesAQuestionOnInNormalFormAndNothingElse) {
  FakeMetadataServer metadata([](const auto& target, const auto&) { return films(target); });
  const RunningGateway gateway(settings_for(metadata));
  const Reply reply = gateway.get("/api/v1/movies?genre=b&q=a+b&genre=%61",
                                  "X-Request-Id: mine-1\r\nCookie: secret=1\r\nX-Forwarded-For: 1.2.3.4\r\n"
                                  "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\r\n");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.header("X-Request-Id"), "mine-1");
  ASSERT_THAT(metadata.requests(), SizeIs(1));
  const std::string asked = metadata.requests()[0];
  EXPECT_THAT(asked, StartsWith("GET /internal/v1/movies?q=a%20b&genre=b&genre=a HTTP/1.1\r\n"));
  EXPECT_THAT(asked, AllOf(HasSubstr("mine-1"), HasSubstr("4bf92f3577b34da6a3ce929d0e0e4736"),
                           HasSubstr("X-Request-Timeout-Ms: ")));
  EXPECT_THAT(asked, AllOf(Not(HasSubstr("Cookie")), Not(HasSubstr("X-Forwarded-For"))));
  EXPECT_THAT(asked, Not(HasSubstr("00f067aa0ba902b7")));
}

TEST(GatewayApi, CallsBelongToTheClientsTraceOrToOneThatBeginsHere) {
  FakeMetadataServer metadata([](const auto& target, const auto&) { return films(target); });
  const RunningGateway gateway(settings_for(metadata));
  gateway.get("/api/v1/movies?page=2",
              "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\r\n"
              "tracestate: vendor=1\r\ntracestate: other=2\r\n");
  gateway.get("/api/v1/movies?page=3", "traceparent: broken\r\ntracestate: vendor=1\r\n");
  ASSERT_THAT(metadata.requests(), SizeIs(2));
  EXPECT_THAT(metadata.requests()[0], AllOf(HasSubstr("traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-"),
                                            HasSubstr("tracestate: vendor=1, other=2\r\n")));
  EXPECT_THAT(metadata.requests()[1],
              AllOf(HasSubstr("traceparent: 00-"), Not(HasSubstr("broken")), Not(HasSubstr("tracestate"))));
}

TEST(GatewayApi, ShowsOnlyWhatThePublicMaySee) {
  FakeMetadataServer metadata([](const auto& target, const auto&) { return films(target); });
  const RunningGateway gateway(settings_for(metadata));
  const Reply reply = gateway.get("/api/v1/movies");
  EXPECT_EQ(reply.header("Link"), "</api/v1/movies?page=2>; rel=\"next\"");
  EXPECT_EQ(reply.header("ETag"), "W/\"r7\"");
  EXPECT_EQ(reply.header("Vary"), "Accept-Encoding");
  EXPECT_EQ(reply.header("Access-Control-Allow-Origin"), "*");
  EXPECT_EQ(reply.header("Cache-Control"),
            "public, max-age=5, stale-while-revalidate=30, stale-if-error=600");
  EXPECT_THAT(reply.head, AllOf(Not(HasSubstr("Set-Cookie")), Not(HasSubstr("internal"))));
}

TEST(GatewayApi, AnswersEqualQuestionsFromTheCacheUntilTheyExpire) {
  FakeMetadataServer metadata([](const auto& target, const auto&) { return films(target); });
  FakeClock clock;
  const RunningGateway gateway(settings_for(metadata), clock);
  EXPECT_EQ(gateway.get("/api/v1/movies?page=2&q=x").header("Cache-Status"),
            "filmoteka; fwd=uri-miss; fwd-status=200; stored");
  clock.advance(2s);
  // Another spelling, then the same spelling again, then the normal form.
  for (const char* target :
       {"/api/v1/movies?page=2&q=%78", "/api/v1/movies?page=2&q=%78", "/api/v1/movies?q=x&page=2"}) {
    const Reply hit = gateway.get(target);
    EXPECT_EQ(hit.header("Cache-Status"), "filmoteka; hit; ttl=3") << target;
    EXPECT_EQ(hit.header("Age"), "2") << target;
    EXPECT_THAT(hit.body, StartsWith("{\"items\""));
  }
  EXPECT_THAT(metadata.requests(), SizeIs(1));
  clock.advance(3s);
  EXPECT_EQ(gateway.get("/api/v1/movies?page=2&q=%78").header("Cache-Status"),
            "filmoteka; hit; ttl=0; detail=stale-while-revalidate");
  clock.advance(30s);
  EXPECT_EQ(gateway.get("/api/v1/movies?page=3").header("Cache-Status"),
            "filmoteka; fwd=uri-miss; fwd-status=200; stored");
  EXPECT_THAT(gateway.metrics(), HasSubstr("filmoteka_gateway_cache_requests_total{result=\"hit\"} 3"));
}

TEST(GatewayApi, AsksOnlyWhetherWhatItHasIsStillGood) {
  FakeMetadataServer metadata([](const auto& target, const std::string& head) {
    const bool has_it = head.find("If-None-Match: W/\"r7\"") != std::string::npos;
    return has_it ? testing::http_response(304, "", "ETag: \"r7\"\r\n") : films(target);
  });
  FakeClock clock;
  const RunningGateway gateway(settings_for(metadata), clock);
  const Reply first = gateway.get("/api/v1/movies");
  clock.advance(40s);
  const Reply again = gateway.get("/api/v1/movies");
  EXPECT_EQ(again.header("Cache-Status"), "filmoteka; fwd=stale; fwd-status=304; stored");
  EXPECT_EQ(again.body, first.body);
  EXPECT_EQ(again.header("Age"), "0");
  EXPECT_EQ(gateway.get("/api/v1/movies").header("Cache-Status"), "filmoteka; hit; ttl=5");
}

TEST(GatewayApi, AClientMayWantAnAnswerThatIsValidated) {
  FakeMetadataServer metadata([](const auto& target, const auto&) { return films(target); });
  FakeClock clock;
  const RunningGateway gateway(settings_for(metadata), clock);
  EXPECT_EQ(gateway.get("/api/v1/movies", "Cache-Control: only-if-cached\r\n").status, 504);
  gateway.get("/api/v1/movies");
  EXPECT_EQ(gateway.get("/api/v1/movies", "Cache-Control: no-cache\r\n").header("Cache-Status"),
            "filmoteka; fwd=request; fwd-status=200; stored");
  EXPECT_EQ(gateway.get("/api/v1/movies", "Cache-Control: only-if-cached\r\n").status, 200);
  EXPECT_THAT(metadata.requests(), SizeIs(2));
}

TEST(GatewayApi, SuggestionsAreCachedAsListsAre) {
  FakeMetadataServer metadata([](const auto& target, const auto&) { return films(target); });
  FakeClock clock;
  const RunningGateway gateway(settings_for(metadata), clock);
  EXPECT_EQ(gateway.get("/api/v1/suggest?limit=5&q=%D0%B7%D0%B5").status, 200);
  clock.advance(2s);
  EXPECT_EQ(gateway.get("/api/v1/suggest?q=%D0%B7%D0%B5&limit=5").header("Cache-Status"),
            "filmoteka; hit; ttl=3");
  ASSERT_THAT(metadata.requests(), SizeIs(1));
  EXPECT_THAT(metadata.requests()[0],
              StartsWith("GET /internal/v1/suggest?q=%D0%B7%D0%B5&limit=5 HTTP/1.1\r\n"));
}

TEST(GatewayApi, ManyEqualMissesMakeOneRequest) {
  std::promise<void> open;
  auto opened = open.get_future().share();
  FakeMetadataServer metadata([opened](const auto& target, const auto&) {
    opened.wait();
    return films(target);
  });
  FakeClock clock;
  const RunningGateway gateway(settings_for(metadata), clock);
  std::vector<std::future<Reply>> replies;
  for (int i = 0; i < 30; ++i) {
    replies.push_back(std::async(std::launch::async, [&gateway] { return gateway.get("/api/v1/genres"); }));
  }
  open.set_value();
  for (auto& reply : replies) EXPECT_EQ(reply.get().status, 200);
  EXPECT_THAT(metadata.requests(), SizeIs(1));
}

TEST(GatewayApi, HonoursConditionsAndCodings) {
  FakeMetadataServer metadata([](const auto& target, const auto&) { return films(target); });
  FakeClock clock;
  const RunningGateway gateway(settings_for(metadata), clock);
  const Reply plain = gateway.get("/api/v1/movies");
  for (int i = 0; i < 2; ++i) {
    for (const char* coding : {"gzip", "br"}) {
      const Reply reply = gateway.get("/api/v1/movies", "Accept-Encoding: " + std::string(coding) + "\r\n");
      EXPECT_EQ(reply.header("Content-Encoding"), coding);
      EXPECT_LT(reply.body.size(), plain.body.size() / 10);
      EXPECT_EQ(std::to_string(reply.body.size()), reply.header("Content-Length"));
    }
  }
  const Reply same = gateway.get("/api/v1/movies", "If-None-Match: " + plain.header("ETag") + "\r\n");
  EXPECT_EQ(same.status, 304);
  EXPECT_EQ(same.body, "");
  EXPECT_EQ(same.header("ETag"), plain.header("ETag"));
  const Reply head = gateway.ask("HEAD", "/api/v1/movies");
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.body, "");
  EXPECT_EQ(head.header("Content-Length"), std::to_string(plain.body.size()));
  EXPECT_THAT(metadata.requests(), SizeIs(1));
}

TEST(GatewayApi, PassesProblemsOnUnderTheRequestsOwnIdAndRemembersThemShortly) {
  FakeMetadataServer metadata([](const auto&, const auto&) {
    return testing::http_response(
        404, R"({"type":"urn:filmoteka:problem:not_found","status":404,"request_id":"theirs"})",
        "Content-Type: application/problem+json\r\nX-Internal: 10.0.0.1\r\n");
  });
  FakeClock clock;
  const RunningGateway gateway(settings_for(metadata), clock);
  for (const char* id : {"first", "second"}) {
    const Reply reply = gateway.get("/api/v1/movies/7", "X-Request-Id: " + std::string(id) + "\r\n");
    EXPECT_EQ(reply.status, 404);
    EXPECT_EQ(reply.header("Content-Type"), "application/problem+json");
    EXPECT_EQ(reply.header("Cache-Control"), "no-store");
    EXPECT_THAT(reply.body, AllOf(HasSubstr(id), Not(HasSubstr("theirs"))));
    EXPECT_THAT(reply.head, Not(HasSubstr("X-Internal")));
  }
  EXPECT_THAT(metadata.requests(), SizeIs(1));
  clock.advance(1s);
  gateway.get("/api/v1/movies/7");
  EXPECT_THAT(metadata.requests(), SizeIs(2));
}

TEST(GatewayApi, RefusesParametersThatAreNotPublic) {
  FakeMetadataServer metadata([](const auto& target, const auto&) { return films(target); });
  const RunningGateway gateway(settings_for(metadata));
  for (const char* target : {"/api/v1/movies?include_inactive=true", "/api/v1/movies?%69nclude_inactive=true",
                             "/api/v1/movies/7?include_inactive=true", "/api/v1/movies?q=x&explain=true",
                             "/api/v1/suggest?q=x&include_inactive=true", "/api/v1/suggest?q=x&sort=title",
                             "/api/v1/genres?q=x", "/api/v1/healthz?x=1"}) {
    const Reply reply = gateway.get(target);
    EXPECT_EQ(reply.status, 400) << target;
    EXPECT_EQ(reply.header("Content-Type"), "application/problem+json") << target;
  }
  EXPECT_THAT(gateway.get("/api/v1/movies?pagee=2").body, HasSubstr("Did you mean 'page'?"));
  EXPECT_THAT(metadata.requests(), SizeIs(0));
}

TEST(GatewayApi, AnIdCannotReachAnotherAddress) {
  FakeMetadataServer metadata([](const auto& target, const auto&) { return films(target); });
  const RunningGateway gateway(settings_for(metadata));
  gateway.get("/api/v1/movies/7%3Finclude_inactive=true");
  EXPECT_THAT(metadata.requests(), SizeIs(1));
  EXPECT_THAT(metadata.requests()[0],
              StartsWith("GET /internal/v1/movies/7%3Finclude_inactive%3Dtrue HTTP/1.1"));
  for (const char* target : {"/api/v1/movies/..", "/api/v1/movies/%2e%2e", "/api/v1/movies/7%2F..%2Fexport",
                             "/api/v1/movies/%00"}) {
    EXPECT_EQ(gateway.get(target).status, 400) << target;
  }
  EXPECT_THAT(metadata.requests(), SizeIs(1));
}

}  // namespace
}  // namespace filmoteka::gateway
