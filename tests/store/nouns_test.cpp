// The statements of each noun, on both engines.
#include <gtest/gtest.h>

#include <array>
#include <map>
#include <random>
#include <tuple>

#include "base/hash.h"
#include "store/account_store.h"
#include "store/cell_store.h"
#include "store/fill_store.h"
#include "store/instrument_store.h"
#include "store/network_cell.h"
#include "store/organisation_store.h"
#include "store/record_store.h"
#include "support/test_store.h"

namespace pilar::nouns_test {

using namespace pilar::store;
using namespace pilar::test;

class Nouns : public StoreTest {};
PILAR_BOTH_ENGINES(Nouns);

Uuid id_of(std::uint8_t number) {
  Uuid id;
  id.bytes.fill(number);
  return id;
}

StoredRecord record_at(std::uint8_t number, Day day, std::int32_t unit) {
  StoredRecord r;
  r.facility = kFirst;
  r.id = id_of(number);
  r.instrument = {1};
  r.version = {2};
  r.unit = {unit};
  r.day = day;
  r.at = {1'000'001};
  r.received_at = {2'000'002};
  r.channel = Channel::Staff;
  r.answers = R"([1,null,{"not":"asked"},"pelan – sekali"])";
  r.first_hash = sha256(r.answers);
  return r;
}

using Totals = std::map<std::tuple<std::int32_t, std::int32_t, std::int32_t, std::int32_t>, Cell>;

/// Sums by (month, unit, series, bucket), folded, so that equal content is equal whatever way it was summed.
class Sum {
 public:
  void operator()(const CellRow& row) {
    auto& cell = totals_[{row.month.value, row.unit.value, row.series.value, row.bucket}];
    cell = fold(cell + row.cell);
  }
  Totals take() { return std::exchange(totals_, {}); }

 private:
  Totals totals_;
};

TEST_P(Nouns, ARecordComesBackAndIsInsertedOnce) {
  const auto record = record_at(1, Day{100}, 3);
  db().write(kFirst, [&](Write& write) {
    EXPECT_TRUE(insert_record(write.tx(), record));
    EXPECT_FALSE(insert_record(write.tx(), record));
  });
  db().read([&](Tx& tx) {
    const auto found = find_record(tx, kFirst, record.id);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->answers, record.answers);
    EXPECT_EQ(found->first_hash, record.first_hash);
    EXPECT_EQ(
        std::tie(found->instrument, found->version, found->unit, found->day, found->at, found->received_at, found->channel, found->state),
        std::tie(record.instrument, record.version, record.unit, record.day, record.at, record.received_at, record.channel, record.state));
    EXPECT_FALSE(find_record(tx, kSecond, record.id)) << "another facility does not see it";
    EXPECT_FALSE(find_record(tx, kFirst, id_of(9)));
  });
}

TEST_P(Nouns, RecordsAreFoundTogetherAndAppendedOnlyWhereTheyAreNew) {
  std::vector<StoredRecord> wanted;
  for (int i = 0; i < 450; ++i) {  // more than one round trip on PostgreSQL
    wanted.push_back(record_at(static_cast<std::uint8_t>(i % 250), Day{100}, 3));
    wanted.back().id.bytes[1] = static_cast<std::uint8_t>(i / 250);
  }
  db().write(kFirst, [&](Write& write) {
    for (std::size_t i = 0; i < wanted.size(); i += 2) append_record(write.tx(), wanted[i]);
  });
  db().read([&](Tx& tx) {
    const auto found = find_records(tx, wanted);
    ASSERT_EQ(found.size(), wanted.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
      ASSERT_EQ(found[i].has_value(), i % 2 == 0) << i;
      EXPECT_EQ(found[i].value_or(wanted[i]).id, wanted[i].id);
    }
    EXPECT_TRUE(find_records(tx, {}).empty());
  });
  EXPECT_THROW(db().write(kFirst, [&](Write& write) { append_record(write.tx(), wanted[0]); }), Fault);
}

