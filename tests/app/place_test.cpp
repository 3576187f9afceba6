#include "app/place.h"

#include <gtest/gtest.h>

#include <thread>

#include "app/organisation.h"
#include "app/survey_link.h"
#include "i18n/words/page.h"
#include "i18n/words/place.h"
#include "store/audit_store.h"
#include "store/facility_head.h"
#include "store/place_store.h"
#include "support/shipped_store.h"

namespace pilar::place_test {

using namespace pilar::app;

class PlaceTest : public test::ShippedStoreTest {
 protected:
  PlaceTest() : context_{db(), clock_, reference_, SigningKey{{7}}, test::kQuickPasswords} {
    clock_.set({1'795'219'200'000'000});
    refresh_reference(context_);
    today_ = civil_day(clock_.now(), Zone::Wib);
    payer_ = add(NodeKind::Payer, "penjamin");
    region_ = add(NodeKind::Region, "kedeputian", payer_);
    branch_ = add(NodeKind::Branch, "cabang", region_);
    province_ = add(NodeKind::Province, "provinsi");
    district_ = add(NodeKind::District, "kabupaten", province_);
    melati_ = add(NodeKind::Facility, "melati", branch_, district_);
  }

  FacilityKey add(NodeKind kind, const std::string& code, std::optional<FacilityKey> parent = {}, std::optional<FacilityKey> office = {}) {
    const auto added = add_place(context_, operator_,
                                 {.parent = parent,
                                  .kind = kind,
                                  .code = code,
                                  .name = code,
                                  .facility_type = kind == NodeKind::Facility ? "puskesmas" : "",
                                  .supervisor = office});
    EXPECT_TRUE(added) << code << ": " << say(Lang::En, added.error().front());
    return *added;
  }
  const Organisation& tree() { return (kept_ = reference_.get())->organisation; }
  SeenPlace seen(FacilityKey key) { return {key, tree().find(key)->version}; }
  PlaceText text_of(FacilityKey key) {
    const auto& node = *tree().find(key);
    return {node.code, node.name, node.facility_type, node.zone, node.valid_from, read_place(context_, operator_, key)->facts};
  }
  Standing standing(FacilityKey key, Day from) { return {tree().find(key)->parent, tree().find(key)->supervisor, from}; }
  template <class T>
  static Message message(const Result<T>& result) {
    EXPECT_FALSE(result);
    return result ? Msg::PageNotFound : result.error().front().message;
  }
  std::vector<std::string> told(FacilityKey key) {
    std::vector<std::string> actions;
    db().read([&](store::Tx& tx) {
      for (const auto& stored : store::load_audit(tx, key, 0, 1000)) actions.push_back(stored.line.action);
      EXPECT_FALSE(store::check_chain(tx, key).broken);
    });
    return actions;
  }

  ReferenceHolder reference_;
  Context context_;
  Scope operator_{Role::Administrator, kEverywhere, "cli"};
  std::shared_ptr<const Reference> kept_;
  Day today_;
  FacilityKey payer_, region_, branch_, province_, district_, melati_;
};

TEST_P(PlaceTest, AFacilityStandsInBothTrees) {
  EXPECT_TRUE(tree().is_under(melati_, payer_));
  EXPECT_TRUE(tree().is_under(melati_, province_));
  EXPECT_EQ(tree().facilities_under(district_, today_), std::vector<FacilityKey>{melati_});
  const Scope office(Role::DistrictOffice, district_, "account:1");
  EXPECT_TRUE(office.may(Right::ReadResults, tree(), melati_));
  EXPECT_FALSE(office.may(Right::ReadResults, tree(), branch_));
  EXPECT_EQ(told(melati_), std::vector<std::string>{"place.add"});
}

TEST_P(PlaceTest, EverythingOfAPlaceCanBeChangedAndIsToldWithoutNames) {
  auto text = text_of(melati_);
  text.name = "Puskesmas Melati Baru";
  text.facts = {{{"bpjs", "0123B045"}}, {"rawat_inap", "farmasi", "farmasi"}, {{"Sukamaju", "35.07.08.2001"}}};
  ASSERT_TRUE(change_place(context_, operator_, seen(melati_), text));
  EXPECT_EQ(tree().find(melati_)->name, "Puskesmas Melati Baru");
  EXPECT_EQ(text_of(melati_).facts, tidy(text.facts));
  EXPECT_EQ(text_of(melati_).facts.capabilities.size(), 2U);
  db().read([&](store::Tx& tx) {
    const auto line = store::load_audit(tx, melati_, 0, 10).back().line;
    EXPECT_EQ(line.action, "place.change");
    EXPECT_EQ(line.detail, R"({"fields":["name","facts"]})");
    EXPECT_EQ(store::find_code(tx, "0123B045"), std::vector<FacilityKey>{melati_});
  });
}

TEST_P(PlaceTest, TheTrailHoldsWhatCodesWereAndWhereAPlaceStood) {
  auto text = text_of(melati_);
  text.code = "melati-baru";
  text.zone = Zone::Wita;
  ASSERT_TRUE(change_place(context_, operator_, seen(melati_), text));
  ASSERT_TRUE(move_place(context_, operator_, seen(melati_), {region_, {}, today_}));
  db().read([&](store::Tx& tx) {
    const auto lines = store::load_audit(tx, melati_, 0, 10);
    ASSERT_GE(lines.size(), 2U);
    EXPECT_EQ(lines[lines.size() - 2].line.detail,
              R"({"fields":["code","zone"],"was":{"code":"melati","zone":"WIB"},"is":{"code":"melati-baru","zone":"WITA"}})");
    const auto key = [](FacilityKey place) { return std::to_string(place.value); };
    EXPECT_EQ(lines.back().line.detail, R"({"parent":)" + key(region_) + R"(,"supervisor":null,"was_parent":)" + key(branch_) +
                                            R"(,"was_supervisor":)" + key(district_) + R"(,"from":")" + iso(today_) + "\"}");
  });
}

TEST_P(PlaceTest, WhoComesSecondLosesNothingAndOverwritesNothing) {
  const auto both_saw = seen(melati_);
  auto first = text_of(melati_), second = first;
  first.name = "Satu";
  second.name = "Dua";
  ASSERT_TRUE(change_place(context_, operator_, both_saw, first));
  const auto refused = change_place(context_, operator_, both_saw, second);
  EXPECT_EQ(message(refused), Msg::PlaceChanged);
  EXPECT_EQ(refused.error().front().kind, Problem::Kind::Conflict);
  EXPECT_EQ(tree().find(melati_)->name, "Satu");
}

TEST_P(PlaceTest, WordsAreJudged) {
  auto text = text_of(melati_);
  text.code = "cabang";
  EXPECT_EQ(message(change_place(context_, operator_, seen(melati_), text)), Msg::PlaceCodeTaken);
  text.code = "ada spasi";
  EXPECT_EQ(message(change_place(context_, operator_, seen(melati_), text)), Msg::PlaceBadCode);
  text = text_of(melati_);
  text.name = " ";
  EXPECT_EQ(message(change_place(context_, operator_, seen(melati_), text)), Msg::PlaceNoName);
  text = text_of(melati_);
  text.facility_type = "warung";
  EXPECT_EQ(message(change_place(context_, operator_, seen(melati_), text)), Msg::PlaceBadType);
  text = text_of(melati_);
  text.facts.capabilities = {"terbang"};
  EXPECT_EQ(message(change_place(context_, operator_, seen(melati_), text)), Msg::PlaceBadCapability);
  text.facts = {{}, {}, {{"Sukamaju", ""}, {"Sukamaju", "35.07"}}};
  EXPECT_EQ(message(change_place(context_, operator_, seen(melati_), text)), Msg::PlaceVillageTwice);
  text = text_of(branch_);
  text.facility_type = "rs";
  EXPECT_EQ(message(change_place(context_, operator_, seen(branch_), text)), Msg::PlaceTypeAbove);
}

TEST_P(PlaceTest, ACodeOfAnotherSystemBelongsToOnePlace) {
  const auto mawar = add(NodeKind::Facility, "mawar", branch_);
  auto text = text_of(melati_);
  text.facts.codes["bpjs"] = "0123";
  ASSERT_TRUE(change_place(context_, operator_, seen(melati_), text));
  text = text_of(mawar);
  text.facts.codes["bpjs"] = "0123";
  const auto refused = change_place(context_, operator_, seen(mawar), text);
  EXPECT_EQ(message(refused), Msg::PlaceCodeTaken);
  EXPECT_EQ(refused.error().front().field, "code_bpjs");
  text.facts.codes = {{"kemenkes", "0123"}};
  EXPECT_TRUE(change_place(context_, operator_, seen(mawar), text)) << "another system may use the same code";
}

TEST_P(PlaceTest, KindsSayWhatStandsBelowWhat) {
  const auto refused = [&](NodeKind kind, std::optional<FacilityKey> parent, std::optional<FacilityKey> office = {}) {
    return message(add_place(context_, operator_,
                             {.parent = parent,
                              .kind = kind,
                              .code = "baru",
                              .name = "Baru",
                              .facility_type = kind == NodeKind::Facility ? "rs" : "",
                              .supervisor = office}));
  };
  EXPECT_EQ(refused(NodeKind::Facility, melati_), Msg::PlaceWrongParent);
  EXPECT_EQ(refused(NodeKind::Branch, district_), Msg::PlaceWrongParent);
  EXPECT_EQ(refused(NodeKind::Payer, region_), Msg::PlaceWrongParent);
  EXPECT_EQ(refused(NodeKind::District, branch_), Msg::PlaceWrongParent);
  EXPECT_EQ(refused(NodeKind::Facility, FacilityKey{999}), Msg::PlaceNoParent);
  EXPECT_EQ(refused(NodeKind::Facility, branch_, branch_), Msg::PlaceWrongSupervisor);
  EXPECT_EQ(refused(NodeKind::Facility, district_, district_), Msg::PlaceWrongSupervisor) << "it stands there already";
  EXPECT_EQ(refused(NodeKind::Branch, region_, district_), Msg::PlaceWrongSupervisor);
}

TEST_P(PlaceTest, ATreeHasNoCircle) {
  const auto below = add(NodeKind::Region, "kedeputian-b", region_);
  EXPECT_EQ(message(move_place(context_, operator_, seen(region_), {below, {}, today_})), Msg::PlaceCycle);
  EXPECT_EQ(message(move_place(context_, operator_, seen(region_), {region_, {}, today_})), Msg::PlaceCycle);
  EXPECT_EQ(message(move_place(context_, operator_, seen(melati_), {melati_, {}, today_})), Msg::PlaceCycle);
}

TEST_P(PlaceTest, TwoMovesAtOnceMakeNoCircle) {
  for (int round = 0; round < 5; ++round) {
    const auto name = std::to_string(round);
    const auto left = add(NodeKind::Region, "kiri-" + name, payer_), right = add(NodeKind::Region, "kanan-" + name, payer_);
    const auto saw_left = seen(left), saw_right = seen(right);
    Result<void> one, two;
    std::thread first([&] { one = move_place(context_, operator_, saw_left, {right, {}, today_}); });
    std::thread second([&] { two = move_place(context_, operator_, saw_right, {left, {}, today_}); });
    first.join();
    second.join();
    EXPECT_NE(one.has_value(), two.has_value());
    EXPECT_EQ(message(one ? two : one), Msg::PlaceCycle);
    EXPECT_EQ(tree().path_to(left).front()->key, payer_);
  }
}

TEST_P(PlaceTest, AMoveKeepsWhatWas) {
  const auto other = add(NodeKind::Branch, "cabang-b", region_);
  const Day moved{today_.value - 10};
  ASSERT_TRUE(move_place(context_, operator_, seen(melati_), {other, district_, moved}));
  EXPECT_EQ(tree().facilities_under(branch_, Day{moved.value - 1}), std::vector<FacilityKey>{melati_});
  EXPECT_TRUE(tree().facilities_under(branch_, moved).empty());
  EXPECT_TRUE(tree().facilities_under(other, Day{moved.value - 1}).empty());
  EXPECT_EQ(tree().facilities_under(other, moved), std::vector<FacilityKey>{melati_});
  EXPECT_FALSE(tree().is_under(melati_, branch_)) << "scope asks for today's tree";
  EXPECT_EQ(message(move_place(context_, operator_, seen(melati_), standing(melati_, Day{moved.value - 1}))), Msg::PlaceMoveEarly);
  EXPECT_EQ(message(move_place(context_, operator_, seen(melati_), standing(melati_, Day{today_.value + 1}))), Msg::PlaceMoveFuture);
  ASSERT_TRUE(move_place(context_, operator_, seen(melati_), {branch_, district_, moved})) << "the same day again puts it right";
  EXPECT_EQ(tree().facilities_under(branch_, moved), std::vector<FacilityKey>{melati_});
}

TEST_P(PlaceTest, NobodyMovesOrMergesOutOfTheirScope) {
  const auto other = add(NodeKind::Branch, "cabang-b", region_);
  const auto mawar = add(NodeKind::Facility, "mawar", other);
  const Scope here(Role::Administrator, branch_, "account:1");
  EXPECT_EQ(message(move_place(context_, here, seen(melati_), {other, district_, today_})), Msg::PlaceOutOfReach);
  EXPECT_EQ(message(move_place(context_, here, seen(mawar), {branch_, {}, today_})), Msg::PlaceMayNotManage);
  EXPECT_EQ(message(close_place(context_, here, seen(melati_), {today_, mawar, true})), Msg::PlaceOutOfReach);
  EXPECT_EQ(message(add_place(context_, here, {.parent = other, .code = "x", .name = "X", .facility_type = "rs"})), Msg::PlaceOutOfReach);
  EXPECT_EQ(message(add_place(context_, here, {.kind = NodeKind::Payer, .code = "x", .name = "X"})), Msg::PlaceOutOfReach);
  const Scope reader(Role::Surveyor, branch_, "account:2");
  EXPECT_EQ(message(change_place(context_, reader, seen(melati_), text_of(melati_))), Msg::PlaceMayNotManage);
  EXPECT_TRUE(move_place(context_, here, seen(melati_), {branch_, {}, today_})) << "without the office it is still within reach";
}

TEST_P(PlaceTest, ClosingSaysWhatHappensToLinksAndPlacesBelow) {
  EXPECT_EQ(message(close_place(context_, operator_, seen(branch_), {today_})), Msg::PlaceHasChildren);
  const auto refused = close_place(context_, operator_, seen(melati_), {today_});
  EXPECT_EQ(message(refused), Msg::PlaceOpenLinks);
  EXPECT_FALSE(tree().find(melati_)->valid_to);
  EXPECT_EQ(message(close_place(context_, operator_, seen(melati_), {Day{0}, {}, true})), Msg::PlaceEndsEarly);
  ASSERT_TRUE(close_place(context_, operator_, seen(melati_), {today_, {}, true}));
  const auto links = *read_links(context_, operator_, melati_);
  for (const auto& link : links) EXPECT_FALSE(link.open);
  EXPECT_EQ(message(close_place(context_, operator_, seen(melati_), {today_, {}, true})), Msg::PlaceClosedAlready);
  ASSERT_TRUE(close_place(context_, operator_, seen(branch_), {today_}));
  EXPECT_EQ(message(reopen_place(context_, operator_, seen(melati_))), Msg::PlaceParentClosed);
  ASSERT_TRUE(reopen_place(context_, operator_, seen(branch_)));
  ASSERT_TRUE(reopen_place(context_, operator_, seen(melati_)));
  EXPECT_EQ(told(melati_), (std::vector<std::string>{"place.add", "place.close", "place.reopen"}));
}

TEST_P(PlaceTest, AMergerCountsWithTheNewOneFromItsDayOn) {
  const auto mawar = add(NodeKind::Facility, "mawar", branch_), gone = add(NodeKind::Facility, "lama", branch_);
  EXPECT_EQ(message(close_place(context_, operator_, seen(melati_), {today_, melati_, true})), Msg::PlaceMergeItself);
  EXPECT_EQ(message(close_place(context_, operator_, seen(melati_), {today_, branch_, true})), Msg::PlaceMergeKind);
  ASSERT_TRUE(close_place(context_, operator_, seen(gone), {Day{today_.value - 5}, {}, true}));
  EXPECT_EQ(message(close_place(context_, operator_, seen(melati_), {today_, gone, true})), Msg::PlaceMergeClosed);
  ASSERT_TRUE(close_place(context_, operator_, seen(melati_), {today_, mawar, true}));
  const Day before{today_.value - 1};
  EXPECT_EQ(tree().facilities_under(mawar, before), std::vector<FacilityKey>{mawar});
  EXPECT_EQ(tree().facilities_under(mawar, today_), (std::vector<FacilityKey>{melati_, mawar}));
  EXPECT_EQ(tree().facilities_under(branch_, today_), (std::vector<FacilityKey>{melati_, mawar}));
  EXPECT_TRUE(Scope(Role::Head, mawar, "account:1").may(Right::ReadRecords, tree(), melati_));
  ASSERT_TRUE(reopen_place(context_, operator_, seen(melati_)));
  EXPECT_EQ(tree().facilities_under(mawar, today_), std::vector<FacilityKey>{mawar});
}

TEST_P(PlaceTest, UnitsAreAddedNamedOrderedClosedAndRemoved) {
  const auto poli = save_unit(context_, operator_, seen(melati_), {melati_, {}, "", "Poli Umum", {}, {}});
  ASSERT_TRUE(poli);
  const auto posyandu = save_unit(context_, operator_, seen(melati_), {melati_, {}, "", "Posyandu Anggrek", {}, {}, UnitKind::Posyandu});
  ASSERT_TRUE(posyandu);
  EXPECT_EQ(message(save_unit(context_, operator_, seen(melati_), {melati_, {}, "poli-umum", "Lain", {}, {}})), Msg::PlaceUnitCodeTaken);
  EXPECT_EQ(message(save_unit(context_, operator_, seen(melati_), {melati_, {}, "", " ", {}, {}})), Msg::PlaceUnitNoName);
  EXPECT_EQ(message(save_unit(context_, operator_, seen(branch_), {branch_, {}, "", "Loket", {}, {}})), Msg::PlaceUnitNowhere);
  EXPECT_EQ(message(save_unit(context_, operator_, seen(melati_), {melati_, {99}, "", "Loket", {}, {}})), Msg::PlaceUnitUnknown);
  ASSERT_TRUE(save_unit(context_, operator_, seen(melati_), {melati_, *poli, "poli-umum", "Poli Umum dan Lansia", {}, {}}));
  ASSERT_TRUE(shift_unit(context_, operator_, seen(melati_), *posyandu, Step::Up));
  EXPECT_EQ(tree().units(melati_).front().key, *posyandu);
  EXPECT_EQ(tree().find_unit(melati_, *poli)->name, "Poli Umum dan Lansia");
  ASSERT_TRUE(open_unit(context_, operator_, seen(melati_), *poli, false));
  EXPECT_FALSE(tree().find_unit(melati_, *poli)->exists_on(Day{today_.value + 1}));
  const auto links = *read_links(context_, operator_, melati_);
  for (const auto& link : links) EXPECT_EQ(link.open, link.unit != *poli);
  ASSERT_TRUE(open_unit(context_, operator_, seen(melati_), *poli, true));
  ASSERT_TRUE(remove_unit(context_, operator_, seen(melati_), *posyandu));
  EXPECT_EQ(tree().find_unit(melati_, *posyandu), nullptr);
  EXPECT_EQ(told(melati_).back(), "unit.remove");
}

TEST_P(PlaceTest, AUnitWithRecordsIsClosedInsteadOfRemoved) {
  const auto unit = save_unit(context_, operator_, seen(melati_), {melati_, {}, "", "Poli Gigi", {}, {}}).value();
  const store::Sql insert{"test.record",
                          "INSERT INTO record (facility, id, instrument, version, unit, day, at, received_at, channel, state, revision, "
                          "answers, first_hash) VALUES ($1, $2, 1, 1, $3, 1, 1, 1, 1, 1, 1, '[]', $2)"};
  const Hash id{};
  db().shared([&](store::Tx& tx) { tx.run(insert, {store::param(melati_), store::Blob(id), store::param(unit)}); });
  EXPECT_EQ(message(remove_unit(context_, operator_, seen(melati_), unit)), Msg::PlaceUnitUsed);
  EXPECT_TRUE(open_unit(context_, operator_, seen(melati_), unit, false));
}

PILAR_BOTH_ENGINES(PlaceTest);

}  // namespace pilar::place_test
