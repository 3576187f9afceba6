#include "app/record_search.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <span>

#include "app/organisation.h"
#include "app/record.h"
#include "domain/answer.h"
#include "support/shipped_store.h"

namespace pilar::record_search_test {

using namespace pilar::app;

constexpr std::int64_t kMicrosADay = 24LL * 3600 * 1'000'000;

/// Comments of a facility, searched as its quality team does.
class RecordSearchTest : public test::ShippedStoreTest {
 protected:
  RecordSearchTest() : context_{db(), clock_, reference_, SigningKey{{7}}, test::kQuickPasswords} {
    clock_.set({1'795'219'200'000'000});
    refresh_reference(context_);
    facility_ = add_place(context_, operator_,
                          {.code = "melati",
                           .name = "Puskesmas Melati",
                           .facility_type = "puskesmas",
                           .valid_from = Day{10'000},
                           .units = {"Poli Umum", "Farmasi"}})
                    .value();
    today_ = civil_day(clock_.now(), Zone::Wib);
  }

  Uuid send(const std::string& comment, int days_ago = 9, std::int32_t unit = 1) {
    const auto* kessan = reference_.get()->latest("kessan");
    const RawAnswers raw{{"nilai", {{"4"}, {}}}, {"pesan", {{comment}, {}}}};
    const auto answers = check_answers(kessan->form, raw, today_, true);
    EXPECT_TRUE(answers);
    const Instant at{clock_.now().micros - days_ago * kMicrosADay};
    const NewRecord record{make_uuid({at.micros + ++made_}), facility_, UnitKey{unit}, kessan->version, at, Channel::Public, *answers};
    EXPECT_TRUE(save_record(context_, operator_, record));
    return record.id;
  }

  RecordListQuery query(const std::string& item = "pesan") const {
    return {.instrument = "kessan", .facility = facility_, .from = Day{today_.value - 60}, .to = Day{today_.value + 1}, .item = item};
  }
  FoundRecords search(const std::string& words, const RecordListQuery& asked, const Scope& scope) {
    return search_records(context_, scope, asked, {.words = words}, {}).value();
  }
  std::vector<std::string> texts(const std::string& words) {
    const auto found = search(words, query(), team());
    std::vector<std::string> out;
    for (const auto& line : load_found(context_, team(), found, 0, 1000).lines)
      out.push_back(std::get<std::string>(*line.answers.front().answer));
    return out;
  }
  Scope team() const { return {Role::QualityLead, facility_, "account:1"}; }

  ReferenceHolder reference_;
  Context context_;
  Scope operator_{Role::Administrator, kEverywhere, "cli"};
  FacilityKey facility_;
  Day today_;
  std::int64_t made_ = 0;
};

using Texts = std::vector<std::string>;

TEST_P(RecordSearchTest, WordsAndPhrasesAreFoundWhateverTheirCaseAndAccents) {
  send("Antrean OBAT lama sekali");
  send("Obatnya habis,\nkata petugas \"besok\"");
  send("Café di depan ramah; résumé cepat");
  send("Loket 2 \\ 3 tutup");
  EXPECT_EQ(texts("obat").size(), 2U) << "inside of words too";
  EXPECT_EQ(texts("habis obat"), Texts{"Obatnya habis,\nkata petugas \"besok\""});
  EXPECT_EQ(texts("CAFE"), Texts{"Café di depan ramah; résumé cepat"});
  EXPECT_EQ(texts("RÉSUMÉ"), Texts{"Café di depan ramah; résumé cepat"});
  EXPECT_EQ(texts("\"habis, kata\"").size(), 1U) << "over the end of a line";
  EXPECT_EQ(texts("“obat lama”").size(), 1U);
  EXPECT_EQ(texts("\"lama obat\"").size(), 0U) << "not in a row";
  EXPECT_EQ(texts("2 \\ 3").size(), 1U);
  EXPECT_EQ(texts("kessan").size(), 0U) << "texts alone are searched";
  EXPECT_EQ(texts("4").size(), 0U);
}

TEST_P(RecordSearchTest, WhatMayNotBeReadIsNotFound) {
  send("rahasia baru", kCommentDays - 1);
  const auto voided = send("rahasia dibatalkan");
  send("rahasia farmasi", 9, 2);
  send("rahasia umum");
  ASSERT_TRUE(void_record(context_, operator_, facility_, voided, 1, "bukan pendapat"));
  EXPECT_EQ(texts("rahasia"), (Texts{"rahasia umum", "rahasia farmasi"})) << "by day and unit";
  EXPECT_EQ(search("rahasia", query("nilai"), team()).records.size(), 0U) << "no other question shows it";
  EXPECT_EQ(search("rahasia", query(""), team()).records.size(), 0U);
  const Scope farmasi({Grant{Role::UnitLead, facility_, UnitKey{2}}}, "account:2");
  EXPECT_EQ(search("rahasia", query(), farmasi).records.size(), search("rahasia", query(), team()).records.size())
      << "who leads a unit reads all of the facility";
  const Scope officer({Grant{Role::Officer, facility_, UnitKey{2}}}, "account:3");
  EXPECT_EQ(search("rahasia", query(), officer).records.size(), 1U) << "an officer the own unit";
  EXPECT_FALSE(search_records(context_, Scope(Role::BranchOfficer, facility_, "account:4"), query(), {.words = "x"}, {}));
}

TEST_P(RecordSearchTest, EverythingIsFoundPageByPageAndInFiles) {
  for (int i = 0; i < 40; ++i) send("kata ke-" + std::to_string(39 - i), 9 + i % 3);
  const auto found = search("kata", query(), team());
  ASSERT_EQ(found.records.size(), 40U);
  Texts paged, filed;
  for (std::size_t first = 0; first < 60; first += 7) {
    const auto page = load_found(context_, team(), found, first, 7);
    for (const auto& line : page.lines) paged.push_back(std::get<std::string>(*line.answers.front().answer));
  }
  const auto count = each_found(context_, team(), query(), {.words = "kata"},
                                [&](const RecordLine& line) { filed.push_back(std::get<std::string>(*line.answers.front().answer)); });
  EXPECT_EQ(count, 40);
  EXPECT_EQ(count_found(context_, team(), query(), {.words = "kata"}), 40);
  EXPECT_EQ(paged, filed) << "a day's comments by their words, not by who came first";
  EXPECT_TRUE(std::ranges::is_sorted(std::span(paged).first(13)));
  auto down = search_records(context_, team(), query(), {.words = "kata"}, {"pesan", true}).value();
  EXPECT_EQ(std::get<std::string>(*load_found(context_, team(), down, 0, 1).lines.front().answers.front().answer), "kata ke-9");
  auto day = query();
  day.from = day.to = today_;
  EXPECT_EQ(search("", day, team()).records.size(), 0U);
}

PILAR_BOTH_ENGINES(RecordSearchTest);

}  // namespace pilar::record_search_test
