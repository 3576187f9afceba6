#include "web/proxies.h"

#include <gtest/gtest.h>

namespace pilar::proxies_test {

using web::Proxies;

constexpr std::string_view kTrusted[] = {"10.0.0.0/8", "192.0.2.7", "2001:db8::/32"};

std::string client_of(std::string peer, http::Fields headers) {
  http::Request request;
  request.peer = std::move(peer);
  request.headers = std::move(headers);
  Proxies(kTrusted).name_client(request);
  return request.peer + (request.secure ? " secure" : "");
}

TEST(Proxies, NetworksAreReadStrictly) {
  for (const char* good : {"10.0.0.1", "10.0.0.0/8", "0.0.0.0/0", "::1", "2001:db8::/32", "::/0"})
    EXPECT_TRUE(web::parse_network(good)) << good;
  for (const char* bad :
       {"", "10.0.0", "10.0.0.1/33", "10.0.0.1/", "10.0.0.1/-1", "::1/129", "localhost", "10.0.0.1 ", "256.0.0.1", "1.2.3.4/8/8"})
    EXPECT_FALSE(web::parse_network(bad)) << bad;
}

TEST(Proxies, TrustFollowsTheBits) {
  const Proxies proxies(kTrusted);
  for (const char* inside : {"10.0.0.0", "10.255.255.255", "192.0.2.7", "::ffff:10.1.2.3", "2001:db8:1::1"})
    EXPECT_TRUE(proxies.trusts(inside)) << inside;
  for (const char* outside : {"11.0.0.0", "192.0.2.8", "2001:db9::1", "", "unix", "::a00:1"})
    EXPECT_FALSE(proxies.trusts(outside)) << outside;
  EXPECT_FALSE(Proxies({}).trusts("127.0.0.1"));
}

TEST(Proxies, OnlyWhatATrustedOneSaidCounts) {
  const http::Fields named{{"x-forwarded-for", "198.51.100.1"}, {"x-forwarded-proto", "https"}};
  EXPECT_EQ(client_of("203.0.113.5", named), "203.0.113.5") << "a stranger names nobody";
  EXPECT_EQ(client_of("10.1.1.1", named), "198.51.100.1 secure");
  EXPECT_EQ(client_of("10.1.1.1", {{"x-forwarded-for", "1.1.1.1, 198.51.100.1, 10.2.2.2"}}), "198.51.100.1")
      << "what the client wrote is skipped";
  EXPECT_EQ(client_of("10.1.1.1", {{"x-forwarded-for", "1.1.1.1"}, {"x-forwarded-for", "198.51.100.1"}}), "198.51.100.1");
  EXPECT_EQ(client_of("10.1.1.1", {{"x-forwarded-for", "<script>"}}), "10.1.1.1");
  EXPECT_EQ(client_of("10.1.1.1", {{"x-forwarded-for", ""}}), "10.1.1.1");
  EXPECT_EQ(client_of("10.1.1.1", {}), "10.1.1.1");
}

}  // namespace pilar::proxies_test
