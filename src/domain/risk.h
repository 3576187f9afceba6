#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

/// Grading of a patient safety incident: the band, who investigates and how long that may take.
/// Source: risk grading matrix of KKP-RS/PERSI (Pedoman Pelaporan Insiden Keselamatan Pasien) and the time limits of PMK 11/2017
/// practice: internal report within 2 x 24 hours; simple investigation 1 week (biru) or 2 weeks (hijau); RCA 45 days.
namespace pilar {

enum class RiskBand : std::uint8_t { Biru, Hijau, Kuning, Merah };                       ///< low, moderate, high, extreme
enum class IncidentType : std::uint8_t { Kpc, Knc, Ktc, Ktd, Sentinel };
enum class Investigation : std::uint8_t { Simple, Rca };

/// The band of the published matrix, which is not a function of the product: a rare death (1, 5) is Merah.
/// Both from 1 to 5. Worked example: (3, 5) -> Merah; (3, 2) -> Hijau.
RiskBand risk_band(int probability, int impact);

struct RiskVerdict {
  int score = 0;  ///< probability x impact; for information, it decides nothing
  RiskBand band = RiskBand::Biru;
  Investigation investigation = Investigation::Simple;
  int investigation_days = 0;  ///< calendar days from the event: 7, 14 or 45
};

/// Kuning and Merah ask for a root cause analysis, as does every sentinel event; a KPC is never forced to one and keeps the longest
/// limit of a simple investigation.
RiskVerdict grade_risk(int probability, int impact, std::optional<IncidentType> type);

/// An internal report is on time up to this many hours after the event, inclusive.
inline constexpr int kReportHours = 48;

std::string_view name(RiskBand band);                ///< "biru" to "merah"
std::string_view level(RiskBand band);               ///< "rendah" to "ekstrim", the words of the matrix
std::string_view action(RiskBand band);              ///< what the matrix asks for: "managed_by_procedure" ...
std::string_view name(Investigation investigation);  ///< "sederhana", "rca"
std::optional<IncidentType> parse_incident_type(std::string_view text);  ///< "kpc" to "sentinel"

}  // namespace pilar
