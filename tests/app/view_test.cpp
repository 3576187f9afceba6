// The view of an instrument, as an analyst reads it with SQL.
#include "store/view_store.h"

#include <gtest/gtest.h>

#include "app/instrument.h"
#include "app/record.h"
#include "i18n/messages.h"
#include "support/test_store.h"

namespace pilar::view_test {

using namespace pilar::app;

constexpr std::string_view kFirstVersion = R"(
instrument: uji-tampilan
version: 1
title: {id: Contoh, en: Example}
purpose: {id: Untuk uji, en: For tests}
source: uji
pillar: peserta
public: true
sections:
  - key: a
    title: {id: A, en: A}
    items:
      - key: nilai
        type: scale
        label: {id: Nilai, en: Score}
        options:
          - {key: baik, code: 1, label: {id: Baik, en: Good}}
          - {key: buruk, code: 2, label: {id: Buruk, en: Bad}}
      - key: menit
        type: number
        digits: 1
        label: {id: Menit, en: Minutes}
      - key: unit
        type: text
        label: {id: Ruang, en: Room}
      - key: gejala
        type: multiple
        label: {id: Gejala, en: Symptoms}
        options:
          - {key: batuk, code: 1, label: {id: Batuk, en: Cough}}
          - {key: demam, code: 2, label: {id: Demam, en: Fever}}
measures:
  - key: rating
    type: rating
    title: {id: Nilai, en: Score}
    items: [nilai]
)";

class ViewTest : public test::StoreTest {
 protected:
  ViewTest() : context_{db(), clock_, reference_, SigningKey{{7}}, test::kQuickPasswords} {
    clock_.set({1'790'000'000'000'000});  // 21 September 2026, 14:13:20 UTC
    refresh_reference(context_);
    install(std::string(kFirstVersion));
  }

  void install(const std::string& pack) {
    const auto installed = install_instrument(context_, Scope(Role::Administrator, {0}, "test"), pack, "uji.yaml");
    if (!installed) ADD_FAILURE() << say(Lang::En, installed.error().front()) << " " << installed.error().front().field;
  }

  Uuid add(Answers answers) {
    const auto* version = context_.reference.get()->latest("uji-tampilan");
    const auto id = make_uuid(clock_.now());
    EXPECT_TRUE(save_record(context_, team_, {id, test::kFirst, {0}, version->version, clock_.now(), Channel::Staff, std::move(answers)}));
    return id;
  }

  /// One row of the view as text, columns parted by "|", null as "-".
  std::string row(const std::string& columns, const Uuid& id) {
    std::string text;
    for (auto column = columns + " "; !column.empty();) {
      const auto end = column.find(' ');
      const auto part = "COALESCE(CAST(" + column.substr(0, end) + " AS TEXT), '-')";
      text += (text.empty() ? "" : " || '|' || ") + part;
      column.erase(0, end + 1);
    }
    text = "SELECT " + text + " FROM \"view_uji-tampilan\" WHERE record = $1";
    const auto name = "test.view " + columns;
    std::string out;
    // An own connection: it forgets the statement with its text.
    open_again()->read([&](store::Tx& tx) {
      if (tx.engine() == store::Engine::Sqlite) tx.script("test.trust", "PRAGMA trusted_schema = ON");  // as in the program sqlite3
      tx.each({name.c_str(), text.c_str()}, {store::param(id)}, [&](const store::Row& found) { out = found.text(0); });
    });
    return out;
  }

  Scope team_{Role::QualityLead, test::kFirst, "account:1"};
  ReferenceHolder reference_;
  Context context_;
};
PILAR_BOTH_ENGINES(ViewTest);

TEST_P(ViewTest, NamesEveryAnswer) {
  const auto id = add({Code{2}, parse_decimal("7.5").value(), std::string("Poli 'umum', \"2\""), Codes{1, 2}});
  EXPECT_EQ(row("facility unit day at version revision state", id), "F1|-|2026-09-21|2026-09-21T14:13:20Z|1|1|valid");
  EXPECT_EQ(row("nilai menit unit_v1 gejala", id), "buruk|7.5|Poli 'umum', \"2\"|[1,2]");
}

TEST_P(ViewTest, WhatWasNotAnsweredIsNull) {
  const auto id = add({Empty::NotObserved, Empty::NotApplicable, Empty::Blank, Empty::NotAsked});
  EXPECT_EQ(row("nilai menit unit_v1 gejala", id), "-|-|-|-");
}

TEST_P(ViewTest, SaysWhatWasTakenBack) {
  const auto id = add({Code{1}, Decimal::whole(3), std::string("x"), Codes{}});
  ASSERT_TRUE(void_record(context_, team_, test::kFirst, id, 1, "salah"));
  EXPECT_EQ(row("revision state", id), "2|voided");
}

/// The second version asks in another order, has a new item, and takes the minutes as words.
TEST_P(ViewTest, GrowsWithTheVersions) {
  const auto old = add({Code{1}, Decimal::whole(3), std::string("x"), Codes{2}});
  std::string pack(kFirstVersion);
  const auto replace = [&](std::string_view from, std::string_view to) {
    const auto at = pack.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    pack.replace(at, from.size(), to);
  };
  replace("version: 1", "version: 2");
  replace("      - key: menit\n        type: number\n        digits: 1\n",
          "      - key: baru\n        type: yesno\n        label: {id: Baru, en: New}\n      - key: menit\n        type: text\n");
  install(pack);
  const auto baru = context_.reference.get()->latest("uji-tampilan")->form.find("baru")->options;
  ASSERT_FALSE(baru.empty());
  const auto young = add({Code{2}, Code{baru.front().code}, std::string("lama"), std::string("y"), Codes{1}});
  EXPECT_EQ(row("version nilai baru menit menit_v2 unit_v1 gejala", old), "1|baik|-|3|-|x|[2]");
  EXPECT_EQ(row("version nilai baru menit menit_v2 unit_v1 gejala", young), "2|buruk|" + baru.front().key + "|-|lama|y|[1]");
}

}  // namespace pilar::view_test
