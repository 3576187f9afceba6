// A month's indicators as DHIS2 and FHIR write them, and the codes in content that say what they are called there.
#include <gtest/gtest.h>

#include "i18n/words/exchange.h"
#include "i18n/words/pack.h"
#include "interchange/dhis2.h"
#include "interchange/fhir_measure.h"
#include "interchange/kamus.h"

namespace pilar::exchange_test {
constexpr std::string_view kCoded = R"(kamus: uji
indicators:
  - key: hasil-darah
    version: 2
    valid_from: 2026-01-01
    title: {id: Hasil darah, en: Blood results}
    source: uji
    aim: {id: Cepat, en: Quick}
    definition: {id: Definisi, en: Definition}
    type: hasil
    area: ukp
    formula: laboratorium/lama_darah
    numerator: {id: Tepat waktu, en: In time}
    denominator: {id: Semua, en: All}
    target: 95
    responsible: {id: Kepala lab, en: Head of laboratory}
    efforts:
      - {what: {id: Pantau, en: Watch}, who: {id: Analis, en: Analyst}}
    codes:
      - {system: dhis2, numerator: LAB_N, denominator: LAB_D, option: HllvX50cXC0, set: INM}
      - {system: lain, value: X.1}
)";

Indicator coded() {
  const auto kamus = read_kamus(kCoded, "uji.yaml");
  EXPECT_TRUE(kamus) << (kamus ? "" : kamus.error().front().field);
  return kamus ? kamus->indicators.front() : Indicator{};
}

const IndicatorCode kPlain{.system = "dhis2", .numerator = "N", .denominator = "D", .value = "V"};

std::string written(std::span<const dhis2::OrgUnit> units) {
  return json::print(dhis2::data_value_set(parse_month("2026-10").value(), units, "tak ada kasus"));
}

IndicatorValue share(std::int64_t numerator, std::int64_t denominator) {
  return {numerator, denominator, 100.0 * static_cast<double>(numerator) / static_cast<double>(denominator), true, denominator};
}

/// What a Measure is made from: an indicator on a form with one share.
struct Source {
  Indicator profile = coded();
  Instrument form{};
  Measure measure{};

  Source() {
    form.key = "laboratorium";
    form.version = 3;
    measure.kind = MeasureKind::Share;
  }
  fhir::MeasureSource get() const { return {&profile, &form, &measure, true, make_day(2027, 1, 1), "Dinas Contoh"}; }
};

const json::Value& at(const json::Value& value, std::string_view path) {
  const auto* found = &value;
  while (!path.empty()) {
    const auto dot = path.find('.');
    const auto part = path.substr(0, dot);
    path = dot == std::string_view::npos ? std::string_view() : path.substr(dot + 1);
    found = found->is_array() ? &found->array().at(static_cast<std::size_t>(part.front() - '0')) : found->find(part);
    if (found == nullptr) {
      ADD_FAILURE() << "nothing at " << part;
      return value;
    }
  }
  return *found;
}

TEST(Exchange, CodesAreContentAndComeBackAsTheyWere) {
  const auto profile = coded();
  ASSERT_EQ(profile.codes.size(), 2U);
  ASSERT_NE(profile.code_in("dhis2"), nullptr);
  EXPECT_EQ(profile.code_in("dhis2")->numerator, "LAB_N");
  EXPECT_EQ(profile.code_in("dhis2")->option, "HllvX50cXC0");
  EXPECT_EQ(profile.code_in("tidak-ada"), nullptr);
  const auto again = read_indicator(write_indicator(profile), "lagi.yaml");
  ASSERT_TRUE(again);
  EXPECT_EQ(again->codes, profile.codes);
}

TEST(Exchange, WhatIsNoCodeIsRefusedWhereItStands) {
  const auto refused = [](std::string_view from, std::string_view to) {
    std::string text(kCoded);
    text.replace(text.find(from), from.size(), to);
    const auto kamus = read_kamus(text, "uji.yaml");
    return kamus ? Problem{} : kamus.error().front();
  };
  EXPECT_EQ(refused("LAB_N", "\"LAB N\"").message, Msg::IndicatorBadCode);
  EXPECT_TRUE(refused("LAB_N", "\"LAB N\"").field.starts_with("uji.yaml:20:"));
  EXPECT_EQ(refused("system: lain", "system: dhis2").message, Msg::PackNameTwice);
  EXPECT_FALSE(refused("option:", "opsi:").field.empty()) << "an unknown member";
}

