#include <gateway/adapters/replica_call.hpp>
#include <gtest/gtest.h>

namespace filmoteka::gateway {
namespace {

using namespace std::chrono_literals;

constexpr SteadyTime kNow{1h};

std::string time_passed_on(Deadline deadline) {
  const OriginRequest request{.target = "/x", .headers = {{"Accept", "*/*"}}, .body = ""};
  const http::ClientRequest sent = client_request(request, deadline, kNow);
  EXPECT_EQ(sent.headers[0].first, "Accept");
  return sent.headers.size() > 1 ? sent.headers[1].second : "";
}

CallEnd end_of_status(int status) {
  return end_of(http::ClientResponse{.status = status, .headers = {}, .body = ""}, 1ms, 250ms);
}

TEST(ReplicaCall, PassesOnWhatIsLeftMinusALittle) {
  EXPECT_EQ(time_passed_on(Deadline::at(kNow + 100ms)), "94");
  EXPECT_EQ(time_passed_on(Deadline::at(kNow + 5s)), "4980");
  EXPECT_EQ(time_passed_on(Deadline::at(kNow - 1s)), "1");
  EXPECT_EQ(time_passed_on(Deadline::never()), "");
}

TEST(ReplicaCall, SaysWhichTraceItWasOf) {
  const std::string trace = "4bf92f3577b34da6a3ce929d0e0e4736";
  const OriginRequest request{
      .target = "/x", .headers = {{"traceparent", "00-" + trace + "-00f067aa0ba902b7-01"}}, .body = ""};
  EXPECT_EQ(upstream_of("r:1", request, 1ms)->trace_id, trace);
}

TEST(ReplicaCall, ARefusalOfOurTokenIsNoAnswerForTheClient) {
  const auto refused = unless_refused(http::ClientResponse{.status = 401, .headers = {}, .body = ""});
  ASSERT_TRUE(refused.has_error());
  EXPECT_EQ(refused.error().code, ErrorCode::kUnavailable);
  EXPECT_EQ(unless_refused(http::ClientResponse{.status = 404, .headers = {}, .body = ""})->status, 404);
}

TEST(ReplicaCall, EveryAnswerButAFaultOfTheServerIsAnAnswer) {
  for (const int status : {200, 304, 400, 404, 429, 501})
    EXPECT_EQ(end_of_status(status), CallEnd::kAnswered);
  for (const int status : {500, 502, 503, 504}) EXPECT_EQ(end_of_status(status), CallEnd::kFault);
}

TEST(ReplicaCall, ErrorsTellSilenceFromOurOwnHaste) {
  EXPECT_EQ(end_of(unavailable("refused"), 1ms, 250ms), CallEnd::kSilence);
  EXPECT_EQ(end_of(corrupt("no HTTP"), 1ms, 250ms), CallEnd::kSilence);
  EXPECT_EQ(end_of(deadline_exceeded("late"), 250ms, 250ms), CallEnd::kSilence);
  EXPECT_EQ(end_of(deadline_exceeded("late"), 20ms, 250ms), CallEnd::kGivenUp);
  EXPECT_EQ(end_of(invalid_argument("no target"), 1ms, 250ms), CallEnd::kGivenUp);
}

TEST(ReplicaCall, VisitorsAreToldNothingOfTheInside) {
  const Error shown = for_the_public(unavailable("Cannot connect to http://10.0.0.7:8081.", "refused"));
  EXPECT_EQ(shown.code, ErrorCode::kUnavailable);
  EXPECT_EQ(shown.message.find("10.0.0.7"), std::string::npos);
  EXPECT_NE(shown.detail.find("10.0.0.7"), std::string::npos);
  EXPECT_NE(for_the_public(deadline_exceeded("The answer of http://10.0.0.7")).message.find("in time"),
            std::string::npos);
}

TEST(ReplicaCall, SaysWhy) {
  EXPECT_EQ(why(unavailable("Refused.", "secret")), "Refused.");
  EXPECT_EQ(why(http::ClientResponse{.status = 502, .headers = {}, .body = ""}), "It answers 502.");
  EXPECT_EQ(why(http::ClientResponse{.status = 404, .headers = {}, .body = ""}), "");
}

}  // namespace
}  // namespace filmoteka::gateway
