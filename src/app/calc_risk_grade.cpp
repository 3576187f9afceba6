#include "app/calc_method.h"
#include "base/time.h"
#include "domain/risk.h"
#include "i18n/words/calc.h"

namespace pilar::calc {
namespace {

constexpr std::string_view kRiskGradeSchema = R"json({
  "properties": {
    "probability": {
      "description": "1 less than once in 5 years, 2 every 2 to 5 years, 3 every 1 to 2 years, 4 several times a year, 5 weekly or monthly.",
      "type": "integer", "minimum": 1, "maximum": 5
    },
    "impact": {
      "description": "1 no injury, 2 minor (first aid), 3 moderate (reversible, longer stay), 4 major (irreversible), 5 death.",
      "type": "integer", "minimum": 1, "maximum": 5
    },
    "incident_type": {"description": "A sentinel event always gets an RCA, a KPC is never forced to one.", "enum": ["kpc", "knc", "ktc", "ktd", "sentinel"]},
    "event_at": {"description": "When it happened: a date, or a time as RFC 3339; without an offset it is local time.", "type": "string"}
  },
  "required": ["probability", "impact"],
  "x-output": {
    "score": "probability x impact, for information; the band comes from the matrix", "band": "biru, hijau, kuning or merah",
    "level": "the same in the words of the matrix: rendah, moderat, tinggi or ekstrim",
    "action": "managed_by_procedure, manager_weighs_cost_and_consequence, senior_management_review or immediate_review_director_informed",
    "investigation": "sederhana (by the head of the unit) or rca (by a team)", "investigation_days": "7, 14 or 45 calendar days from the event",
    "report_due": "48 hours after event_at, inclusive, in the form of event_at; null without event_at", "investigation_due": "last day, in the form of event_at; null without event_at"
  },
  "x-source": [
    "Risk grading matrix of KKP-RS/PERSI, Pedoman Pelaporan Insiden Keselamatan Pasien.",
    "Limits: report within 2 x 24 hours; simple investigation 1 week (biru) or 2 weeks (hijau, and a KPC above); RCA 45 days (kuning, merah, sentinel)."
  ],
  "examples": [{"probability": 3, "impact": 5, "incident_type": "sentinel", "event_at": "2026-11-21T08:15:00+07:00"}]
})json";

constexpr std::size_t kDayLength = 10;

bool is_moment(std::string_view text) {
  const std::string full(text);
  return full.size() == kDayLength || parse_instant(full) || parse_instant(full + "Z") || parse_instant(full + ":00Z");
}

/// The day that many days later at the same time of day, as it was written. Indonesian offsets never change.
std::string days_later(const std::string& at, int days) {
  const auto day = parse_day(at.substr(0, kDayLength)).value();
  return iso(Day{day.value + days}) + at.substr(kDayLength);
}

Outcome run_risk_grade(const Input& input) {
  const auto type = input.has("incident_type") ? parse_incident_type(input.word("incident_type")) : std::nullopt;
  const auto verdict = grade_risk(static_cast<int>(input.whole("probability")), static_cast<int>(input.whole("impact")), type);
  Output out;
  out.set("score", verdict.score);
  out.set("band", name(verdict.band));
  out.set("level", level(verdict.band));
  out.set("action", action(verdict.band));
  out.set("investigation", name(verdict.investigation));
  out.set("investigation_days", verdict.investigation_days);
  out.set("report_due", nullptr);
  out.set("investigation_due", nullptr);
  if (!input.has("event_at")) return out;
  const auto& at = input.word("event_at");
  if (!parse_day(at.substr(0, kDayLength)) || !is_moment(at)) return refuse(Code::Range, "event_at", Msg::CalcDayUnreadable, {"event_at"});
  constexpr int kHoursADay = 24;
  out.set("report_due", days_later(at, kReportHours / kHoursADay));
  out.set("investigation_due", days_later(at, verdict.investigation_days));
  return out;
}

}  // namespace

constinit const Method kRiskGrade{"risk_grade", Msg::CalcRiskGrade, kRiskGradeSchema, run_risk_grade};

}  // namespace pilar::calc