TEST(Exchange, NumeratorAndDenominatorAreElementsOfTheirOwn) {
  const auto profile = coded();
  const dhis2::OrgUnit unit{"OU1", make_day(2026, 11, 3), {{profile.code_in("dhis2"), true, share(9, 12)}}};
  EXPECT_EQ(written({&unit, 1}), R"({"dataSet":"INM","completeDate":"2026-11-03","period":"202610","orgUnit":"OU1","dataValues":[)"
                                 R"({"dataElement":"LAB_N","categoryOptionCombo":"HllvX50cXC0","value":"9"},)"
                                 R"({"dataElement":"LAB_D","categoryOptionCombo":"HllvX50cXC0","value":"12"}]})");
}

TEST(Exchange, MissingIsNotZero) {
  const dhis2::OrgUnit unit{"OU1",
                            {},
                            {{&kPlain, true, {{}, {}, {}, true, 0}},    // no cases
                             {&kPlain, true, {}},                       // not collected
                             {&kPlain, true, share(0, 4)},              // zero
                             {&kPlain, false, {{}, {}, 4.25, true, {}}}}};
  EXPECT_EQ(written({&unit, 1}), R"({"period":"202610","orgUnit":"OU1","dataValues":[{"dataElement":"N","value":"0"},)"
                                 R"({"dataElement":"D","value":"0","comment":"tak ada kasus"},)"
                                 R"({"dataElement":"N","value":"0"},{"dataElement":"D","value":"4"},{"dataElement":"V","value":"0"},)"
                                 R"({"dataElement":"V","value":"4.25"}]})");
  EXPECT_EQ(name(IndicatorValue{}.state()), "not_collected");
  EXPECT_EQ(name(share(0, 4).state()), "zero");
}

// Staff may be there where none is needed; a mean of nothing is no number; a percentage alone cannot say 0 of 0.
TEST(Exchange, WithoutCasesNothingIsMadeUp) {
  const IndicatorCode percentage{.system = "dhis2", .value = "V"};
  const dhis2::OrgUnit unit{
      "OU1",
      {},
      {{&kPlain, true, {{}, {}, {}, true, 0}, true}, {&kPlain, false, {{}, {}, {}, true, 0}}, {&percentage, true, {{}, {}, {}, true, 0}}}};
  EXPECT_EQ(written({&unit, 1}),
            R"({"period":"202610","orgUnit":"OU1","dataValues":[{"dataElement":"D","value":"0","comment":"tak ada kasus"},)"
            R"({"dataElement":"V","comment":"tak ada kasus"},{"dataElement":"V","comment":"tak ada kasus"}]})");
}

TEST(Exchange, OfSeveralFacilitiesEachValueSaysWhose) {
  const IndicatorCode other{.system = "dhis2", .value = "W", .set = "SET"};
  const std::vector<dhis2::OrgUnit> units{{"OU1", make_day(2026, 11, 3), {{&other, false, {{}, {}, 3.0, true, {}}}}},
                                          {"OU2", {}, {{&other, false, {{}, {}, 5.0, true, {}}}}}};
  EXPECT_EQ(written(units), R"({"dataSet":"SET","dataValues":[{"dataElement":"W","period":"202610","orgUnit":"OU1","value":"3"},)"
                            R"({"dataElement":"W","period":"202610","orgUnit":"OU2","value":"5"}]})");
}

TEST(Exchange, AMeasureSaysWhatItsProfileSays) {
  const Source source;
  const auto measure = fhir::measure(source.get());
  EXPECT_EQ(at(measure, "url").string(), "urn:pilar:indicator:hasil-darah");
  EXPECT_EQ(at(measure, "version").string(), "2");
  EXPECT_EQ(at(measure, "name").string(), "Hasil_darah");
  EXPECT_EQ(at(measure, "title").string(), "Hasil darah");
  EXPECT_EQ(at(measure, "purpose").string(), "Cepat");
  EXPECT_EQ(at(measure, "publisher").string(), "Dinas Contoh");
  EXPECT_EQ(at(measure, "effectivePeriod.start").string(), "2026-01-01");
  EXPECT_EQ(at(measure, "effectivePeriod.end").string(), "2026-12-31");
  EXPECT_EQ(at(measure, "scoring.coding.0.code").string(), "proportion");
  EXPECT_EQ(at(measure, "type.0.coding.0.code").string(), "outcome");
  EXPECT_EQ(at(measure, "improvementNotation.coding.0.code").string(), "increase");
  EXPECT_EQ(at(measure, "group.0.population").array().size(), 2U);
  EXPECT_EQ(at(measure, "group.0.population.1.description").string(), "Semua");
  EXPECT_EQ(at(measure, "group.0.population.0.criteria.reference").string(), "urn:pilar:instrument:laboratorium|3");
}

