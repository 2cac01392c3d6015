/// A whole gateway in front of another server: the points of the RFCs on real connections. The rules
/// themselves are tested in core/http_caching/.
#include <gateway/testing/origin_scene.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace filmoteka::gateway {
namespace {

using namespace std::chrono_literals;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

std::string answer(std::vector<std::string> fields, std::string_view body = "body", int status = 200) {
  return OriginScene::answer(std::move(fields), body, status);
}

TEST(OriginMode, Rfc9111_4_ServesWhatIsFreshWithItsAge) {
  OriginScene scene({answer({"Cache-Control: max-age=60", "Age: 5"})});
  EXPECT_EQ(scene.status(), "fwd=uri-miss; fwd-status=200; stored");
  scene.clock.advance(10s);
  const Reply hit = scene.get();
  EXPECT_EQ(hit.body, "body");
  EXPECT_EQ(hit.header("Age"), "15");
  EXPECT_EQ(hit.header("Cache-Status"), "filmoteka; hit; ttl=45");
  EXPECT_EQ(scene.asked(), 1U);
}

TEST(OriginMode, Rfc9110_7_6_ForwardsFromEndToEndOnly) {
  OriginScene scene(
      {answer({"Connection: x-hop", "X-Hop: 1", "X-End: 1", "Via: 1.0 far", "X-Request-Id: theirs",
               "Date: Sun, 06 Nov 1994 08:49:37 GMT", "Keep-Alive: timeout=5"})});
  const Reply reply = scene.get("/a?b=%2F..",
                                "X-Hop: 1\r\nConnection: X-Hop, close\r\nTE: trailers\r\nCookie: c=1\r\n"
                                "X-Request-Id: mine\r\nX-End: 2\r\n");
  EXPECT_THAT(reply.head,
              AllOf(HasSubstr("X-End: 1"), HasSubstr("Via: 1.0 far"), HasSubstr("Via: 1.1 filmoteka"),
                    HasSubstr("Date: Sun, 06 Nov 1994 08:49:37 GMT"), HasSubstr("X-Request-Id: mine")));
  EXPECT_THAT(reply.head, AllOf(Not(HasSubstr("X-Hop")), Not(HasSubstr("theirs")),
                                Not(HasSubstr("Keep-Alive")), Not(HasSubstr("X-Frame-Options"))));
  const std::string asked = scene.request(0);
  EXPECT_THAT(
      asked, AllOf(StartsWith("GET /a?b=%2F.. HTTP/1.1\r\n"), HasSubstr("Cookie: c=1"), HasSubstr("X-End: 2"),
                   HasSubstr("Via: 1.1 filmoteka"), HasSubstr("X-Request-Id: mine")));
  EXPECT_THAT(asked, AllOf(Not(HasSubstr("X-Hop")), Not(HasSubstr("TE:")), Not(HasSubstr("Host: x"))));
}

TEST(OriginMode, PassesAnyMethodAndStatus) {
  OriginScene scene({answer({}, "teapot", 418), answer({}, "", 299), answer({}, "", 204)});
  const Reply teapot = scene.ask("BREW", "/pot", "Content-Length: 0\r\n");
  EXPECT_EQ(teapot.status, 418);
  EXPECT_EQ(teapot.body, "teapot");
  EXPECT_EQ(teapot.header("Cache-Status"), "filmoteka; fwd=method; fwd-status=418");
  EXPECT_THAT(scene.request(0), StartsWith("BREW /pot HTTP/1.1\r\n"));
  EXPECT_EQ(scene.ask("OPTIONS", "/").status, 299);
  EXPECT_EQ(scene.ask("DELETE", "/x").status, 204);
}

TEST(OriginMode, Rfc9111_4_3_ValidatesWhatIsStaleAnd3_2_UpdatesItsFields) {
  OriginScene scene({answer({"Cache-Control: max-age=5", "ETag: \"a\"", "X: old"}),
                     answer({"Cache-Control: max-age=50", "ETag: \"a\"", "X: new"}, "", 304)});
  scene.get();
  scene.clock.advance(6s);
  const Reply validated = scene.get();
  EXPECT_EQ(validated.status, 200);
  EXPECT_EQ(validated.body, "body");
  EXPECT_EQ(validated.header("Cache-Status"), "filmoteka; fwd=stale; fwd-status=304; stored");
  EXPECT_THAT(scene.request(1), HasSubstr("If-None-Match: \"a\"\r\n"));
  scene.clock.advance(40s);
  const Reply hit = scene.get();
  EXPECT_EQ(hit.header("X"), "new");
  EXPECT_EQ(hit.header("Age"), "40");
}

TEST(OriginMode, Rfc9111_4_3_1_TheClientsTagGoesWithTheValidation) {
  OriginScene scene({answer({"Cache-Control: max-age=5", "ETag: \"a\""}), answer({"ETag: \"b\""}, "", 304)});
  scene.get();
  scene.clock.advance(6s);
  const Reply reply = scene.get("/", "If-None-Match: \"b\"\r\n");
  EXPECT_EQ(reply.status, 304);
  EXPECT_THAT(scene.request(1), HasSubstr("If-None-Match: \"a\", \"b\"\r\n"));
}

TEST(OriginMode, Rfc9111_4_3_2_AnswersConditionsFromTheStore) {
  OriginScene scene({answer({"Cache-Control: max-age=60", "ETag: \"a\"", "Content-Language: ru"})});
  EXPECT_EQ(scene.get("/", "If-None-Match: W/\"a\"\r\n").status, 304) << "on a miss too";
  const Reply reply = scene.get("/", "If-None-Match: \"x\", \"a\"\r\n");
  EXPECT_EQ(reply.status, 304);
  EXPECT_EQ(reply.header("ETag"), "\"a\"");
  EXPECT_EQ(reply.header("Content-Length"), "");
  EXPECT_EQ(scene.get("/", "If-None-Match: \"b\"\r\n").status, 200);
  EXPECT_EQ(scene.asked(), 1U);
  EXPECT_THAT(scene.request(0), Not(HasSubstr("If-None-Match")));
}

TEST(OriginMode, Rfc9111_4_1_KeepsVariantsApart) {
  OriginScene scene({answer({"Cache-Control: max-age=60", "Vary: Accept-Language"}, "ru"),
                     answer({"Cache-Control: max-age=60", "Vary: Accept-Language"}, "en")});
  EXPECT_EQ(scene.get("/", "Accept-Language: ru\r\n").body, "ru");
  EXPECT_EQ(scene.status("/", "Accept-Language: en\r\n"), "fwd=vary-miss; fwd-status=200; stored");
  EXPECT_EQ(scene.get("/", "Accept-Language: ru\r\n").body, "ru");
  EXPECT_EQ(scene.get("/", "Accept-Language: en\r\nX-Forwarded-Host: evil\r\n").body, "en");
  EXPECT_EQ(scene.asked(), 2U);
}

TEST(OriginMode, Rfc9111_4_4_UnsafeRequestsInvalidateAllVariantsOfTheirTargets) {
  OriginScene scene({answer({"Cache-Control: max-age=60", "Vary: A"}),
                     answer({"Cache-Control: max-age=60", "Vary: A"}), answer({"Cache-Control: max-age=60"}),
                     answer({"Location: /c"}, "", 201),
                     answer({"Cache-Control: max-age=60", "Vary: A"}, "new")});
  scene.get("/b", "A: 1\r\n");
  scene.get("/b", "A: 2\r\n");
  scene.get("/c");
  scene.ask("POST", "/b", "Content-Length: 0\r\n");
  EXPECT_EQ(scene.get("/b", "A: 1\r\n").body, "new");
  EXPECT_EQ(scene.get("/b", "A: 2\r\n").body, "new");
  EXPECT_EQ(scene.get("/c").body, "new");
}

TEST(OriginMode, Rfc9111_4_4_FailedUnsafeRequestsInvalidateNothing) {
  OriginScene scene({answer({"Cache-Control: max-age=60"}), answer({}, "", 500)});
  scene.get();
  scene.ask("POST", "/", "Content-Length: 0\r\n");
  EXPECT_EQ(scene.status(), "hit; ttl=60");
}

TEST(OriginMode, Rfc9875_3_GroupsAreInvalidatedTogether) {
  OriginScene scene({answer({"Cache-Control: max-age=60", "Cache-Groups: \"films\""}),
                     answer({"Cache-Control: max-age=60", "Cache-Groups: \"other\""}),
                     answer({"Cache-Group-Invalidation: \"films\""}, "", 204),
                     answer({"Cache-Control: max-age=60"}, "new")});
  scene.get("/a");
  scene.get("/b");
  scene.ask("POST", "/c", "Content-Length: 0\r\n");
  EXPECT_EQ(scene.get("/a").body, "new");
  EXPECT_EQ(scene.get("/b").body, "body");
}

TEST(OriginMode, Rfc9111_4_HeadIsAnsweredFromGet) {
  OriginScene scene({answer({"Cache-Control: max-age=60"})});
  scene.get();
  const Reply head = scene.ask("HEAD");
  EXPECT_EQ(head.header("Content-Length"), "4");
  EXPECT_EQ(head.body, "");
  EXPECT_EQ(scene.asked(), 1U);
}

TEST(OriginMode, Rfc9111_4_3_5_HeadUpdatesOrInvalidatesTheStoredAnswer) {
  const auto head = [](std::string tag) {
    return "HTTP/1.1 200 OK\r\nConnection: close\r\nCache-Control: max-age=60\r\nETag: " + tag +
           "\r\nContent-Length: 4\r\n\r\n";
  };
  OriginScene scene(
      {answer({"Cache-Control: max-age=5", "ETag: \"a\""}), head("\"a\""), head("\"b\""), answer({}, "new")});
  scene.get();
  scene.clock.advance(6s);
  EXPECT_EQ(scene.ask("HEAD").header("Content-Length"), "4");
  EXPECT_EQ(scene.status(), "hit; ttl=60");
  scene.clock.advance(60s);
  scene.ask("HEAD");
  EXPECT_EQ(scene.get().body, "new");
}

TEST(OriginMode, Rfc9110_14_ServesPartsOfWhatItHas) {
  OriginScene scene({answer({"Cache-Control: max-age=60", "ETag: \"a\""}, "0123456789")});
  const Reply part = scene.get("/", "Range: bytes=2-4\r\n");
  EXPECT_EQ(part.status, 206);
  EXPECT_EQ(part.body, "234");
  EXPECT_EQ(part.header("Content-Range"), "bytes 2-4/10");
  EXPECT_THAT(scene.request(0), Not(HasSubstr("Range"))) << "the whole is fetched once";
  EXPECT_EQ(scene.get("/", "Range: bytes=-1\r\nIf-Range: \"a\"\r\n").body, "9");
  EXPECT_EQ(scene.get("/", "Range: bytes=-1\r\nIf-Range: \"b\"\r\n").status, 200);
  const Reply beyond = scene.get("/", "Range: bytes=10-\r\n");
  EXPECT_EQ(beyond.status, 416);
  EXPECT_EQ(beyond.header("Content-Range"), "bytes */10");
  EXPECT_EQ(scene.asked(), 1U);
}

TEST(OriginMode, Rfc9111_5_2_1_7_OnlyIfCachedIs504) {
  OriginScene scene({answer({"Cache-Control: max-age=60"})});
  EXPECT_EQ(scene.get("/", "Cache-Control: only-if-cached\r\n").status, 504);
  EXPECT_EQ(scene.asked(), 0U);
  scene.get();
  EXPECT_EQ(scene.get("/", "Cache-Control: only-if-cached\r\n").status, 200);
}

TEST(OriginMode, Rfc9111_5_2_1_4_NoCacheValidates) {
  OriginScene scene({answer({"Cache-Control: max-age=60", "ETag: \"a\""}), answer({}, "", 304)});
  scene.get();
  EXPECT_EQ(scene.status("/", "Cache-Control: no-cache\r\n"), "fwd=request; fwd-status=304; stored");
  EXPECT_EQ(scene.status("/", "Pragma: no-cache\r\n"), "fwd=request; fwd-status=304; stored");
}

TEST(OriginMode, Rfc9111_3_DoesNotKeepWhatIsPrivateOrNotToBeStored) {
  for (const char* control : {"no-store", "private, max-age=60"}) {
    OriginScene scene({answer({std::string("Cache-Control: ") + control})});
    EXPECT_EQ(scene.status(), "fwd=uri-miss; fwd-status=200") << control;
    EXPECT_EQ(scene.status(), "fwd=uri-miss; fwd-status=200") << control;
  }
}

TEST(OriginMode, Rfc9111_3_1_FieldsThatAreKeptBackAreForTheFirstOnly) {
  OriginScene scene({answer({"Cache-Control: max-age=60, private=\"Set-Cookie\"", "Set-Cookie: a=b"})});
  EXPECT_EQ(scene.get().header("Set-Cookie"), "a=b");
  EXPECT_EQ(scene.get().header("Set-Cookie"), "");
  EXPECT_EQ(scene.asked(), 1U);
}

TEST(OriginMode, Rfc9111_3_5_AnswersWithCredentialsNeedLeave) {
  OriginScene scene({answer({"Cache-Control: max-age=60"}), answer({"Cache-Control: max-age=60, public"})});
  EXPECT_EQ(scene.status("/", "Authorization: Basic eA==\r\n"), "fwd=uri-miss; fwd-status=200");
  EXPECT_EQ(scene.status("/", "Authorization: Basic eA==\r\n"), "fwd=uri-miss; fwd-status=200; stored");
  EXPECT_EQ(scene.status(), "hit; ttl=60");
}

TEST(OriginMode, Rfc9213_2_TargetedDirectivesRule) {
  OriginScene scene({answer({"Cache-Control: no-store", "CDN-Cache-Control: max-age=60"})});
  scene.get();
  EXPECT_EQ(scene.status(), "hit; ttl=60");
}

TEST(OriginMode, Rfc5861_3_ServesStaleWhileItRevalidates) {
  OriginScene scene({answer({"Cache-Control: max-age=5, stale-while-revalidate=60"}, "old"),
                     answer({"Cache-Control: max-age=60"}, "new")});
  scene.get();
  scene.clock.advance(6s);
  const Reply stale = scene.get();
  EXPECT_EQ(stale.body, "old");
  EXPECT_EQ(stale.header("Cache-Status"), "filmoteka; hit; ttl=-1; detail=stale-while-revalidate");
  scene.await_asked(2);
  Reply reply = scene.get();
  const auto limit = std::chrono::steady_clock::now() + 10s;
  while (reply.body == "old" && std::chrono::steady_clock::now() < limit) reply = scene.get();
  EXPECT_EQ(reply.body, "new");
  EXPECT_EQ(scene.asked(), 2U) << "once, however often it was asked for";
}

TEST(OriginMode, Rfc5861_4_ServesStaleInsteadOfAnError) {
  for (const std::string& failure : {answer({}, "broken", 503), std::string{}}) {
    OriginScene scene({answer({"Cache-Control: max-age=5, stale-if-error=60"}), failure});
    scene.get();
    scene.clock.advance(6s);
    const Reply stale = scene.get();
    EXPECT_EQ(stale.status, 200);
    EXPECT_EQ(stale.body, "body");
    EXPECT_THAT(stale.header("Cache-Status"),
                AllOf(HasSubstr("fwd=stale"), HasSubstr("detail=stale-if-error")));
    scene.clock.advance(60s);
    EXPECT_GE(scene.get().status, 500);
  }
}

TEST(OriginMode, Rfc9111_5_2_2_2_MustRevalidateForbidsStale) {
  OriginScene scene(
      {answer({"Cache-Control: max-age=5, stale-if-error=60, must-revalidate"}), std::string{}});
  scene.get();
  scene.clock.advance(6s);
  EXPECT_GE(scene.get().status, 500);
}

TEST(OriginMode, Rfc9111_4_NegativeAnswersAreKeptWhenTheySayHowLong) {
  OriginScene scene({answer({"Cache-Control: max-age=5"}, "gone", 404)});
  EXPECT_EQ(scene.get().status, 404);
  EXPECT_EQ(scene.get().status, 404);
  EXPECT_EQ(scene.asked(), 1U);
}

TEST(OriginMode, Rfc9110_13_1_1_IfMatchIsForTheOrigin) {
  OriginScene scene({answer({"Cache-Control: max-age=60", "ETag: \"a\""}), answer({}, "", 412)});
  scene.get();
  EXPECT_EQ(scene.get("/", "If-Match: \"b\"\r\n").status, 412);
  EXPECT_THAT(scene.request(1), HasSubstr("If-Match: \"b\""));
}

TEST(OriginMode, Rfc9211_2_AddsItsStatusBehindThatOfOtherCaches) {
  OriginScene scene({answer({"Cache-Status: Far; hit", "Cache-Control: max-age=60"})});
  const Reply reply = scene.get();
  EXPECT_LT(reply.head.find("Cache-Status: Far; hit"),
            reply.head.find("Cache-Status: filmoteka; fwd=uri-miss"));
}

TEST(OriginMode, AnOriginThatIsAwayIs503) {
  OriginScene scene({std::string{}});
  EXPECT_EQ(scene.get().status, 503);
  EXPECT_EQ(scene.ask("POST", "/", "Content-Length: 0\r\n").status, 503);
}

}  // namespace
}  // namespace filmoteka::gateway
