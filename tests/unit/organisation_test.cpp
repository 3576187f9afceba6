#include "domain/organisation.h"

#include <gtest/gtest.h>

#include "domain/access.h"
#include "domain/place.h"

namespace pilar::organisation_test {
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

TEST(Organisation, ShowsEachTreeByItself) {
  const auto node = [](std::int32_t key, NodeKind kind, std::optional<FacilityKey> parent, std::optional<FacilityKey> office = {}) {
    Node out;
    out.key = {key};
    out.kind = kind;
    out.parent = parent;
    out.supervisor = office;
    return out;
  };
  const std::vector<Move> moves{{{5}, Day{20}, FacilityKey{2}, {}}, {{5}, Day{10}, {}, FacilityKey{4}}};
  const Organisation tree({node(1, NodeKind::Payer, {}), node(2, NodeKind::Branch, FacilityKey{1}), node(3, NodeKind::Province, {}),
                           node(4, NodeKind::District, FacilityKey{3}), node(5, NodeKind::Facility, FacilityKey{2}, FacilityKey{4}),
                           node(6, NodeKind::Facility, FacilityKey{4})},
                          {}, moves);
  const auto keys = [&](std::int32_t key, Tree which) {
    std::vector<std::int32_t> out;
    for (const auto* one : path_in(tree, *tree.find(FacilityKey{key}), which)) out.push_back(one->key.value);
    return out;
  };
  EXPECT_EQ(keys(5, Tree::Payer), (std::vector{1, 2, 5}));
  EXPECT_EQ(keys(5, Tree::Government), (std::vector{3, 4, 5}));
  EXPECT_EQ(keys(6, Tree::Government), (std::vector{3, 4, 6}));
  EXPECT_EQ(keys(6, Tree::Payer), std::vector{6}) << "no payer's office stands above it";
  EXPECT_TRUE(stands_in(NodeKind::Facility, Tree::Payer) && stands_in(NodeKind::Facility, Tree::Government));
  EXPECT_FALSE(stands_in(NodeKind::Branch, Tree::Government));
  ASSERT_EQ(tree.moves({5}).size(), 2U);
  EXPECT_EQ(tree.moves({5}).front().until, Day{10}) << "oldest first";
  EXPECT_TRUE(tree.moves({6}).empty());
}

TEST(Organisation, TwoNodesOfOneCodeAreFoundWhicheverComesFirst) {
  for (const std::int32_t changed : {1, 2}) {
    std::vector<Node> nodes;
    for (const std::int32_t key : {1, 2}) {
      Node node;
      node.key = {key};
      node.code = "sama";
      nodes.push_back(node);
    }
    const Organisation tree(nodes, {});
    EXPECT_TRUE(tree.is_code_taken("sama", {changed}));
    EXPECT_FALSE(tree.is_code_taken("lain", {changed}));
  }
  Node alone;
  alone.key = {1};
  alone.code = "sama";
  EXPECT_FALSE(Organisation({alone}, {}).is_code_taken("sama", {1}));
}

TEST(Scope, IsARoleOverASubtree) {
  const auto tree = sample();
  const Scope reader(Role::Surveyor, {2}, "account:1");
  EXPECT_TRUE(reader.may(Right::ReadResults, tree, {3}));
  EXPECT_FALSE(reader.may(Right::ReadResults, tree, {1})) << "above its root";
  EXPECT_FALSE(reader.may(Right::ReadRecords, tree, {3}));
  EXPECT_FALSE(Scope(Role::Machine, {1}, "token:1").may(Right::ReadResults, tree, {3}));
  EXPECT_TRUE(Scope(Role::Administrator, kEverywhere, "cli").may(Right::Administer, tree, {3}));
}

TEST(Scope, EveryRoleIsRefusedAboveAndBesideItsPlaceAndHasItsRightsBelow) {
  const auto tree = sample();
  for (const auto role : all_roles()) {
    EXPECT_EQ(parse_role(name(role)), role);
    const Scope scope(role, {2}, "account:1");
    for (const auto right : all_rights()) {
      EXPECT_EQ(scope.may(right, tree, {3}), role_has(role, right)) << name(role) << " " << name(right);
      EXPECT_FALSE(scope.may(right, tree, {1})) << name(role) << " " << name(right);
    }
  }
  EXPECT_FALSE(parse_role("tim_mutu"));
}

TEST(Scope, RolesAddUpAndEachSaysWhatItOpens) {
  const auto tree = sample();
  const Scope both({Grant{Role::Surveyor, {1}}, Grant{Role::Officer, {3}, {1}}}, "account:1");
  EXPECT_TRUE(both.may(Right::ReadResults, tree, {4}));
  EXPECT_FALSE(both.may(Right::WriteRecords, tree, {4}));
  EXPECT_TRUE(both.may(Right::WriteRecords, tree, {3}, {1}));
  EXPECT_FALSE(both.may(Right::WriteRecords, tree, {3}, {2})) << "another unit";
  EXPECT_EQ(both.why(Right::WriteRecords, tree, {3})->role, Role::Officer);
  EXPECT_EQ(both.roots(tree), std::vector<FacilityKey>{FacilityKey{1}});
  EXPECT_EQ(Scope({Grant{Role::Officer, {3}}, Grant{Role::Officer, {4}}}, "a").roots(tree).size(), 2U);
  EXPECT_FALSE(Scope(std::vector<Grant>{}, "account:1").may(Right::ReadResults));
}

TEST(Scope, NobodyHandsOnARightThatIsNotTheirs) {
  const auto tree = sample();
  const Scope head(Role::Head, {3}, "account:1");
  EXPECT_TRUE(head.may_give({Role::Officer, {3}, {1}}, tree));
  EXPECT_FALSE(head.may_give({Role::Administrator, {3}}, tree));
  EXPECT_FALSE(head.may_give({Role::Officer, {4}}, tree)) << "another facility";
  EXPECT_FALSE(Scope(Role::QualityLead, {3}, "account:2").may_give({Role::Officer, {3}}, tree));
}

TEST(Scope, TheProgramIsAdministeredFromTheTop) {
  Node top, below;
  top.key = {1};
  top.kind = NodeKind::Branch;
  below.key = {2};
  below.parent = top.key;
  Node watched;
  watched.key = {3};
  watched.supervisor = top.key;
  const Organisation tree({top, below, watched}, {});
  for (const std::int32_t key : {0, 1}) EXPECT_TRUE(Scope(Role::Administrator, {key}, "account:1").may_program(tree)) << key;
  for (const std::int32_t key : {2, 3, 99}) EXPECT_FALSE(Scope(Role::Administrator, {key}, "account:1").may_program(tree)) << key;
  EXPECT_FALSE(Scope(Role::Head, {1}, "account:1").may_program(tree));
  const Scope both({Grant{Role::Surveyor, {1}}, Grant{Role::Administrator, {2}}}, "account:1");
  EXPECT_FALSE(both.may_program(tree)) << "seeing all and administering a part do not add up to administering all";
}

TEST(Scope, AStrayFacilityDoesNotAdministerTheProgram) {
  const auto facility = [](std::int32_t key, std::optional<FacilityKey> successor = {}) {
    Node node;
    node.key = {key};
    node.successor = successor;
    if (successor) node.valid_to = Day{20'000};
    return node;
  };
  Node office;
  office.key = {9};
  office.kind = NodeKind::Payer;
  const auto may = [](std::int32_t key, const Organisation& tree) {
    return Scope(Role::Administrator, {key}, "account:1").may_program(tree);
  };
  const Organisation beside({facility(1), office}, {});
  EXPECT_FALSE(may(1, beside)) << "it only was not put in its place yet";
  EXPECT_TRUE(may(9, beside));
  EXPECT_TRUE(may(1, Organisation({facility(1)}, {}))) << "one clinic by itself";
  EXPECT_TRUE(may(2, Organisation({facility(1, FacilityKey{2}), facility(2)}, {}))) << "with the one that went into it";
  const Organisation two({facility(1), facility(2)}, {});
  EXPECT_FALSE(may(1, two)) << "neither decides for the other";
  EXPECT_FALSE(may(2, two));
}

TEST(Scope, ARoleThatEndedYesterdayIsNoMore) {
  const auto tree = sample();
  const auto now = parse_instant("2026-11-21T20:00:00+07:00").value();
  const auto today = civil_day(now, Zone::Wib);
  const std::vector<Grant> grants{{Role::Officer, {3}, {}, today, Day{today.value + 1}},
                                  {Role::Head, {3}, {}, {}, today},
                                  {Role::Surveyor, {1}, {}, Day{today.value + 1}, {}}};
  const auto valid = valid_grants(tree, grants, now);
  ASSERT_EQ(valid.size(), 1U);
  EXPECT_EQ(valid.front().role, Role::Officer);
}

}  // namespace pilar::organisation_test