TEST_P(Nouns, AReplacedRecordKeepsItsHistory) {
  const auto first = record_at(1, Day{100}, 3);
  auto second = first;
  second.revision = 2;
  second.answers = "[2]";
  second.day = Day{101};
  auto third = second;
  third.revision = 3;
  third.state = RecordState::Voided;
  db().write(kFirst, [&](Write& write) { insert_record(write.tx(), first); });
  db().write(kFirst, [&](Write& write) { replace_record(write.tx(), first, second, Instant{7}, "account:1", "salah ketik"); });
  db().write(kFirst, [&](Write& write) { replace_record(write.tx(), second, third, Instant{8}, "account:2", ""); });
  EXPECT_THROW(db().write(kFirst, [&](Write& write) { replace_record(write.tx(), first, second, Instant{9}, "account:1", ""); }),
               std::exception)
      << "it was read before it changed";
  db().read([&](Tx& tx) {
    const auto now = find_record(tx, kFirst, first.id);
    ASSERT_TRUE(now);
    EXPECT_EQ(now->revision, 3);
    EXPECT_EQ(now->state, RecordState::Voided);
    EXPECT_EQ(now->first_hash, first.first_hash);
    const auto revisions = load_revisions(tx, kFirst, first.id);
    ASSERT_EQ(revisions.size(), 2U);
    EXPECT_EQ(revisions[0].answers, first.answers);
    EXPECT_EQ(revisions[0].reason, "salah ketik");
    EXPECT_EQ(revisions[1].day.value, 101);
    EXPECT_EQ(revisions[1].actor, "account:2");
  });
}

TEST_P(Nouns, PagesOfRecordsMeetWithoutGapOrRepetition) {
  db().write(kFirst, [&](Write& write) {
    for (std::uint8_t i = 0; i < 50; ++i) insert_record(write.tx(), record_at(i, Day{100 + i % 3}, i % 4));
    auto other = record_at(77, Day{100}, 1);
    other.instrument = {2};
    insert_record(write.tx(), other);
  });
  db().read([&](Tx& tx) {
    RecordPage page{Day{100}, Day{102}, {}, {}, 7};
    std::vector<StoredRecord> all;
    for (auto records = load_records(tx, kFirst, {1}, page); !records.empty(); records = load_records(tx, kFirst, {1}, page)) {
      EXPECT_LE(records.size(), 7U);
      all.insert(all.end(), records.begin(), records.end());
      page.after = all.back();
    }
    EXPECT_EQ(all.size(), 34U);
    const auto order = [](const StoredRecord& r) { return std::tie(r.day, r.unit, r.id); };
    for (std::size_t i = 1; i < all.size(); ++i) EXPECT_LT(order(all[i - 1]), order(all[i]));
    EXPECT_EQ(load_records(tx, kFirst, {1}, {Day{0}, Day{1000}, UnitKey{2}, {}, 100}).size(), 12U);
    int seen = 0, of_all = 0;
    each_record(tx, kFirst, {1}, Day{0}, Day{1000}, [&](const StoredRecord&) { ++seen; });
    each_facility_record(tx, kFirst, [&](const StoredRecord&) { ++of_all; });
    EXPECT_EQ(seen, 50);
    EXPECT_EQ(of_all, 51);
    EXPECT_EQ(last_record_day(tx, kFirst, {1}, Day{102}), Day{101});
    EXPECT_FALSE(last_record_day(tx, kFirst, {1}, Day{100}));
    const std::vector<FacilityKey> both{kFirst, kSecond}, none{kThird};
    EXPECT_EQ(last_record_day(tx, both, {1}, Day{102}), Day{101});
    EXPECT_FALSE(last_record_day(tx, none, {1}, Day{102}));
  });
}

