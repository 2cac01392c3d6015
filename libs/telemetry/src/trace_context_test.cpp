#include <filmoteka/telemetry/trace_context.hpp>

#include <gtest/gtest.h>

namespace filmoteka::telemetry {
namespace {

const std::string kTrace = "4bf92f3577b34da6a3ce929d0e0e4736";
const std::string kParent = "00f067aa0ba902b7";

std::string id_in(std::string_view text) {
  const auto trace = parse_traceparent(text);
  return trace ? std::string(trace->id_view()) : "none";
}

TEST(TraceContext, reads_the_trace_and_the_flags_that_are_known) {
  EXPECT_EQ(id_in("00-" + kTrace + "-" + kParent + "-01"), kTrace);
  EXPECT_EQ(parse_traceparent("00-" + kTrace + "-" + kParent + "-01")->flags, 1);
  EXPECT_EQ(parse_traceparent("00-" + kTrace + "-" + kParent + "-fe")->flags, 2);
}

TEST(TraceContext, refuses_what_is_malformed) {
  const std::string good = "00-" + kTrace + "-" + kParent + "-01";
  for (const std::string& bad :
       {std::string(), good.substr(1), good + "0", good + "-00", "ff" + good.substr(2), "0x" + good.substr(2),
        "00_" + good.substr(3), "00-4BF92f3577b34da6a3ce929d0e0e4736-" + kParent + "-01",
        "00-" + std::string(32, '0') + "-" + kParent + "-01", "00-" + kTrace + "-0000000000000000-01",
        "00-" + kTrace + "-" + kParent + "-0g", "00-" + kTrace + "_" + kParent + "-01", " " + good}) {
    EXPECT_EQ(id_in(bad), "none") << bad;
  }
}

TEST(TraceContext, reads_of_later_versions_what_it_knows) {
  const std::string later = "cc-" + kTrace + "-" + kParent + "-01";
  EXPECT_EQ(id_in(later), kTrace);
  EXPECT_EQ(id_in(later + "-what-the-future-will-be-like"), kTrace);
  EXPECT_EQ(id_in(later + ".what"), "none");
}

TEST(TraceContext, gives_each_call_an_id_of_its_own_in_the_same_trace) {
  const auto trace = parse_traceparent("01-" + kTrace + "-" + kParent + "-05");
  const std::string first = traceparent_of_call(*trace);
  const std::string second = traceparent_of_call(*trace);
  EXPECT_TRUE(first.starts_with("00-" + kTrace + "-"));
  EXPECT_TRUE(first.ends_with("-01")) << first;
  EXPECT_NE(first, second);
  EXPECT_EQ(first.find(kParent), std::string::npos);
  EXPECT_EQ(id_in(second), kTrace);
}

TEST(TraceContext, begins_traces_that_are_all_different_and_not_sampled) {
  const Trace trace = new_trace();
  EXPECT_NE(trace.id, new_trace().id);
  EXPECT_EQ(id_in(traceparent_of_call(trace)), trace.id_view());
  EXPECT_TRUE(traceparent_of_call(trace).ends_with("-00"));
}

}  // namespace
}  // namespace filmoteka::telemetry
