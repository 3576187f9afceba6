#include "domain/integrity.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

#include "i18n/words/integrity.h"
#include "math/plausibility.h"

namespace pilar {
namespace {

constexpr std::array kSignKinds{
    NamedValue{SignKind::MonthEnd, std::string_view("akhir-bulan"), Msg::SignMonthEnd},
    NamedValue{SignKind::JustOver, std::string_view("tepat-di-atas"), Msg::SignJustOver},
    NamedValue{SignKind::Speed, std::string_view("terlalu-cepat"), Msg::SignSpeed},
    NamedValue{SignKind::Seconds, std::string_view("beberapa-detik"), Msg::SignSeconds},
    NamedValue{SignKind::CopiedMonth, std::string_view("bulan-disalin"), Msg::SignCopiedMonth},
    NamedValue{SignKind::RoundNumbers, std::string_view("angka-bulat"), Msg::SignRoundNumbers},
    NamedValue{SignKind::Duplicates, std::string_view("jawaban-kembar"), Msg::SignDuplicates},
    NamedValue{SignKind::OverDenominator, std::string_view("melebihi-penyebut"), Msg::SignOverDenominator},
    NamedValue{SignKind::TooGood, std::string_view("selalu-100"), Msg::SignTooGood},
    NamedValue{SignKind::Unusual, std::string_view("tidak-biasa"), Msg::SignUnusual},
    NamedValue{SignKind::Rule, std::string_view("aturan"), Msg::SignRule},
};
constexpr std::array kSeverities{NamedValue{Severity::High, std::string_view("tinggi"), Msg::SeverityHigh},
                                 NamedValue{Severity::Middle, std::string_view("sedang"), Msg::SeverityMiddle},
                                 NamedValue{Severity::Low, std::string_view("rendah"), Msg::SeverityLow}};

constexpr double kMonthEndChance = 1.0 / 200, kMonthEndHigh = 1.0 / 5'000, kJustOverChance = 1e-3;
constexpr double kCopyChance = 1e-3, kCopyHigh = 1e-4, kLikelyAgreement = 0.5;
constexpr double kRoundChance = 1e-4, kRoundHigh = 1e-6, kDuplicateChance = 1e-4, kDuplicateHigh = 1e-8;
constexpr double kTooGoodChance = 1e-3, kTooGoodHigh = 1e-9, kLeastVeryGood = 0.95, kVeryGoodAlone = 0.98;
constexpr double kFarOver = 1.5;
constexpr std::int64_t kMonthEndFewest = 20, kHourMicros = 3'600'000'000, kMinuteMicros = 60'000'000, kAnswerMicros = 1'000'000;

/// Empty where chance alone shows as much too often.
std::optional<Sign> sign_of(double chance, double from, double high) {
  if (!(chance < from)) return {};
  return Sign{chance < high ? Severity::High : Severity::Middle, chance};
}

double value_of(math::Share share) { return static_cast<double>(share.x) / static_cast<double>(share.n); }
math::Share together(math::Share a, math::Share b) { return {a.x + b.x, a.n + b.n}; }

/// One hour of one unit.
struct UnitHour {
  std::int64_t cases = 0;
  std::set<std::int64_t> minutes{};
};

/// How likely each figure is the same in two months.
std::vector<double> agreements(std::span<const MonthFigures> months) {
  std::vector<double> out;
  for (std::size_t i = 0; i < months.front().figures.size(); ++i) {
    std::vector<double> course;
    for (const auto& month : months) course.push_back(month.figures[i]);
    out.push_back(math::agreement(math::successive_variance(course).value_or(0)));
  }
  return out;
}

/// A unit's day: how often each pattern comes.
struct PatternDay {
  std::map<std::uint64_t, std::int64_t> patterns{};
  std::int64_t all = 0;
};

std::optional<DuplicateSign> duplicates_of_day(const PatternDay& day, const PatternDay& month, std::size_t days) {
  const auto most = std::ranges::max_element(day.patterns, {}, [](const auto& one) { return one.second; });
  const auto others = month.all - day.all;
  if (most->second < kFewestSame || others < kFewestOthers) return {};
  const auto elsewhere = month.patterns.at(most->first) - most->second;
  const auto kinds = static_cast<std::int64_t>(month.patterns.size());
  const auto share = static_cast<double>(elsewhere + 1) / static_cast<double>(others + kinds);
  const auto chance = math::at_least(most->second, day.all, share) * static_cast<double>(days);
  const auto sign = sign_of(chance, kDuplicateChance, kDuplicateHigh);
  if (!sign) return {};
  return DuplicateSign{*sign, {}, {}, most->first, most->second, day.all};
}

}  // namespace

std::span<const NamedValue<SignKind>> sign_kinds() { return kSignKinds; }
std::span<const NamedValue<Severity>> severities() { return kSeverities; }

std::optional<MonthEndSign> find_month_end(std::span<const DayShare> days, Month month, double target) {
  const Day last_days{first_day({month.value + 1}).value - kLastDays};
  MonthEndSign out;
  for (const auto& one : days) {
    auto& part = one.day < last_days ? out.before : out.last;
    part = together(part, one.share);
  }
  const auto whole = together(out.before, out.last);
  if (out.before.n == 0 || out.last.n == 0 || whole.n < kMonthEndFewest) return {};
  const auto end = value_of(whole);
  if (value_of(out.before) >= target || end < target || end > target + kJustOver) return {};
  const auto sign = sign_of(math::fisher_upper(out.last, out.before), kMonthEndChance, kMonthEndHigh);
  if (!sign) return {};
  out.sign = *sign;
  return out;
}

std::optional<JustOverSign> find_just_over(std::span<const double> shares, double target) {
  JustOverSign out;
  for (const auto share : shares) {
    if (target <= share && share < target + kNearTarget) ++out.over;
    if (target - kNearTarget <= share && share < target) ++out.under;
  }
  const auto chance = math::at_least(out.over, out.over + out.under, 0.5);
  if (!(chance < kJustOverChance)) return {};
  out.sign = {Severity::Low, chance};
  return out;
}

std::vector<SpeedSign> find_speed(std::span<const CaseMoment> cases) {
  std::map<std::pair<UnitKey, std::int64_t>, UnitHour> hours;
  for (const auto& one : cases) {
    auto& hour = hours[{one.unit, one.at.micros / kHourMicros}];
    ++hour.cases;
    hour.minutes.insert(one.at.micros / kMinuteMicros);
  }
  std::vector<SpeedSign> found;
  for (const auto& [where, hour] : hours) {
    if (hour.cases < kCasesAnHour || hour.minutes.size() < kFewestMinutes) continue;
    const SpeedSign one{
        {hour.cases < kCasesAMinute ? Severity::Middle : Severity::High, 0}, where.first, {where.second * kHourMicros}, hour.cases};
    if (found.empty() || found.back().unit != where.first)
      found.push_back(one);
    else if (found.back().cases < hour.cases)
      found.back() = one;
  }
  return found;
}

std::vector<SecondsSign> find_seconds(std::span<const FilledForm> forms) {
  struct UnitForms {
    std::int64_t all = 0;
    std::vector<std::int64_t> quick{};
  };
  std::map<UnitKey, UnitForms> units;
  for (const auto& form : forms) {
    if (form.answered < kFewestAnswers || form.micros < 0) continue;
    auto& unit = units[form.unit];
    ++unit.all;
    if (form.micros < static_cast<std::int64_t>(form.answered) * kAnswerMicros) unit.quick.push_back(form.micros);
  }
  std::vector<SecondsSign> found;
  for (auto& [key, unit] : units) {
    const auto quick = std::ssize(unit.quick);
    if (quick < kFewestQuick || quick * 5 < unit.all) continue;
    std::ranges::sort(unit.quick);
    const auto middle = static_cast<double>(unit.quick[unit.quick.size() / 2]) / 1e6;
    found.push_back({{quick * 2 < unit.all ? Severity::Middle : Severity::High, 0}, key, quick, unit.all, middle});
  }
  return found;
}

std::optional<CopySign> find_copy(std::span<const MonthFigures> months, Month month) {
  const auto wanted = std::ranges::find(months, month, &MonthFigures::month);
  if (wanted == months.end() || months.size() < kFewestMonths) return {};
  const auto same = std::find_if(months.begin(), wanted, [&](const MonthFigures& one) { return one.figures == wanted->figures; });
  if (same == wanted) return {};
  CopySign out{{}, same->month, 0};
  double chance = static_cast<double>(wanted - months.begin());
  for (const auto one : agreements(months)) {
    chance *= one;
    if (one < kLikelyAgreement) ++out.figures;
  }
  const auto sign = sign_of(chance, kCopyChance, kCopyHigh);
  if (!sign || out.figures < kFewestFigures) return {};
  out.sign = *sign;
  return out;
}

bool has_free_digits(std::span<const std::int64_t> figures) {
  if (figures.size() < 2) return false;
  double sum = 0, squares = 0;
  for (const auto figure : figures) sum += static_cast<double>(figure);
  const auto n = static_cast<double>(figures.size());
  for (const auto figure : figures) squares += (static_cast<double>(figure) - sum / n) * (static_cast<double>(figure) - sum / n);
  return std::sqrt(squares / (n - 1)) >= kLeastDigitSpread;
}

std::optional<RoundSign> find_round(std::span<const std::int64_t> figures, std::size_t looked) {
  const auto digits = math::last_digits(figures);
  if (digits.n < kFewestDigits) return {};
  const auto times = static_cast<double>(looked);
  if (const auto sign = sign_of(digits.heaping * times, kRoundChance, kRoundHigh)) return RoundSign{*sign, digits.round(), digits.n, false};
  if (!digits.uneven) return {};
  const auto sign = sign_of(*digits.uneven * times, kRoundChance, 0);
  if (!sign) return {};
  return RoundSign{*sign, digits.round(), digits.n, true};
}

std::vector<DuplicateSign> find_duplicates(std::span<const AnswerPattern> records) {
  std::map<std::pair<Day, UnitKey>, PatternDay> days;
  PatternDay month;
  for (const auto& record : records)
    for (auto* part : {&days[{record.day, record.unit}], &month}) {
      ++part->patterns[record.pattern];
      ++part->all;
    }
  std::vector<DuplicateSign> found;
  for (const auto& [where, day] : days)
    if (auto one = duplicates_of_day(day, month, days.size())) {
      one->day = where.first;
      one->unit = where.second;
      found.push_back(*one);
    }
  return found;
}

std::optional<Sign> find_over(math::Share share, bool accumulates) {
  if (share.n <= 0 || share.x <= share.n) return {};
  const bool high = !accumulates || value_of(share) >= kFarOver;
  return Sign{high ? Severity::High : Severity::Middle, 0};
}

std::optional<TooGoodSign> find_too_good(std::span<const math::Share> months, std::optional<double> target) {
  TooGoodSign out;
  for (auto at = months.rbegin(); at != months.rend(); ++at) {
    if (at->n == 0) continue;
    if (at->x < at->n) break;
    ++out.months;
    out.cases += at->n;
  }
  if (out.months < kFewestPerfect) return {};
  const auto very_good = target ? std::max(kLeastVeryGood, (1 + *target) / 2) : kVeryGoodAlone;
  const auto sign = sign_of(std::pow(std::min(very_good, 1.0), static_cast<double>(out.cases)), kTooGoodChance, kTooGoodHigh);
  if (!sign) return {};
  out.sign = *sign;
  return out;
}

Severity severity_of(Oddness oddness) { return oddness == Oddness::Far ? Severity::Low : Severity::Middle; }

Severity severity_of(Importance importance) {
  switch (importance) {
    case Importance::High:
      return Severity::High;
    case Importance::Low:
      return Severity::Low;
    case Importance::Middle:
      break;
  }
  return Severity::Middle;
}

}  // namespace pilar
