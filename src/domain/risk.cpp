#include "domain/risk.h"

#include <array>

#include "base/result.h"

namespace pilar {
namespace {

constexpr int kGrades = 5;

constexpr auto kB = RiskBand::Biru, kH = RiskBand::Hijau, kK = RiskBand::Kuning, kM = RiskBand::Merah;
/// Rows probability 1 to 5, columns impact 1 to 5.
constexpr std::array<std::array<RiskBand, kGrades>, kGrades> kMatrix{{
    {kB, kB, kH, kK, kM},
    {kB, kB, kH, kK, kM},
    {kB, kH, kK, kM, kM},
    {kH, kH, kK, kM, kM},
    {kH, kH, kK, kM, kM},
}};

constexpr int kLowDays = 7, kModerateDays = 14, kRcaDays = 45;

}  // namespace

RiskBand risk_band(int probability, int impact) {
  require(probability >= 1 && probability <= kGrades && impact >= 1 && impact <= kGrades, "probability and impact are 1 to 5");
  return kMatrix[static_cast<std::size_t>(probability - 1)][static_cast<std::size_t>(impact - 1)];
}

RiskVerdict grade_risk(int probability, int impact, std::optional<IncidentType> type) {
  RiskVerdict verdict{probability * impact, risk_band(probability, impact)};
  const bool serious = verdict.band >= RiskBand::Kuning && type != IncidentType::Kpc;
  if (serious || type == IncidentType::Sentinel) {
    verdict.investigation = Investigation::Rca;
    verdict.investigation_days = kRcaDays;
  } else {
    verdict.investigation_days = verdict.band == RiskBand::Biru ? kLowDays : kModerateDays;
  }
  return verdict;
}

std::string_view name(RiskBand band) {
  constexpr std::array<std::string_view, 4> kNames{"biru", "hijau", "kuning", "merah"};
  return kNames[static_cast<std::size_t>(band)];
}

std::string_view level(RiskBand band) {
  constexpr std::array<std::string_view, 4> kLevels{"rendah", "moderat", "tinggi", "ekstrim"};
  return kLevels[static_cast<std::size_t>(band)];
}

std::string_view action(RiskBand band) {
  constexpr std::array<std::string_view, 4> kActions{"managed_by_procedure", "manager_weighs_cost_and_consequence",
                                                     "senior_management_review", "immediate_review_director_informed"};
  return kActions[static_cast<std::size_t>(band)];
}

std::string_view name(Investigation investigation) { return investigation == Investigation::Rca ? "rca" : "sederhana"; }

std::optional<IncidentType> parse_incident_type(std::string_view text) {
  constexpr std::array<std::string_view, 5> kNames{"kpc", "knc", "ktc", "ktd", "sentinel"};
  for (std::size_t i = 0; i < kNames.size(); ++i)
    if (kNames[i] == text) return static_cast<IncidentType>(i);
  return {};
}

}  // namespace pilar
