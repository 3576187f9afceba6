#include "app/demo_own_indicators.h"

#include <array>

#include "app/demo_answers.h"
#include "app/demo_places.h"
#include "app/fill.h"
#include "app/indicator.h"
#include "domain/record.h"
#include "interchange/dhis2.h"
#include "store/indicator_store.h"

namespace pilar::app::demo {
namespace {

constexpr int kFewestHanded = 6, kMostHanded = 14, kExplainedBefore = 78, kExplainedAfter = 93, kReminderMonth = 2;
constexpr std::int64_t kCountedAt = 14LL * 60;

/// Made up, as they say themselves.
std::vector<IndicatorCode> made_up_codes(const std::string& name) {
  return {{.system = std::string(dhis2::kSystem),
           .numerator = "CONTOH_" + name + "_N",
           .denominator = "CONTOH_" + name + "_D",
           .set = "CONTOH_MUTU_BULANAN"}};
}

Indicator own_profile(std::string_view key, const char* title, const char* english) {
  Indicator out;
  out.key = key;
  out.title = {title, english};
  out.source = "Rapat Tim Mutu (contoh)";
  out.type = IndicatorType::Process;
  out.area = ServiceArea::Ukp;
  return out;
}

Indicator count_profile() {
  auto out = own_profile(kOwnCount, "Obat diserahkan dengan penjelasan lengkap", "Medicine handed over with a complete explanation");
  out.aim = {"Pasien tahu cara minum obatnya.", "Patients know how to take their medicine."};
  out.definition = {"Penyerahan obat yang disertai penjelasan cara minum, waktu, dan efek samping, diamati satu jam setiap hari.",
                    "Handing over of medicine with an explanation of dose, time and side effects, observed for one hour each day."};
  out.numerator = {"Penyerahan dengan penjelasan lengkap", "Handed over with a complete explanation"};
  out.denominator = {"Semua penyerahan yang diamati", "All that were observed"};
  out.responsible = {"Penanggung jawab farmasi", "Lead of the pharmacy"};
  out.efforts = {{{"Kartu pengingat di loket obat", "A reminder at the counter"}, {"Penanggung jawab farmasi", "Lead of the pharmacy"}}};
  out.tally = true;
  out.codes = made_up_codes("OBAT");
  out.target = Decimal::whole(90);
  return out;
}

Indicator formula_profile() {
  auto out = own_profile(kOwnFormula, "Hasil urine selesai dalam 60 menit", "Urine results within 60 minutes");
  out.aim = {"Pasien tidak bolak-balik untuk hasil urine.", "Patients need not come twice for a urine result."};
  out.definition = {"Pemeriksaan urine yang hasilnya dilaporkan paling lama 60 menit setelah sampel diterima.",
                    "Urine tests whose result was reported within 60 minutes of the sample being received."};
  out.numerator = {"Pemeriksaan urine dalam 60 menit", "Urine tests within 60 minutes"};
  out.denominator = {"Semua pemeriksaan urine", "All urine tests"};
  out.responsible = {"Penanggung jawab laboratorium", "Lead of the laboratory"};
  out.efforts = {{{"Sampel urine dikerjakan setiap jam", "Urine samples are examined every hour"}, {"Analis", "Analyst"}}};
  Formula formula;
  formula.over = "laboratorium";
  formula.numerator = "${lama} <= 60";
  formula.include = "${jenis} = 'urine'";
  out.records = formula;
  out.codes = made_up_codes("URINE");
  out.target = Decimal::whole(80);
  return out;
}

Indicator office_profile() {
  auto out = own_profile(kOfficeIndicator, "Cuci tangan dengan enam langkah lengkap", "Hands cleaned in all six steps");
  out.source = "Rapat mutu kabupaten (contoh)";
  out.aim = {"Tangan yang dibersihkan memang bersih.", "Hands that are cleaned are clean."};
  out.definition = {"Kebersihan tangan yang langkah dan lamanya benar, di antara yang dilakukan dan teramati.",
                    "Hand hygiene whose steps and time were right, of all that was done and observed."};
  out.numerator = {"Enam langkah dan lamanya benar", "Six steps and their time were right"};
  out.denominator = {"Semua kebersihan tangan yang dilakukan dan teramati", "All hand hygiene that was done and observed"};
  out.responsible = {"Tim PPI", "Infection control team"};
  out.efforts = {
      {{"Latihan lima menit pada apel pagi", "Five minutes of practice at the morning meeting"}, {"Tim PPI", "Infection control team"}}};
  out.formula = "kebersihan-tangan/langkah";
  out.codes = made_up_codes("CUCI_TANGAN");
  return out;
}

/// What the review says of a point: 0 not there, 1 there, 2 there with this proof.
struct PointSaid {
  std::string_view item;
  int state;
  std::string_view proof{};
};
constexpr std::array kPointsSaid{PointSaid{"komitmen", 2, "Berita acara penggalangan komitmen (contoh)"},
                                 PointSaid{"kebijakan", 2, "SK kebijakan mutu (contoh)"},
                                 PointSaid{"tim", 2, "SK tim mutu (contoh)"},
                                 PointSaid{"pedoman", 1},
                                 PointSaid{"program", 1},
                                 PointSaid{"sumber_daya", 1},
                                 PointSaid{"pertemuan", 2, "Notulen rapat bulanan tim mutu (contoh)"},
                                 PointSaid{"masalah", 1},
                                 PointSaid{"alternatif", 1},
                                 PointSaid{"rencana", 1},
                                 PointSaid{"pelaksanaan", 1},
                                 PointSaid{"akses", 1},
                                 PointSaid{"upaya", 1},
                                 PointSaid{"mutu", 1},
                                 PointSaid{"efisien", 0},
                                 PointSaid{"keterkaitan", 0},
                                 PointSaid{"kesesuaian", 1},
                                 PointSaid{"internal", 0},
                                 PointSaid{"eksternal", 1}};

}  // namespace

std::vector<NewRecord> quality_review_of(const Chapter& chapter, const Reference& reference) {
  if (chapter.months_ago != kReviewedMonth || chapter.character.code != characters().front().code) return {};
  Dice dice(static_cast<std::uint64_t>(month_of(chapter.days.from).value) * 37U + 11U);
  const auto* version = reference.latest("donabedian");
  const auto at = std::min(moment_of({chapter.days.to.value - 3}, kCountedAt), chapter.now);
  RawAnswers raw;
  for (const auto& said : kPointsSaid) {
    raw[std::string(said.item)].values = {std::to_string(said.state)};
    if (!said.proof.empty()) raw["bukti_" + std::string(said.item)].values = {std::string(said.proof)};
  }
  const auto answers = check_answers(version->form, raw, {chapter.days.to.value - 3}, /*forgiving=*/false);
  require(answers.has_value(), "a review of the demonstration can be entered");
  return {{draw_id(at, dice), chapter.facility, UnitKey{}, version->version, at, Channel::Demo, *answers}};
}

void add_office_indicator(Context& context, FacilityKey office, FacilityKey facility) {
  const Scope scope(Role::Administrator, office, "demo");
  const auto saved = save_indicator(context, scope, {.owner = office, .profile = office_profile(), .publish = true});
  require(saved.has_value(), "an indicator of an office of the demonstration can be published");
  const Month first{month_of(civil_day(context.clock.now(), Zone::Wib)).value - kMonths + 1};
  context.db.shared([&](store::Tx& tx) { store::put_use(tx, facility, {saved->id, first_day(first), {}, ""}); });
}

void add_own_indicators(Context& context, FacilityKey facility) {
  const Scope scope(Role::Administrator, facility, "demo");
  for (const auto& profile : {count_profile(), formula_profile()}) {
    const auto saved = save_indicator(context, scope, {.owner = facility, .profile = profile, .publish = true});
    require(saved.has_value(), "an indicator of the demonstration can be published");
    const Month first{month_of(civil_day(context.clock.now(), Zone::Wib)).value - kCountMonths + 1};
    context.db.shared([&](store::Tx& tx) { store::put_use(tx, facility, {saved->id, first_day(first), {}, ""}); });
  }
  while (fill_step(context)) continue;
}

std::vector<NewRecord> daily_counts_of(const Chapter& chapter, const Reference& reference) {
  if (chapter.months_ago >= kCountMonths || chapter.character.code != characters().front().code) return {};
  Dice dice(static_cast<std::uint64_t>(month_of(chapter.days.from).value) * 31U + 7U);
  const auto* version = reference.latest(kDailyCount);
  const Calendar calendar(chapter);
  const int explained = chapter.months_ago < kReminderMonth ? kExplainedAfter : kExplainedBefore;
  std::vector<NewRecord> records;
  for (Day day = chapter.days.from; day < chapter.days.to; ++day.value) {
    const auto at = std::min(moment_of(day, kCountedAt), chapter.now);
    const auto handed = dice.between(kFewestHanded, kMostHanded);
    std::int64_t with = 0;
    for (std::int64_t i = 0; i < handed; ++i) with += dice.chance(explained) ? 1 : 0;
    if (calendar.is_sunday(day)) continue;
    RawAnswers raw;
    raw[std::string(kCountIndicator)].values = {std::string(kOwnCount)};
    raw[std::string(kCountNumerator)].values = {std::to_string(with)};
    raw[std::string(kCountDenominator)].values = {std::to_string(handed)};
    const auto answers = check_answers(version->form, raw, day, /*forgiving=*/false);
    require(answers.has_value(), "a count of the demonstration can be entered");
    records.push_back({draw_id(at, dice), chapter.facility, UnitKey{}, version->version, at, Channel::Demo, *answers});
  }
  return records;
}

}  // namespace pilar::app::demo
