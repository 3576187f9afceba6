#include "app/demo_yearly.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "domain/series.h"
#include "store/yearly_store.h"

namespace pilar::app::demo {
namespace {

constexpr std::int64_t kMorningMinutes = 480, kAfternoonMinutes = 840;
constexpr int kApril = 4, kHundred = 100;

/// People of a sasaran for each hundred outpatient visits a month, and how many of a twelfth are served each month, in per cent.
struct Service {
  std::string_view key;
  int people = 0, pace = 100;
};
constexpr std::array kServices{Service{"ibu_hamil", 45, 97}, Service{"ibu_bersalin", 43, 99}, Service{"bayi_baru_lahir", 41, 98},
                               Service{"balita", 160, 84},   Service{"hipertensi", 260, 62},  Service{"diabetes", 45, 95}};

/// Yearly targets that were set at one moment.
struct Setting {
  Instant at{};
  YearlyKind kind = YearlyKind::Projected;
  std::string set_by{}, source{};
  std::vector<std::pair<std::string_view, std::int64_t>> values{};
};

bool is_first_month(const Chapter& chapter) { return chapter.months_ago == kMonths - 1 || civil(chapter.days.from).month == 1; }

std::int64_t projected(const Chapter& chapter, const Service& service) {
  return std::max<std::int64_t>(1, std::int64_t{chapter.character.visits} * service.people / kHundred);
}

bool is_lacking(const Chapter& chapter, const Service& service) {
  const int running = civil(civil_day(chapter.now, Zone::Wib)).year;
  return chapter.character.code == kLacksOne && service.key == "hipertensi" && civil(chapter.days.from).year == running;
}

std::vector<Setting> settings_of(const Chapter& chapter) {
  std::vector<Setting> all;
  if (chapter.character.type != "puskesmas") return all;
  const auto date = civil(chapter.days.from);
  const auto year = std::to_string(date.year);
  if (is_first_month(chapter)) {
    Setting one{moment_of(chapter.days.from, kMorningMinutes),
                YearlyKind::Projected,
                "Pusdatin Kementerian Kesehatan (contoh)",
                "Estimasi sasaran program kesehatan " + year + " (contoh)",
                {}};
    for (const auto& service : kServices)
      if (!is_lacking(chapter, service)) one.values.emplace_back(service.key, projected(chapter, service));
    all.push_back(std::move(one));
  }
  if (chapter.character.code == kCountedAnew && date.month == kApril) {
    Setting one{moment_of(chapter.days.from, kAfternoonMinutes),
                YearlyKind::Counted,
                "Puskesmas Melati (contoh)",
                "Pendataan keluarga Maret " + year + " (contoh)",
                {}};
    for (const auto& service : kServices)
      if (service.key == "balita" || service.key == "hipertensi")
        one.values.emplace_back(service.key, projected(chapter, service) * 88 / kHundred);
    all.push_back(std::move(one));
  }
  std::erase_if(all, [&](const Setting& one) { return one.at > chapter.now; });
  return all;
}

NewRecord spm_record(const Chapter& chapter, const InstalledVersion& version, Instant at, const RawAnswers& raw, Dice& dice) {
  const auto answers = check_answers(version.form, raw, civil_day(at, Zone::Wib), /*forgiving=*/false);
  require(answers.has_value(), "a report of the demonstration can be entered");
  return {draw_id(at, dice), chapter.facility, UnitKey{}, version.version, at, Channel::Demo, *answers};
}

RawAnswers raw_of(const Setting& setting) {
  RawAnswers raw;
  raw["isi"].values = {"sasaran"};
  raw["sumber_sasaran"].values = {setting.source};
  for (const auto& [key, value] : setting.values) raw["sasaran_" + std::string(key)].values = {std::to_string(value)};
  return raw;
}

RawAnswers served_in(const Chapter& chapter, Dice& dice) {
  RawAnswers raw;
  raw["isi"].values = {"capaian"};
  for (const auto& service : kServices) {
    const bool over = chapter.character.code == kOverTarget && service.key == "diabetes";
    const auto usual = projected(chapter, service) * (over ? 171 : service.pace + (chapter.character.good - 80) / 3) / (12 * kHundred);
    raw["capaian_" + std::string(service.key)].values = {
        std::to_string(std::max<std::int64_t>(0, usual + dice.between(-usual / 12, usual / 12)))};
  }
  return raw;
}

}  // namespace

std::vector<NewRecord> spm_records_of(const Chapter& chapter, const Reference& reference) {
  std::vector<NewRecord> records;
  if (chapter.character.type != "puskesmas") return records;
  const auto* version = reference.latest("spm");
  require(version != nullptr, "the demonstration has the shipped instruments");
  Dice dice(static_cast<std::uint64_t>(chapter.facility.value) * 7'000'003U +
            static_cast<std::uint64_t>(month_of(chapter.days.from).value) * 31U + 11U);
  for (const auto& setting : settings_of(chapter)) records.push_back(spm_record(chapter, *version, setting.at, raw_of(setting), dice));
  const bool forgotten = chapter.character.story == Story::NotFilled && chapter.months_ago == kOddMonth;
  if (chapter.months_ago > 0 && !forgotten) {
    const auto at = moment_of(Day{chapter.days.to.value - 1}, kAfternoonMinutes);
    records.push_back(spm_record(chapter, *version, at, served_in(chapter, dice), dice));
  }
  return records;
}

void add_yearly_origins(Context& context, std::span<const FacilityKey> facilities) {
  const auto now = context.clock.now();
  const auto running = month_of(civil_day(now, Zone::Wib));
  const auto instrument = context.reference.get()->latest("spm")->instrument;
  context.db.shared([&](store::Tx& tx) {
    for (std::size_t i = 0; i < facilities.size(); ++i)
      for (int months_ago = kMonths - 1; months_ago >= 0; --months_ago) {
        const Chapter chapter{characters()[i], facilities[i], months_ago, period_of({running.value - months_ago}), now};
        for (const auto& setting : settings_of(chapter)) {
          const auto day = civil_day(setting.at, Zone::Wib);
          for (const auto& [key, value] : setting.values)
            store::insert_origin(tx, facilities[i],
                                 {instrument, "sasaran_" + std::string(key), UnitKey{}, day, report_minute(day, setting.at), setting.kind,
                                  setting.set_by, setting.source, setting.at, "demo"});
        }
      }
  });
}

}  // namespace pilar::app::demo