TEST(Exchange, ScoringFollowsTheMeasure) {
  Source source;
  const auto scoring = [&] { return at(fhir::measure(source.get()), "scoring.coding.0.code").string(); };
  source.measure.kind = MeasureKind::Ratio;
  EXPECT_EQ(scoring(), "ratio");
  source.measure.kind = MeasureKind::Duration;
  EXPECT_EQ(scoring(), "continuous-variable");
  EXPECT_EQ(at(fhir::measure(source.get()), "improvementNotation.coding.0.code").string(), "decrease") << "a shorter time is better";
  source.measure.within = Decimal::whole(120);
  EXPECT_EQ(scoring(), "proportion");
}

TEST(Exchange, AReportCountsAndScores) {
  const Source source;
  const fhir::MonthSubject subject{
      "1.2.2026-10", "melati", "Puskesmas Melati", "kab", "Dinas", parse_month("2026-10").value(), true, "2026-11-03T08:00:00+07:00"};
  const auto report = fhir::measure_report(source.get(), subject, share(9, 12));
  EXPECT_EQ(at(report, "measure").string(), "urn:pilar:indicator:hasil-darah|2");
  EXPECT_EQ(at(report, "status").string(), "complete");
  EXPECT_EQ(at(report, "period.end").string(), "2026-10-31");
  EXPECT_EQ(at(report, "subject.identifier.value").string(), "melati");
  EXPECT_EQ(at(report, "reporter.identifier.value").string(), "kab");
  EXPECT_EQ(at(report, "group.0.population.0.count").to_int(), 9);
  EXPECT_EQ(at(report, "group.0.population.1.count").to_int(), 12);
  EXPECT_EQ(at(report, "group.0.measureScore.value").to_double(), 75.0);
  EXPECT_EQ(at(report, "group.0.measureScore.code").string(), "%");
}

TEST(Exchange, AReportWithoutCasesHasNoScore) {
  Source source;
  const fhir::MonthSubject subject{"1.2.2026-10", "melati",    "Melati", "melati", "Melati", parse_month("2026-10").value(),
                                   false,         "2026-10-03"};
  const IndicatorValue none{{}, {}, {}, true, 0};
  const auto report = fhir::measure_report(source.get(), subject, none);
  EXPECT_EQ(at(report, "status").string(), "pending") << "the month is not over";
  EXPECT_EQ(at(report, "group.0.population.1.count").to_int(), 0);
  EXPECT_EQ(at(report, "group.0").find("measureScore"), nullptr);
  source.measure.kind = MeasureKind::Sum;
  const IndicatorValue sent{{}, {}, 12.0, true, {}};
  const auto old = fhir::measure_report(source.get(), subject, sent);
  EXPECT_EQ(at(old, "group.0.population.0").find("count"), nullptr) << "nobody knows any more how many there were";
  EXPECT_EQ(at(old, "group.0.population.0._count.extension.0.valueCode").string(), "unknown");
  EXPECT_THROW(fhir::measure_report(source.get(), subject, {}), Bug) << "what was not collected is not reported";
}

TEST(Exchange, ABundleTellsWhatWasAskedForFromWhatIsNamed) {
  const Source source;
  const fhir::MonthSubject subject{"1.2.2026-10", "melati",    "Melati", "melati", "Melati", parse_month("2026-10").value(),
                                   true,          "2026-11-03"};
  const auto bundle = fhir::search_bundle({fhir::measure_report(source.get(), subject, share(1, 2))}, {fhir::measure(source.get())});
  EXPECT_EQ(at(bundle, "total").to_int(), 1);
  EXPECT_EQ(at(bundle, "entry.0.search.mode").string(), "match");
  EXPECT_EQ(at(bundle, "entry.0.fullUrl").string(), "urn:pilar:measure-report:1.2.2026-10");
  EXPECT_EQ(at(bundle, "entry.1.search.mode").string(), "include");
  EXPECT_EQ(fhir::search_bundle({}, {}).find("entry"), nullptr) << "FHIR knows no empty lists";
}

}  // namespace pilar::exchange_test