TEST_P(Nouns, MonthSumsAreTheSameDirtyOrFolded) {
  const std::vector<SeriesKey> wanted{{1}, {3}};
  Totals truth;
  std::mt19937 random(3);
  db().write(kFirst, [&](Write& write) {
    truth.clear();
    for (int i = 0; i < 500; ++i) {
      const Day day{static_cast<std::int32_t>(random() % 120)};
      const UnitKey unit{static_cast<std::int32_t>(random() % 4)};  // 0: answered to the facility as a whole
      const Delta delta{SeriesKey{static_cast<std::int32_t>(1 + random() % 3)}, static_cast<std::int32_t>(random() % 3),
                        Cell::of(static_cast<std::int64_t>(random()) % 1'000'000'000)};
      write.add(day, unit, {&delta, 1}, 1);
      if (delta.series.value == 2) continue;
      auto& cell = truth[{month_of(day).value, unit.value, delta.series.value, delta.bucket}];
      cell = fold(cell + delta.cell);
    }
  });
  Totals whole;
  for (const auto& [key, cell] : truth) {
    auto& sum = whole[{std::get<0>(key), 0, std::get<2>(key), std::get<3>(key)}];
    sum = fold(sum + cell);
  }
  const auto compare = [&](const char* when) {
    db().read([&](Tx& tx) {
      Sum sum;
      each_month_cell(tx, kFirst, Month{0}, Month{5}, wanted, [&](const CellRow& row) { sum(row); });
      EXPECT_EQ(sum.take(), truth) << when;
      each_day_cell(tx, kFirst, Day{0}, Day{200}, wanted, [&](const CellRow& row) { sum(row); });
      EXPECT_EQ(sum.take(), truth) << when;
      each_network_cell(tx, Month{0}, Month{5}, wanted, [&](const CellRow& row) { sum(row); });
      EXPECT_EQ(sum.take(), whole) << when;
      const std::vector<FacilityKey> few{kFirst, kThird}, others{kSecond, kThird};
      std::vector<FacilityKey> many;
      for (int key = 1; key <= static_cast<int>(kFewFacilities) + 1; ++key) many.push_back({key});
      for (const auto& some : {few, many}) {
        each_network_cell(tx, some, Month{0}, Month{5}, wanted, [&](const CellRow& row) { sum(row); });
        EXPECT_EQ(sum.take(), whole) << when << " " << some.size();
      }
      each_network_cell(tx, others, Month{0}, Month{5}, wanted, [](const CellRow&) { FAIL() << "not asked for"; });
      for (Month month{0}; month < Month{5}; ++month.value) {
        using Counts = std::map<std::pair<SeriesKey, FacilityKey>, std::pair<std::int64_t, std::int64_t>>;
        Counts all, counted;
        const auto into = [](Counts& counts) {
          return [&counts](const CellRow& row) {
            auto& [n, total] = counts[{row.series, row.facility}];
            n += row.cell.n;
            total += row.cell.sum;
          };
        };
        each_network_cell(tx, many, month, Month{month.value + 1}, wanted, into(all));
        each_network_cell(tx, many, month, Month{month.value + 1}, wanted, into(counted), CellPart::Counts);
        EXPECT_EQ(counted, all) << when << " " << month.value;
      }
      each_summed_cell(tx, kFirst, {Day{3}, Day{70}}, wanted, [&](CellRow row) {
        row.unit = UnitKey{0};
        sum(row);
      });
      const auto days = sum.take();
      each_network_sum(tx, few, {Day{3}, Day{70}}, wanted, [&](const CellRow& row) { sum(row); });
      EXPECT_EQ(sum.take(), days) << when;
    });
  };
  compare("all dirty");
  db().read([](Tx& tx) { EXPECT_EQ(load_dirty_months(tx, {0}, Month{4}, 100).size(), 4U); });
  for (const int month : {0, 2}) db().write(kFirst, [=](Write& write) { fold_months(write.tx(), std::array{kFirst}, Month{month}); });
  compare("half folded");
  const Delta late{{1}, 0, Cell::of(5)};
  db().write(kFirst, [&](Write& write) { write.add(Day{3}, UnitKey{1}, {&late, 1}, 1); });
  for (const int unit : {1, 0}) {
    auto& cell = unit == 1 ? truth[{0, 1, 1, 0}] : whole[{0, 0, 1, 0}];
    cell = fold(cell + late.cell);
  }
  compare("a folded month that got a late record");
  for (int month = 0; month < 4; ++month)
    db().write(kFirst, [=](Write& write) { fold_months(write.tx(), std::array{kFirst}, Month{month}); });
  db().read([](Tx& tx) { EXPECT_TRUE(load_dirty_months(tx, {0}, Month{100}, 100).empty()); });
  compare("all folded");
}

TEST_P(Nouns, CellsThatAreNotThereAreNoRows) {
  const std::vector<SeriesKey> wanted{{1}};
  db().read([&](Tx& tx) {
    const auto never = [](const CellRow&) { FAIL() << "there is nothing"; };
    each_month_cell(tx, kFirst, Month{0}, Month{900}, wanted, never);
    each_month_cell(tx, kFirst, Month{5}, Month{5}, wanted, never);
    each_month_cell(tx, kFirst, Month{0}, Month{900}, {}, never);
    each_day_cell(tx, FacilityKey{999}, Day{0}, Day{100}, wanted, never);
    each_network_cell(tx, Month{0}, Month{900}, wanted, never);
  });
  const Delta delta{{1}, 0, Cell::of(4)};
  for (const int sign : {1, -1}) db().write(kFirst, [&](Write& write) { write.add(Day{3}, UnitKey{1}, {&delta, 1}, sign); });
  db().write(kFirst, [](Write& write) { fold_months(write.tx(), std::array{kFirst}, Month{0}); });
  EXPECT_EQ(number("test.month_cells", "SELECT COUNT(*) FROM cell_month"), 0) << "a row of zeros is not folded";
}

TEST_P(Nouns, TheTreeItsUnitsAndLinksComeBack) {
  db().shared([](Tx& tx) {
    const auto branch = insert_node(tx, {{}, {}, NodeKind::Branch, "KC-01", "KC Malang", "", Zone::Wib, Day{10}, {}}, 4);
    const auto clinic = insert_node(tx, {{}, branch, NodeKind::Facility, "0101", "Klinik \"A\"", "klinik", Zone::Wit, Day{10}, Day{99}}, 4);
    EXPECT_EQ(insert_unit(tx, {clinic, {}, "POLI", "Poli Umum", Day{10}, {}}).value, 1);
    EXPECT_EQ(insert_unit(tx, {clinic, {}, "LAB", "Laboratorium", Day{10}, Day{50}}).value, 2);
    EXPECT_EQ(insert_unit(tx, {branch, {}, "POLI", "Kantor", Day{10}, {}}).value, 1);
    insert_link(tx, {clinic, "abc", {1}, {2}, true});
    set_link_open(tx, clinic, "abc", false);
  });
  db().read([](Tx& tx) {
    const auto tree = load_organisation(tx);
    const auto* clinic = tree.find("0101");
    ASSERT_NE(clinic, nullptr);
    EXPECT_EQ(clinic->name, "Klinik \"A\"");
    EXPECT_EQ(clinic->zone, Zone::Wit);
    EXPECT_EQ(clinic->valid_to, Day{99});
    EXPECT_EQ(tree.find("KC-01")->facility_type, "");
    EXPECT_EQ(tree.units(clinic->key).size(), 2U);
    EXPECT_EQ(tree.find_unit(clinic->key, "LAB")->valid_to, Day{50});
    const auto link = find_link(tx, clinic->key, "abc");
    ASSERT_TRUE(link);
    EXPECT_FALSE(link->open);
    EXPECT_FALSE(find_link(tx, kFirst, "abc"));
  });
  EXPECT_EQ(number("test.new_head", "SELECT catalogue FROM facility_head ORDER BY facility DESC LIMIT 1"), 4);
  EXPECT_THROW(db().shared([](Tx& tx) { insert_node(tx, {{}, {}, NodeKind::Branch, "KC-01", "twice", "", Zone::Wib, Day{0}, {}}, 0); }),
               Fault);
}

TEST_P(Nouns, InstrumentsSeriesAndFillsComeBack) {
  db().shared([](Tx& tx) {
    EXPECT_EQ(load_generation(tx), 0);
    const auto instrument = insert_instrument(tx, "kessan");
    EXPECT_EQ(insert_version(tx, instrument, 1, "instrument: kessan", Instant{5}).value, 1);
    EXPECT_EQ(insert_version(tx, instrument, 2, "", Instant{6}).value, 2);
    Series series;
    series.key = "nilai@penjamin=jkn";
    series.definition = sha256("x");
    series.digits = 2;
    EXPECT_EQ(insert_series(tx, instrument, series).value, 1);
    insert_fills(tx, SeriesKey{1});
    EXPECT_EQ(advance_generation(tx), 1);
  });
  db().read([](Tx& tx) {
    EXPECT_EQ(load_instruments(tx).at(0).key, "kessan");
    const auto versions = load_versions(tx);
    ASSERT_EQ(versions.size(), 2U);
    EXPECT_EQ(versions[0].content, "instrument: kessan");
    EXPECT_EQ(versions[1].installed_at.micros, 6);
    const auto series = load_series(tx);
    ASSERT_EQ(series.size(), 1U);
    EXPECT_EQ(series[0].definition, sha256("x"));
    EXPECT_EQ(series[0].aggregation, Aggregation::Flow);
    EXPECT_EQ(series[0].digits, 2);
    EXPECT_EQ(count_fills(tx), 3);
    EXPECT_EQ(next_unfilled(tx, kFirst), kSecond);
    EXPECT_FALSE(next_unfilled(tx, kThird));
    EXPECT_EQ(load_fills(tx, kSecond).at(0).from_day.value, std::numeric_limits<std::int32_t>::max());
  });
}

TEST_P(Nouns, AccountsSessionsTokensAndSecretsComeBack) {
  const auto token = sha256("token");
  db().shared([&](Tx& tx) {
    EXPECT_EQ(count_accounts(tx), 0);
    StoredAccount account{{}, "mutu", "Tim Mutu", "$argon2id$x", kFirst, true, Instant{3}};
    const auto key = insert_account(tx, account);
    account.login = "lain";
    EXPECT_NE(insert_account(tx, account), key);
    update_password(tx, key, "$argon2id$y", true);
    update_active(tx, key, false);
    insert_session(tx, token, {key, Instant{4}, Instant{4}, "Firefox, Android"});
    touch_session(tx, token, Instant{9});
    insert_token(tx, token, {{}, "lab", Role::Machine, kSecond, Instant{4}, Instant{99}, {}, {}, "account:1"});
  });
  db().read([&](Tx& tx) {
    const auto account = find_account(tx, "mutu");
    ASSERT_TRUE(account);
    EXPECT_EQ(account->password_hash, "$argon2id$y");
    EXPECT_TRUE(account->must_change);
    EXPECT_FALSE(account->active);
    EXPECT_EQ(find_account(tx, account->key)->login, "mutu");
    EXPECT_FALSE(find_account(tx, "MUTU' OR 1=1"));
    EXPECT_EQ(load_accounts(tx).size(), 2U);
    EXPECT_EQ(find_session(tx, token)->seen_at.micros, 9);
    EXPECT_FALSE(find_session(tx, sha256("other")));
    EXPECT_FALSE(find_token(tx, token)->revoked_at);
  });
  SigningKey first, second;
  db().shared([&](Tx& tx) {
    delete_sessions_of(tx, find_account(tx, "mutu")->key);
    revoke_token(tx, find_token(tx, token)->key, Instant{50});
    first = load_or_make_secret(tx, "form");
    second = load_or_make_secret(tx, "form");
    EXPECT_NE(load_or_make_secret(tx, "other").bytes, first.bytes);
  });
  EXPECT_EQ(first.bytes, second.bytes);
  db().read([&](Tx& tx) {
    EXPECT_FALSE(find_session(tx, token));
    EXPECT_EQ(find_token(tx, token)->revoked_at, Instant{50});
    EXPECT_EQ(load_tokens(tx).size(), 1U);
  });
}

}  // namespace pilar::nouns_test
