#include <gateway/core/client_address.hpp>
#include <gateway/core/forwarded.hpp>
#include <gtest/gtest.h>

#include <initializer_list>
#include <vector>

namespace filmoteka::gateway {
namespace {

Address address(std::string_view text) {
  return Address::parse(text).value();
}

TrustedProxies trusting(std::initializer_list<std::string_view> ranges) {
  std::vector<AddressRange> parsed;
  for (const std::string_view range : ranges) parsed.push_back(AddressRange::parse(range).value());
  return TrustedProxies(std::move(parsed));
}

Address client(const TrustedProxies& trusted, std::string_view peer,
               const std::vector<http::HeaderView>& headers) {
  http::Request request;
  request.peer_address = peer;
  request.headers = headers;
  return trusted.client_of(request);
}

TEST(Address, IsReadStrictly) {
  for (const char* text : {"", "1.2.3", "1.2.3.4.5", "01.2.3.4", "1.2.3.256", " 1.2.3.4", "1.2.3.4 ",
                           "0x7f.1", "localhost", "fe80::1%eth0", "[::1]", "::g", "1:2:3", "unknown"}) {
    EXPECT_FALSE(Address::parse(text)) << text;
  }
  EXPECT_FALSE(Address::parse(std::string_view("1.2.3.4\0", 8)));
  EXPECT_EQ(address("2001:DB8::1"), address("2001:db8:0:0::1"));
}

TEST(Address, IsWrittenInOneForm) {
  std::string text;
  for (const auto& [read, written] : {std::pair{"192.0.2.7", "192.0.2.7"},
                                      {"::ffff:192.0.2.7", "192.0.2.7"},
                                      {"2001:DB8:0:0::1", "2001:db8::1"}}) {
    address(read).write_to(text);
    EXPECT_EQ(text, written);
  }
}

TEST(Address, TheSameClientHasOneNetwork) {
  EXPECT_EQ(address("::ffff:192.0.2.7"), address("192.0.2.7"));
  EXPECT_NE(address("192.0.2.7").network(), address("192.0.2.8").network());
  EXPECT_EQ(address("2001:db8:1:2::1").network(), address("2001:db8:1:2:ffff::9").network());
  EXPECT_NE(address("2001:db8:1:2::1").network(), address("2001:db8:1:3::1").network());
}

TEST(AddressRange, HoldsWhatItsPrefixSays) {
  const auto ten = AddressRange::parse("10.64.0.0/10").value();
  EXPECT_TRUE(ten.contains(address("10.127.255.255")));
  EXPECT_TRUE(ten.contains(address("::ffff:10.64.0.1")));
  EXPECT_FALSE(ten.contains(address("10.128.0.0")));
  EXPECT_FALSE(ten.contains(address("::10.64.0.1")));
  EXPECT_TRUE(AddressRange::parse("2001:db8::/33").value().contains(address("2001:db8:7fff::1")));
  EXPECT_FALSE(AddressRange::parse("2001:db8::/33").value().contains(address("2001:db8:8000::1")));
  EXPECT_TRUE(AddressRange::parse("192.0.2.1").value().contains(address("192.0.2.1")));
  EXPECT_FALSE(AddressRange::parse("192.0.2.1").value().contains(address("192.0.2.2")));
  EXPECT_TRUE(AddressRange::parse("0.0.0.0/0").value().contains(address("255.1.2.3")));
  EXPECT_FALSE(AddressRange::parse("0.0.0.0/0").value().contains(address("2001:db8::1")));
  for (const char* text : {"10.1.0.0/8", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "::/129", "10.0.0.0/8/8",
                           "/8", "2001:db8::1/64", "all"}) {
    EXPECT_FALSE(AddressRange::parse(text)) << text;
  }
}

TEST(ClientOf, NoHeaderIsBelievedByDefault) {
  const std::vector<http::HeaderView> headers = {{"X-Forwarded-For", "1.1.1.1"},
                                                 {"Forwarded", "for=1.1.1.1"}};
  EXPECT_EQ(client({}, "127.0.0.1", headers), address("127.0.0.1"));
  EXPECT_EQ(client(trusting({"10.0.0.0/8"}), "127.0.0.1", headers), address("127.0.0.1"));
  EXPECT_EQ(client({}, "unknown", headers), Address{});
}

TEST(ClientOf, IsTheRightMostHopThatIsNotTrusted) {
  const TrustedProxies trusted = trusting({"10.0.0.0/8", "2001:db8:1::/48"});
  struct {
    std::string_view header;
    std::string_view client;
  } const cases[] = {
      {"203.0.113.7", "203.0.113.7"},
      {"1.1.1.1, 203.0.113.7", "203.0.113.7"},  // the first is what the client wrote
      {"1.1.1.1,203.0.113.7,  10.2.2.2 ", "203.0.113.7"},
      {"nonsense, 203.0.113.7, 10.2.2.2", "203.0.113.7"},
      {"203.0.113.7, nonsense, 10.2.2.2", "10.0.0.1"},
      {"203.0.113.7, ", "10.0.0.1"},
      {"unknown", "10.0.0.1"},
      {"", "10.0.0.1"},
      {"10.3.3.3, 10.2.2.2", "10.3.3.3"},
      {"203.0.113.7:51312", "203.0.113.7"},
      {"203.0.113.7:x", "10.0.0.1"},
      {"[2001:db8:2::9]:443, 2001:db8:1::5", "2001:db8:2::9"},
      {"[203.0.113.7]", "10.0.0.1"},
      {"::ffff:203.0.113.7", "203.0.113.7"},
  };
  for (const auto& [header, expected] : cases) {
    EXPECT_EQ(client(trusted, "10.0.0.1", {{"x-forwarded-for", header}}), address(expected)) << header;
  }
  EXPECT_EQ(client(trusted, "10.0.0.1", {}), address("10.0.0.1"));
  EXPECT_EQ(client(trusted, "10.0.0.1", {{"X-Forwarded-For", "1.1.1.1"}, {"X-Forwarded-For", "203.0.113.7"}}),
            address("203.0.113.7"));
}

TEST(ClientOf, ReadsForwarded) {
  const TrustedProxies trusted = trusting({"10.0.0.0/8"});
  struct {
    std::string_view header;
    std::string_view client;
  } const cases[] = {
      {"for=203.0.113.7", "203.0.113.7"},
      {"For=\"203.0.113.7:4711\";proto=https;by=10.0.0.1", "203.0.113.7"},
      {"proto=http;for=\"[2001:db8::7]:4711\"", "2001:db8::7"},
      {"for=1.1.1.1, for=203.0.113.7, for=10.2.2.2", "203.0.113.7"},
      {"for=\"a, b\", for=203.0.113.7", "203.0.113.7"},
      {"for=\"evil, for=203.0.113.7", "10.0.0.1"},
      {"for=203.0.113.7:80", "10.0.0.1"},  // a colon must be quoted
      {"for=203.0.113.7;for=1.1.1.1", "10.0.0.1"},
      {"for=203.0.113.7; proto=http", "10.0.0.1"},
      {"for=", "10.0.0.1"},
      {"for", "10.0.0.1"},
      {"for=_hidden", "10.0.0.1"},
      {"proto=https", "10.0.0.1"},
      {"for=\"203.0.113.\\7\"", "10.0.0.1"},
      {"for=203.0.113.7,", "10.0.0.1"},
  };
  for (const auto& [header, expected] : cases) {
    EXPECT_EQ(client(trusted, "10.0.0.1", {{"Forwarded", header}}), address(expected)) << header;
  }
}

TEST(ClientOf, TwoHeadersMustAgree) {
  const TrustedProxies trusted = trusting({"10.0.0.0/8"});
  // The proxy appends to one of them; the other is as the client sent it.
  EXPECT_EQ(client(trusted, "10.0.0.1", {{"Forwarded", "for=1.1.1.1"}, {"X-Forwarded-For", "203.0.113.7"}}),
            address("10.0.0.1"));
  EXPECT_EQ(
      client(trusted, "10.0.0.1", {{"Forwarded", "for=203.0.113.7"}, {"X-Forwarded-For", "203.0.113.7"}}),
      address("203.0.113.7"));
}

}  // namespace
}  // namespace filmoteka::gateway
