// Month cells of offices: whatever happens to records and places, an office is the sum of the facilities that stand under it.
#include "app/office.h"

#include <gtest/gtest.h>

#include <array>
#include <map>
#include <random>
#include <tuple>

#include "app/facility_table.h"
#include "app/organisation.h"
#include "app/place.h"
#include "app/record.h"
#include "app/result.h"
#include "app/today.h"
#include "app/upkeep.h"
#include "store/network_cell.h"
#include "support/shipped_store.h"

namespace pilar::office_test {

using namespace pilar::app;

constexpr std::int64_t kDayMicros = 86'400'000'000LL;
constexpr Month kRunning{680};  // September 2026
constexpr int kMonths = kDayCellMonths + 4;

using Totals = std::map<std::tuple<Month, SeriesKey, std::int32_t>, Cell>;

class OfficeTest : public test::ShippedStoreTest {
 protected:
  OfficeTest() : context_{db(), clock_, reference_, SigningKey{{7}}, test::kQuickPasswords} {
    clock_.set({start_of(first_day(kRunning), Zone::Wib).micros + 20 * kDayMicros});
    refresh_reference(context_);
    today_ = civil_day(clock_.now(), Zone::Wib);
    payer_ = add(NodeKind::Payer, "penjamin");
    left_ = add(NodeKind::Branch, "kiri", add(NodeKind::Region, "barat", payer_));
    right_ = add(NodeKind::Branch, "kanan", add(NodeKind::Region, "timur", payer_));
    district_ = add(NodeKind::District, "kabupaten", add(NodeKind::Province, "provinsi"));
    for (int i = 0; i < 6; ++i)
      facilities_.push_back(add(NodeKind::Facility, "f" + std::to_string(i), i % 2 == 0 ? left_ : right_, district_));
  }

