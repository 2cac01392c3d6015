#include "tls_identity.hpp"

#include "test_certificate.hpp"
#include "test_server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

namespace filmoteka::http {
namespace {

using testing::HasSubstr;

std::filesystem::path new_folder() {
  std::string name = testing::TempDir() + "filmoteka-tls-XXXXXX";
  return ::mkdtemp(name.data());
}

class TlsIdentityTest : public testing::Test {
 protected:
  ~TlsIdentityTest() override { std::filesystem::remove_all(folder_); }
  std::unique_ptr<TlsIdentity> identity(const TlsFiles& files) {
    auto made = TlsIdentity::make(files, telemetry::Logger(sink_, telemetry::LogLevel::kInfo, "x"));
    EXPECT_TRUE(made.has_value());
    return std::move(made).value();
  }
  static void replace(const TlsFiles& files, const TlsFiles& by) {
    std::filesystem::rename(by.certificate, files.certificate);
    std::filesystem::rename(by.key, files.key);
  }
  std::string last_line() const { return sink_->lines().back(); }

  const std::filesystem::path folder_ = new_folder();
  std::shared_ptr<LinesSink> sink_ = std::make_shared<LinesSink>();
  TlsFiles files_ = write_certificate(folder_, "server");
};

TEST_F(TlsIdentityTest, takes_over_files_that_change) {
  const auto tls = identity(files_);
  const TlsContext before = tls->current();
  EXPECT_FALSE(tls->refresh());
  replace(files_, write_certificate(folder_, "next"));
  EXPECT_TRUE(tls->refresh());
  EXPECT_NE(tls->current(), before);
  EXPECT_FALSE(tls->refresh());
}

TEST_F(TlsIdentityTest, keeps_the_present_one_when_the_new_one_is_bad) {
  const auto tls = identity(files_);
  const TlsContext before = tls->current();
  replace(files_, write_certificate(folder_, "old", -1));
  EXPECT_FALSE(tls->refresh());
  EXPECT_THAT(last_line(), HasSubstr("expired"));
  std::ofstream(files_.certificate) << "garbage";
  EXPECT_FALSE(tls->refresh());
  EXPECT_THAT(last_line(), HasSubstr("server.pem is no certificate in PEM"));
  std::filesystem::remove(files_.certificate);
  EXPECT_FALSE(tls->refresh());
  EXPECT_EQ(tls->current(), before);
  const std::size_t lines = sink_->lines().size();
  EXPECT_FALSE(tls->refresh());
  EXPECT_EQ(sink_->lines().size(), lines) << "a bad pair is complained of once";
}

TEST_F(TlsIdentityTest, waits_for_the_second_half_of_a_pair) {
  const auto tls = identity(files_);
  const TlsFiles next = write_certificate(folder_, "next");
  std::filesystem::rename(next.certificate, files_.certificate);
  EXPECT_FALSE(tls->refresh());
  EXPECT_THAT(last_line(), HasSubstr("server.key"));
  std::filesystem::rename(next.key, files_.key);
  EXPECT_TRUE(tls->refresh());
}

TEST_F(TlsIdentityTest, does_not_start_without_a_pair_that_fits) {
  const TlsFiles other = write_certificate(folder_, "other");
  const telemetry::Logger log(sink_, telemetry::LogLevel::kInfo, "x");
  EXPECT_TRUE(TlsIdentity::make({files_.certificate, other.key}, log).has_error());
  EXPECT_TRUE(TlsIdentity::make({files_.key, files_.certificate}, log).has_error());
  EXPECT_TRUE(TlsIdentity::make({folder_ / "none", files_.key}, log).has_error());
}

TEST_F(TlsIdentityTest, an_expired_pair_is_used_at_the_start_with_a_warning) {
  identity(write_certificate(folder_, "old", -1));
  EXPECT_THAT(last_line(), HasSubstr("expired"));
}

TEST_F(TlsIdentityTest, a_server_cuts_a_handshake_that_takes_too_long) {
  ServerSettings settings;
  settings.tls = files_;
  settings.handshake_timeout = std::chrono::milliseconds(40);
  TestServer server(test_router(), settings);
  RawClient silent(server.port());
  RawClient slow(server.port());
  slow.send("\x16\x03\x01");
  EXPECT_TRUE(silent.is_closed());
  EXPECT_TRUE(slow.is_closed());
}

TEST_F(TlsIdentityTest, a_server_ends_a_connection_that_speaks_no_tls) {
  ServerSettings settings;
  settings.tls = files_;
  TestServer server(test_router(), settings);
  RawClient plain(server.port());
  plain.send(get("/hello"));
  EXPECT_EQ(plain.read_to_end().find("HTTP/1.1"), std::string::npos);
}

}  // namespace
}  // namespace filmoteka::http
