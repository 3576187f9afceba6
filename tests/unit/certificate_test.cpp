#include "http/certificate.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "base/result.h"

namespace pilar::certificate_test {

using namespace pilar::http;
namespace fs = std::filesystem;

constexpr Instant kNow{1'795'219'200'000'000};
constexpr std::int64_t kDayMicros = 86'400'000'000;
const std::vector<std::string> kNames{"mutu.klinik.lan", "192.168.1.10"};

class CertificateTest : public testing::Test {
 protected:
  void SetUp() override { fs::create_directories(folder_); }
  void TearDown() override { fs::remove_all(folder_); }
  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name) << text;
    return (folder_ / name).string();
  }
  fs::path folder_ = fs::temp_directory_path() / ("pilar-certificate-" + std::to_string(::getpid()));
};

TEST_F(CertificateTest, AnAuthoritySignsForItsNames) {
  const auto authority = make_authority({"Pilar mutu", kNames, kNow, 3650});
  const auto server = make_certificate({"mutu.klinik.lan", kNames, kNow, 397}, authority);
  ASSERT_TRUE(server);
  const auto facts = check_pair(write("s.crt", server->certificate), write("s.key", server->key.reveal()));
  ASSERT_TRUE(facts);
  EXPECT_EQ(facts->names, kNames);
  EXPECT_EQ(facts->subject, "mutu.klinik.lan");
  EXPECT_EQ(facts->issuer, "Pilar mutu");
  EXPECT_EQ(facts->until.micros, kNow.micros + 397 * kDayMicros);
  EXPECT_LT(facts->from, kNow);
  EXPECT_EQ(facts->fingerprint.size(), 32U * 3 - 1);
  EXPECT_FALSE(facts->is_authority);
  const auto of_authority = read_certificate(write("a.crt", authority.certificate));
  EXPECT_TRUE(of_authority && of_authority->is_authority);
}

TEST_F(CertificateTest, AnAuthoritySpeaksForNobodyElse) {
  const auto authority = make_authority({"Pilar mutu", kNames, kNow, 3650});
  for (const char* other : {"bank.example", "8.8.8.8", "lan"}) {
    const auto refused = make_certificate({other, {other}, kNow, 30}, authority);
    ASSERT_FALSE(refused) << other;
    EXPECT_EQ(refused.error(), CertificateFault::OtherNames) << other;
  }
  for (const char* own : {"mutu.klinik.lan", "poli.mutu.klinik.lan", "10.9.8.7", "172.20.1.1", "localhost"})
    EXPECT_TRUE(make_certificate({own, {own}, kNow, 30}, authority)) << own;
  EXPECT_THROW((void)make_certificate({"a", {"a"}, kNow, 30}, {authority.certificate, Secret("no key")}), Fault);
}

TEST_F(CertificateTest, WhatCannotBeUsedIsNamed) {
  const auto one = make_authority({"Satu", kNames, kNow, 10}), two = make_authority({"Dua", kNames, kNow, 10});
  const auto certificate = write("c.crt", one.certificate), key = write("c.key", one.key.reveal()),
             other = write("o.key", two.key.reveal());
  const auto fault = [](const std::string& c, const std::string& k) { return check_pair(c, k).error(); };
  EXPECT_TRUE(check_pair(certificate, key));
  EXPECT_EQ(fault("/no/such/file", key), CertificateFault::CertificateUnreadable);
  EXPECT_EQ(fault(folder_.string(), key), CertificateFault::CertificateUnreadable);
  EXPECT_EQ(fault(key, key), CertificateFault::NoCertificate);
  EXPECT_EQ(fault(write("cut", one.certificate.substr(0, 200)), key), CertificateFault::NoCertificate);
  EXPECT_EQ(fault(certificate, "/no/such/file"), CertificateFault::KeyUnreadable);
  EXPECT_EQ(fault(certificate, certificate), CertificateFault::NoKey);
  EXPECT_EQ(fault(certificate, write("empty", "\n")), CertificateFault::NoKey);
  EXPECT_EQ(fault(certificate, other), CertificateFault::OtherKey);
}

TEST_F(CertificateTest, HostNamesAreReadStrictly) {
  for (const char* good : {"localhost", "mutu.klinik.lan", "192.168.1.10", "::1", "a-b.c1"}) EXPECT_TRUE(is_host_name(good)) << good;
  for (const std::string bad : {"", "Mutu", "a..b", "-a", "a-", "a b", "a,b", "a/b", "*.lan", "a\nDNS:b", "x."})
    EXPECT_FALSE(is_host_name(bad)) << bad;
}

}  // namespace pilar::certificate_test
