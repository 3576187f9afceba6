#include "domain/organisation.h"

#include <gtest/gtest.h>

#include "domain/access.h"

using namespace pilar;

namespace {

Organisation sample() {
  const auto node = [](int key, std::optional<int> parent, NodeKind kind, const char* code) {
    Node out;
    out.key = {key};
    if (parent) out.parent = FacilityKey{*parent};
    out.kind = kind;
    out.code = code;
    out.name = code;
    return out;
  };
  auto closed = node(5, 2, NodeKind::Facility, "tutup");
  closed.valid_to = Day{100};
  return Organisation({node(1, {}, NodeKind::Branch, "cabang"), node(2, 1, NodeKind::District, "kab"),
                       node(3, 2, NodeKind::Facility, "melati"), node(4, 2, NodeKind::Facility, "mawar"), closed},
                      {{{3}, {1}, "poli", "Poli Umum", {}, {}}, {{3}, {2}, "kia", "KIA", {}, {}}});
}

}  // namespace

TEST(Organisation, FindsFacilitiesBelowAsOfADay) {
  const auto tree = sample();
  EXPECT_EQ(tree.facilities_under({1}, Day{50}), (std::vector<FacilityKey>{{3}, {4}, {5}}));
  EXPECT_EQ(tree.facilities_under({1}, Day{100}), (std::vector<FacilityKey>{{3}, {4}}));
  EXPECT_EQ(tree.facilities_under({3}, Day{100}), (std::vector<FacilityKey>{{3}}));
  EXPECT_EQ(tree.facilities_under({5}, Day{100}), (std::vector<FacilityKey>{{5}})) << "a closed facility still shows its own past";
  EXPECT_TRUE(tree.facilities_under({99}, Day{100}).empty());
}

TEST(Organisation, KnowsPathsUnitsAndCodes) {
  const auto tree = sample();
  ASSERT_EQ(tree.path_to({3}).size(), 3U);
  EXPECT_EQ(tree.path_to({3}).front()->code, "cabang");
  EXPECT_EQ(tree.find_unit({3}, "kia")->key, UnitKey{2});
  EXPECT_EQ(tree.find_unit({4}, "kia"), nullptr);
  EXPECT_EQ(tree.find("mawar")->key, FacilityKey{4});
  EXPECT_TRUE(tree.is_under({3}, {1}));
  EXPECT_FALSE(tree.is_under({1}, {3}));
}

TEST(Scope, IsARoleOverASubtree) {
  const auto tree = sample();
  const Scope reader(Role::Reader, {2}, "account:1");
  EXPECT_TRUE(reader.may(Right::ReadResults, tree, {3}));
  EXPECT_FALSE(reader.may(Right::ReadResults, tree, {1})) << "above its root";
  EXPECT_FALSE(reader.may(Right::ReadRecords, tree, {3}));
  EXPECT_FALSE(Scope(Role::Machine, {1}, "token:1").may(Right::ReadResults, tree, {3}));
  for (const auto role : {Role::Administrator, Role::QualityTeam, Role::Reader, Role::Machine}) EXPECT_EQ(parse_role(name(role)), role);
}
