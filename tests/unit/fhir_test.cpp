#include "interchange/fhir.h"

#include <gtest/gtest.h>

#include "base/embedded.h"
#include "i18n/messages.h"
#include "i18n/words/fhir.h"
#include "interchange/pack.h"
#include "support/pack_compare.h"

namespace pilar::fhir_test {

using test::expect_equal;
using test::kEverything;

Instrument read(std::string_view text) {
  auto form = read_pack(text, "uji.yaml");
  if (!form) {
    for (const auto& problem : form.error()) ADD_FAILURE() << problem.field << " " << say(Lang::En, problem) << "\n" << text;
    return {};
  }
  return *std::move(form);
}

json::Value parsed(std::string_view text) { return std::get<json::Value>(json::parse(text)); }

TEST(Fhir, EveryShippedPackComesBackEqual) {
  int packs = 0;
  for (const auto& [name, bytes] : embedded_files()) {
    if (!name.starts_with("packs/")) continue;
    const auto form = read(std::string(bytes));
    const auto back = fhir::pack_from(fhir::questionnaire(form));
    ASSERT_TRUE(back) << name;
    expect_equal(form, read(*back));
    ++packs;
  }
  EXPECT_GE(packs, 3);
}

TEST(Fhir, EveryTypeComesBackEqual) {
  const auto form = read(kEverything);
  const auto back = fhir::pack_from(fhir::questionnaire(form));
  ASSERT_TRUE(back);
  expect_equal(form, read(*back));
}

TEST(Fhir, ConditionsAreEnableWhenWhereTheyCanBe) {
  const auto form = read(kEverything);
  const auto of = [&](const char* key) { return fhir::conditions_of(form, form.find(key)->relevance); };
  ASSERT_TRUE(of("banyak"));
  EXPECT_TRUE(of("banyak")->all);
  EXPECT_EQ(of("banyak")->list.size(), 2U);
  ASSERT_TRUE(of("nilai"));
  EXPECT_FALSE(of("nilai")->all);
  EXPECT_TRUE(of("hari"));
  EXPECT_TRUE(of("jam"));
  EXPECT_FALSE(of("lama")) << "a scale is compared by more and less in an expression only";
  EXPECT_EQ(fhir::path_of(form, form.find("lama")->relevance),
            "((%resource.repeat(item).where(linkId='nilai').answer.value.ordinal() >= 5) or "
            "(iif(%resource.repeat(item).where(linkId='ada').answer.value, 'ya', 'tidak') = 'ya').not())");
}

TEST(Fhir, AQuestionnaireOfSomebodyElseBecomesAPack) {
  const auto pack = fhir::pack_from(parsed(R"({"resourceType": "Questionnaire", "id": "PHQ-2", "status": "active", "title": "Screening",
    "item": [{"linkId": "1", "type": "group", "text": "Mood", "item": [
      {"linkId": "1.1", "type": "choice", "text": "Little interest", "required": true, "answerOption": [
        {"valueCoding": {"code": "LA6568-5", "display": "Not at all"}}, {"valueCoding": {"code": "LA6569-3", "display": "Several days"}}]},
      {"linkId": "1.2", "type": "text", "text": "Which?", "enableWhen": [{"question": "1.1", "operator": "=", "answerCoding": {"code": "LA6569-3"}}]},
      {"linkId": "1.3", "type": "decimal", "text": "Weight", "enableWhen": [{"question": "1.2", "operator": "exists", "answerBoolean": true}]}]},
      {"linkId": "2", "type": "boolean", "text": "Again?"}]})"));
  ASSERT_TRUE(pack);
  const auto form = read(*pack);
  EXPECT_EQ(form.key, "phq_2");
  ASSERT_EQ(form.items.size(), 4U);
  EXPECT_EQ(form.items[0].options[1].key, "la6569_3");
  EXPECT_EQ(form.items[1].relevance.source, "${q_1_1} = 'la6569_3'");
  EXPECT_EQ(form.items[3].kind, ItemKind::YesNo);
  EXPECT_EQ(form.sections.size(), 2U);
}

TEST(Fhir, WhatHasNoCounterpartIsNamedByItsLinkId) {
  const auto bad = fhir::pack_from(parsed(R"({"resourceType": "Questionnaire", "status": "active", "item": [
    {"linkId": "a", "type": "quantity", "text": "?"}, {"linkId": "b", "type": "string", "text": "?",
     "enableWhen": [{"question": "zzz", "operator": "=", "answerString": "x"}]}]})"));
  ASSERT_FALSE(bad);
  ASSERT_EQ(bad.error().size(), 2U);
  EXPECT_EQ(bad.error()[0].field, "item a");
  EXPECT_EQ(bad.error()[1].message, Msg::FhirQuestionUnknown);
  EXPECT_FALSE(fhir::pack_from(parsed(R"({"resourceType": "Patient"})")));
  EXPECT_FALSE(fhir::pack_from(parsed("[]")));
}

TEST(Fhir, AResponseKeepsEveryAnswerAndEveryKindOfEmpty) {
  const auto form = read(kEverything);
  const auto at = Instant{1'790'000'000'000'000};
  const Answers answers{Code{1},           Code{9},    Codes{1, 2},    Code{5}, *parse_decimal("12.5"),    Empty::NotObserved,
                        Decimal::whole(8), Day{20718}, TimeOfDay{495}, at,      std::string("kata \"x\""), Photo{std::string(64, 'a')}};
  const auto find = [&](std::string_view key, int) { return key == form.key ? &form : nullptr; };
  const auto response =
      fhir::response(form, answers, {"018f2f6a-0000-7000-8000-000000000001", "melati", "farmasi", iso(at, Zone::Wib), iso(at, Zone::Wib)});
  const auto record = fhir::record_from(response, find);
  ASSERT_TRUE(record);
  EXPECT_EQ(json::print(*record->find("answers")),
            R"({"ada":true,"warna":"tak","banyak":["a","b"],"nilai":"baik","lama":12.5,"bulat":{"not":"observed"},"hari":"2026-09-22",)"
            R"("jam":"08:15","saat":"2026-09-21T21:13:20+07:00","kata":"kata \"x\"","foto":")" +
                std::string(64, 'a') + "\"}");
  EXPECT_EQ(record->find("facility")->string(), "melati");
  EXPECT_EQ(record->find("unit")->string(), "farmasi");
  EXPECT_FALSE(fhir::record_from(response, [](std::string_view, int) -> const Instrument* { return nullptr; }));
}

}  // namespace pilar::fhir_test
