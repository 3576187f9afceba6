#include "base/password.h"

#include <gtest/gtest.h>

namespace pilar::password_test {

TEST(Password, IsHashedAsDearlyAsTheSecurityPageSays) {
  const auto hash = hash_password("melati di pagi hari", PasswordCost{});
  EXPECT_TRUE(hash.starts_with("$argon2id$v=19$m=65536,t=3,p=1$")) << hash;
  EXPECT_TRUE(check_password(hash, "melati di pagi hari"));
  EXPECT_FALSE(check_password(hash, "melati di pagi har"));
  EXPECT_NE(hash, hash_password("melati di pagi hari", PasswordCost{})) << "the same password has another salt";
}

TEST(Password, WhatIsNoHashMatchesNothing) {
  EXPECT_FALSE(check_password("", "x"));
  EXPECT_FALSE(check_password("$argon2id$x", "x"));
  EXPECT_FALSE(check_password(std::string(10'000, '$'), "x"));
}

}  // namespace pilar::password_test
