#include "domain/risk.h"

#include <gtest/gtest.h>

#include "support/calc_call.h"

namespace pilar::risk_test {

using namespace pilar::calc_call;

// The published matrix, read row by row from probability 5 down to 1.
TEST(Risk, TheMatrixAsPrinted) {
  const std::string_view printed[] = {"hijau hijau kuning merah merah", "hijau hijau kuning merah merah", "biru hijau kuning merah merah",
                                      "biru biru hijau kuning merah", "biru biru hijau kuning merah"};
  for (int probability = 1; probability <= 5; ++probability) {
    std::string row;
    for (int impact = 1; impact <= 5; ++impact) (row += impact > 1 ? " " : "") += name(risk_band(probability, impact));
    EXPECT_EQ(row, printed[5 - probability]);
  }
  EXPECT_THROW((void)risk_band(0, 3), Bug);
  EXPECT_THROW((void)risk_band(3, 6), Bug);
}

TEST(Risk, WhoInvestigatesAndHowLong) {
  const auto verdict = [](int probability, int impact, std::optional<IncidentType> type) {
    const auto graded = grade_risk(probability, impact, type);
    return std::string(name(graded.investigation)) + " " + std::to_string(graded.investigation_days);
  };
  EXPECT_EQ(verdict(1, 1, {}), "sederhana 7");
  EXPECT_EQ(verdict(3, 2, IncidentType::Knc), "sederhana 14");
  EXPECT_EQ(verdict(4, 3, IncidentType::Ktd), "rca 45");
  EXPECT_EQ(verdict(1, 5, {}), "rca 45");
  EXPECT_EQ(verdict(1, 1, IncidentType::Sentinel), "rca 45");
  EXPECT_EQ(verdict(5, 5, IncidentType::Kpc), "sederhana 14");
  EXPECT_EQ(verdict(1, 1, IncidentType::Kpc), "sederhana 7");
}

TEST(RiskCall, Deadlines) {
  const auto body = result("risk_grade", R"({"probability":3,"impact":5,"incident_type":"ktd","event_at":"2026-12-30T08:15:00+08:00"})");
  EXPECT_EQ(shown(body, "score") + shown(body, "band") + shown(body, "level"), R"(15"merah""ekstrim")");
  EXPECT_EQ(shown(body, "report_due"), R"("2027-01-01T08:15:00+08:00")");
  EXPECT_EQ(shown(body, "investigation_due"), R"("2027-02-13T08:15:00+08:00")");
  EXPECT_EQ(shown(result("risk_grade", R"({"probability":1,"impact":1,"event_at":"2028-02-28"})"), "report_due"), R"("2028-03-01")");
  EXPECT_EQ(shown(result("risk_grade", R"({"probability":1,"impact":1,"event_at":"2026-01-01T10:00"})"), "investigation_due"),
            R"("2026-01-08T10:00")");
  EXPECT_EQ(shown(result("risk_grade", R"({"probability":1,"impact":1})"), "report_due"), "null");
}

TEST(RiskCall, Refusals) {
  expect_refused("risk_grade", R"({"probability":0,"impact":1})", "range", "probability");
  expect_refused("risk_grade", R"({"probability":1,"impact":6})", "range", "impact");
  expect_refused("risk_grade", R"({"probability":1.5,"impact":1})", "type", "probability");
  expect_refused("risk_grade", R"({"probability":1,"impact":1,"incident_type":"ktdx"})", "range", "incident_type");
  expect_refused("risk_grade", R"({"probability":1})", "field_missing", "impact");
  for (const auto* at : {"", "2026-02-30", "2026-01-01T25:00:00Z", "kemarin", "2026-01-01x"})
    expect_refused("risk_grade", R"({"probability":1,"impact":1,"event_at":")" + std::string(at) + "\"}", "range", "event_at");
}

}  // namespace pilar::risk_test
