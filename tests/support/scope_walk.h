#pragma once
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "domain/access.h"

/// Use cases called by every role: refused once, allowed once, and never beyond the role's place.
namespace pilar::test {

/// What a use case made of a call: whether it was let in. Other problems than the right do not count.
template <class T>
bool let_in(const Result<T>& result) {
  if (result) return true;
  return std::ranges::none_of(result.error(), [](const Problem& one) { return one.kind == Problem::Kind::Forbidden; });
}

/// The same of a use case that says of what is not the caller's that there is none.
template <class T>
bool found(const Result<T>& result) {
  if (result) return true;
  return let_in(result) && std::ranges::none_of(result.error(), [](const Problem& one) { return one.kind == Problem::Kind::NotFound; });
}

struct UseCase {
  std::string name;
  std::vector<Right> rights;  ///< all of them are needed
  std::function<bool(const Scope&)> call;  ///< whether it was let in
};

struct Walked {
  int allowed = 0, refused = 0;
};

/// Calls the use case as each role at `here`, as each role at `elsewhere`, and without any role.
inline void walk(const UseCase& use, FacilityKey here, FacilityKey elsewhere, Walked& walked) {
  for (const auto role : all_roles()) {
    const bool expected = std::ranges::all_of(use.rights, [&](Right right) { return role_has(role, right); });
    EXPECT_EQ(use.call(Scope(role, here, "account:1")), expected) << use.name << " " << name(role);
    EXPECT_FALSE(use.call(Scope(role, elsewhere, "account:2"))) << use.name << " " << name(role) << " of another facility";
    EXPECT_FALSE(use.call(Scope({}, "account:3"))) << use.name << " without any role";
    ++(expected ? walked.allowed : walked.refused);
  }
}

}  // namespace pilar::test
