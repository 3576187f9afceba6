#include <gtest/gtest.h>

#include "domain/indicator.h"
#include "i18n/messages.h"
#include "interchange/kamus.h"

namespace pilar::kamus_test {
constexpr std::string_view kKamus = R"(kamus: uji
tag_sets:
  - key: dimensi
    title: {id: Dimensi, en: Dimensions}
    source: uji
    tags:
      - {key: aman, label: {id: Aman, en: Safe}, like: mutu/aman}
indicators:
  - key: hasil-darah
    version: 2
    valid_from: 2026-01-01
    title: {id: Hasil darah, en: Blood results}
    source: "uji: tabel 1"
    aim: {id: "Supaya cepat", en: "To be quick"}
    definition: {id: Definisi, en: Definition}
    type: proses
    stage: output
    area: ukp
    level: unit
    safety_goal: 2
    tags: [dimensi/aman]
    facility_types: [puskesmas, rs]
    formula: laboratorium/lama_darah
    numerator: {id: Cepat, en: Quick}
    target: 97.5
    responsible: {id: Kepala lab, en: Head of laboratory}
    collect_months: 3
    efforts:
      - what: {id: Pantau tiap minggu, en: Watch every week}
        who: {id: Analis, en: Analyst}
)";

Problems faults(std::string_view text) {
  const auto read = read_kamus(text, "uji.yaml");
  return read ? Problems{} : read.error();
}

std::string changed(std::string from, std::string to) {
  std::string text(kKamus);
  const auto at = text.find(from);
  return at == std::string::npos ? "" : text.replace(at, from.size(), to);
}

TEST(Kamus, ReadsEveryFieldOfAProfile) {
  const auto read = read_kamus(kKamus, "uji.yaml");
  ASSERT_TRUE(read) << say(Lang::En, read.error().front()) << " " << read.error().front().field;
  ASSERT_EQ(read->indicators.size(), 1U);
  const auto& one = read->indicators.front();
  EXPECT_EQ(one.key, "hasil-darah");
  EXPECT_EQ(one.version, 2);
  EXPECT_EQ(iso(*one.valid_from), "2026-01-01");
  EXPECT_EQ(one.stage, IndicatorStage::Output);
  EXPECT_EQ(one.level, IndicatorLevel::Unit);
  EXPECT_EQ(one.instrument(), "laboratorium");
  EXPECT_EQ(one.measure(), "lama_darah");
  EXPECT_EQ(text(*one.target), "97.5");
  EXPECT_EQ(one.rhythm.collect, 3);
  EXPECT_TRUE(is_for(one, "rs"));
  EXPECT_FALSE(is_for(one, "klinik_pratama"));
  ASSERT_EQ(read->tag_sets.size(), 1U);
  EXPECT_NE(find_tag(read->tag_sets, "dimensi/aman"), nullptr);
  EXPECT_EQ(find_tag(read->tag_sets, "dimensi/lain"), nullptr);
  EXPECT_TRUE(check_indicator(one, nullptr).empty());
}

TEST(Kamus, AWrittenProfileReadsBackAsItWas) {
  const auto read = read_kamus(kKamus, "uji.yaml");
  ASSERT_TRUE(read);
  const auto& one = read->indicators.front();
  for (const auto& content : {one.content, write_indicator(one)}) {
    const auto again = read_indicator(content, "lagi");
    ASSERT_TRUE(again) << content;
    EXPECT_EQ(write_indicator(*again), write_indicator(one));
    EXPECT_EQ(again->efforts, one.efforts);
    EXPECT_EQ(again->title, one.title);
    EXPECT_EQ(again->source, one.source);
  }
}

TEST(Kamus, FaultsSayWhereTheyStand) {
  const auto first = [](const Problems& all) { return all.empty() ? std::string("none") : all.front().field; };
  EXPECT_EQ(first(faults(changed("type: proses", "type: prosess"))), "uji.yaml:16:11");
  EXPECT_EQ(first(faults(changed("formula: laboratorium/lama_darah", "formula: laboratorium"))), "uji.yaml:23:14");
  EXPECT_EQ(first(faults(changed("target: 97.5", "target: -1"))), "uji.yaml:25:13");
  EXPECT_EQ(first(faults(changed("facility_types: [puskesmas, rs]", "facility_types: [pukesmas]"))), "uji.yaml:22:22");
  EXPECT_EQ(first(faults(changed("who: {id: Analis, en: Analyst}", "siapa: {id: Analis, en: Analyst}"))), "uji.yaml:29:9");
  EXPECT_EQ(first(faults("")), "uji.yaml:1:1");
  EXPECT_EQ(first(faults("kamus: uji\nindicators:\n  - {key: a}\n  - {key: a}\n")), "uji.yaml:3:5");
}

TEST(Kamus, WhatIsPublishedIsWholeAndFollowsItsPredecessor) {
  const auto read = read_kamus(kKamus, "uji.yaml");
  ASSERT_TRUE(read);
  auto next = read->indicators.front();
  const auto& before = read->indicators.front();
  const auto fields = [](const Problems& problems) {
    std::string out;
    for (const auto& problem : problems) out += problem.field + " ";
    return out;
  };
  EXPECT_EQ(fields(check_indicator(next, &before)), "version valid_from ");
  next.version = 3;
  next.valid_from = make_day(2025, 12, 31);
  EXPECT_EQ(fields(check_indicator(next, &before)), "valid_from ");
  next.valid_from = make_day(2026, 7, 1);
  EXPECT_TRUE(check_indicator(next, &before).empty());
  next.efforts.clear();
  next.aim = {};
  EXPECT_EQ(fields(check_indicator(next, &before)), "aim efforts ");
}

}  // namespace pilar::kamus_test