  FacilityKey add(NodeKind kind, const std::string& code, std::optional<FacilityKey> parent = {}, std::optional<FacilityKey> office = {}) {
    const auto added = add_place(context_, operator_,
                                 {.parent = parent,
                                  .kind = kind,
                                  .code = code,
                                  .name = code,
                                  .facility_type = kind == NodeKind::Facility ? "puskesmas" : "",
                                  .valid_from = Day{10'000},
                                  .supervisor = office});
    EXPECT_TRUE(added) << code;
    return added.value_or(FacilityKey{});
  }
  void add_many(int count, const std::string& prefix) {
    std::vector<NewPlace> places;
    for (int i = 0; i < count; ++i)
      places.push_back({.parent = i % 2 == 0 ? left_ : right_,
                        .code = prefix + std::to_string(i),
                        .name = prefix + std::to_string(i),
                        .facility_type = "klinik_pratama",
                        .valid_from = Day{10'000}});
    ASSERT_TRUE(add_places(context_, operator_, places));
  }
  const Organisation& tree() { return (kept_ = reference_.get())->organisation; }
  SeenPlace seen(FacilityKey key) { return {key, tree().find(key)->version}; }
  const InstalledVersion& version() const { return *context_.reference.get()->latest("kunjungan-bulanan"); }
  Instant noon(Day day) const { return {start_of(day, Zone::Wib).micros + kDayMicros / 2}; }
  static Answers answers(std::int64_t visits) { return {Decimal::whole(visits), Decimal::whole(visits / 2), Decimal::whole(visits / 3)}; }

  Uuid enter(FacilityKey facility, Day day, std::int64_t visits) {
    const auto id = make_uuid(noon(day));
    EXPECT_TRUE(save_record(context_, operator_, {id, facility, {0}, version().version, noon(day), Channel::Staff, answers(visits)}));
    return id;
  }

  std::size_t place() {
    const auto misplaced = misplaced_facilities(context_);
    place_facilities(context_, misplaced);
    return misplaced.size();
  }
  void fold_running() {
    for (std::optional<FacilityKey> after = FacilityKey{0}; after;) after = fold_running_step(context_, *after, 3);
  }

  std::vector<SeriesKey> series() const {
    std::vector<SeriesKey> all;
    for (const auto& one : version().series) all.push_back(one.id);
    std::ranges::sort(all);
    return all;
  }
  /// Every office as it stood on a day, read from its own cells and from those of its facilities.
  void expect_sums(Day on, const std::string& when) {
    const auto wanted = series();
    const Month from{kRunning.value - kMonths}, to{kRunning.value + 1};
    for (const auto& node : tree().nodes()) {
      if (node.kind == NodeKind::Facility) continue;
      const store::Office office{node.key, tree().facilities_under(node.key, on)};
      Totals kept, summed;
      const auto into = [](Totals& totals) {
        return [&totals](const store::CellRow& row) {
          auto& sum = totals[{row.month, row.series, row.bucket}];
          sum = fold(sum + row.cell);
        };
      };
      db().read([&](store::Tx& tx) {
        store::each_office_cell(tx, {&office, 1}, from, to, wanted, into(kept));
        store::each_network_cell(tx, office.facilities, from, to, wanted, into(summed));
        EXPECT_TRUE(store::load_office_differences(tx, 10).empty()) << when;
      });
      EXPECT_EQ(kept, summed) << node.code << " on " << iso(on) << " " << when;
    }
  }
  void expect_sums(const std::string& when) {
    for (const int ago : {0, 20, 200, 800}) expect_sums({today_.value - ago}, when);
  }

  std::uint64_t statements() {
    std::uint64_t sum = 0;
    for (const auto& one : db().stats().statements) sum += one.count;
    return sum;
  }
  template <class Read>
  std::uint64_t statements_of(const Read& read) {
    const auto before = statements();
    read();
    return statements() - before;
  }

  ReferenceHolder reference_;
  Context context_;
  Scope operator_{Role::Administrator, kEverywhere, "cli"};
  std::shared_ptr<const Reference> kept_;
  Day today_;
  FacilityKey payer_, left_, right_, district_;
  std::vector<FacilityKey> facilities_;
};

TEST_P(OfficeTest, AnOfficeIsTheSumOfItsFacilitiesWhateverHappens) {
  struct Entered {
    FacilityKey facility;
    Uuid id;
    std::int32_t revision = 1;
  };
  std::vector<Entered> entered;
  std::mt19937 random(12);
  const auto pick = [&](int below) { return static_cast<int>(random() % static_cast<unsigned>(below)); };
  const auto some = [&] { return facilities_[static_cast<std::size_t>(pick(static_cast<int>(facilities_.size())))]; };
  const auto some_day = [&] { return Day{today_.value - (pick(3) == 0 ? pick(20) : pick(31 * (kMonths - 1)))}; };
  expect_sums("empty");
  for (int step = 0; step < 240; ++step) {
    const auto what = pick(20);
    if (entered.size() < 10 || what < 9) {
      const auto facility = some();
      entered.push_back({facility, enter(facility, some_day(), 100 + pick(900))});
    } else if (what < 12) {
      auto& one = entered[static_cast<std::size_t>(pick(static_cast<int>(entered.size())))];
      const auto day = some_day();
      if (correct_record(context_, operator_,
                         {one.facility, one.id, one.revision, {0}, version().version, noon(day), answers(1000 + pick(900)), "uji"}))
        ++one.revision;
    } else if (what < 14) {
      const auto& one = entered[static_cast<std::size_t>(pick(static_cast<int>(entered.size())))];
      (void)void_record(context_, operator_, one.facility, one.id, one.revision, "uji");
    } else if (what == 14) {
      (void)move_place(context_, operator_, seen(some()), {pick(2) == 0 ? left_ : right_, district_, {today_.value - pick(300)}});
    } else if (what == 15) {
      place();
    } else if (what == 16) {
      while (fold_step(context_, 4) > 0) continue;
    } else if (what == 17) {
      fold_running();
    } else if (what == 18) {
      while (expire_step(context_, 4) > 0) continue;
    } else {
      rebuild_facility(context_, some());
    }
    if (step % 20 == 19) expect_sums("step " + std::to_string(step));
  }
  place();
  EXPECT_EQ(place(), 0U) << "everybody stands where they belong";
  fold_running();
  expect_sums("folded");
  ASSERT_TRUE(close_place(context_, operator_, seen(facilities_[0]), {today_, facilities_[1], true}));
  expect_sums("merged, still kept as before");
  place();
  expect_sums("merged");
}

TEST_P(OfficeTest, TheRunningMonthIsFoldedAndReadWithWhatCameSince) {
  enter(facilities_[0], today_, 300);
  place();
  fold_running();
  EXPECT_EQ(number("test.dirty", "SELECT COUNT(*) FROM month_dirty"), 0);
  EXPECT_GT(number("test.kept", "SELECT COUNT(*) FROM office_month WHERE n > 0"), 0);
  const ResultQuery query{"kunjungan-bulanan", payer_, {}, period_of(kRunning)};
  EXPECT_EQ(read_result(context_, operator_, query)->records, 1);
  enter(facilities_[3], today_, 200);
  const auto view = read_result(context_, operator_, query);
  EXPECT_EQ(view->records, 2) << "what was written since the fold shows at once";
  ASSERT_EQ(view->parts.size(), 2U);
  EXPECT_EQ(view->parts[0].records + view->parts[1].records, 2);
  EXPECT_EQ(view->trend.back().records, 2);
  fold_running();
  expect_sums("folded again");
}

TEST_P(OfficeTest, AMeddledCellIsFound) {
  enter(facilities_[0], today_, 300);
  place();
  fold_running();
  db().shared([](store::Tx& tx) {
    tx.run({"test.meddle", "UPDATE office_month SET sum = sum + 1 WHERE office IN (SELECT MIN(office) FROM office_month)"}, {});
  });
  db().read([](store::Tx& tx) { EXPECT_EQ(store::load_office_differences(tx, 1).size(), 1U); });
  EXPECT_GT(rebuild_offices(context_), 0U);
  EXPECT_EQ(rebuild_offices(context_), 0U);
  EXPECT_GT(number("test.kept", "SELECT COUNT(*) FROM office_month WHERE n > 0"), 0);
  expect_sums("made again");
}

TEST_P(OfficeTest, APageOfTwiceAsManyFacilitiesIsAsManyStatements) {
  add_many(600, "a");
  const Scope officer{Role::BranchOfficer, payer_, "test"};
  const auto pages = [&] {
    place();
    for (const auto facility : {facilities_[0], facilities_[1]}) enter(facility, today_, 100);
    fold_running();
    return std::array{statements_of([&] { ASSERT_TRUE(read_today(context_, officer)); }),
                      statements_of([&] { ASSERT_TRUE(read_facility_table(context_, officer, payer_, kRunning)); }),
                      statements_of([&] { ASSERT_TRUE(read_result(context_, officer, {"kessan", payer_, {}, period_of(kRunning)})); })};
  };
  const auto of_six_hundred = pages();
  add_many(600, "b");
  EXPECT_EQ(pages(), of_six_hundred);
}

TEST_P(OfficeTest, ATableOfNeedsSaysTheSameAsTheWholeTable) {
  for (const auto facility : facilities_) enter(facility, today_, 40 + facility.value);
  const Scope officer{Role::BranchOfficer, payer_, "test"};
  const auto all = read_facility_table(context_, officer, payer_, kRunning);
  const auto needs = read_facility_table(context_, officer, payer_, kRunning, TableContent::Needs);
  ASSERT_TRUE(all && needs);
  ASSERT_EQ(all->rows.size(), needs->rows.size());
  for (std::size_t i = 0; i < all->rows.size(); ++i) {
    EXPECT_EQ(all->rows[i].visits, needs->rows[i].visits);
    ASSERT_EQ(all->rows[i].need.has_value(), needs->rows[i].need.has_value());
    if (all->rows[i].need) { EXPECT_EQ(all->rows[i].need->required, needs->rows[i].need->required); }
  }
  EXPECT_TRUE(needs->measures.empty());
}

PILAR_BOTH_ENGINES(OfficeTest);

}  // namespace pilar::office_test
