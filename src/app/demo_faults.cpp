#include "app/demo_faults.h"

#include <algorithm>
#include <array>

#include "domain/record.h"

namespace pilar::app::demo {
namespace {

/// Two thirds until the last three days, then everything: 58 of 68 is 85.3 per cent, just over the target of 85.
constexpr int kHandsBefore = 30, kCleanedBefore = 20, kHandsAtEnd = 38;
constexpr std::int32_t kEndOfMonth = 3;
constexpr int kPerfectHands = 20, kHurried = 70, kSameAnswers = 24;
constexpr int kWomenExpected = 6, kFewestServed = 9, kMostServed = 12;
constexpr std::int64_t kNineOClock = 9LL * 60;

constexpr std::array<std::string_view, 4> kObservers{"dokter", "perawat", "bidan", "analis"};

bool is_in_fault_month(const Chapter& chapter, Story story) {
  return chapter.character.story == story && chapter.months_ago == kFaultMonth;
}

class FaultWriter {
 public:
  FaultWriter(const Chapter& chapter, const Reference& reference, const Calendar& calendar)
      : chapter_(chapter),
        reference_(reference),
        calendar_(calendar),
        dice_(static_cast<std::uint64_t>(chapter.facility.value) * 11'000'027U +
              static_cast<std::uint64_t>(month_of(chapter.days.from).value) * 13U + 7U) {}

  std::vector<NewRecord> write() {
    const auto story = chapter_.character.story;
    if (is_in_fault_month(chapter_, Story::MonthEnd)) reach_the_target();
    if (is_in_fault_month(chapter_, Story::Speed)) hurry();
    if (is_in_fault_month(chapter_, Story::Duplicates)) repeat_an_answer();
    if (is_in_fault_month(chapter_, Story::BrokenRule)) break_a_rule();
    if (story == Story::TooGood && chapter_.months_ago > 0) never_fail();
    if (story == Story::OverTarget && chapter_.months_ago > 0) serve_too_many();
    return std::move(records_);
  }

 private:
  void add(const InstalledVersion& version, UnitKey unit, Instant at, Answers answers) {
    records_.push_back({draw_id(at, dice_), chapter_.facility, unit, version.version, at, Channel::Demo, std::move(answers)});
  }

  void fill_in(std::string_view instrument, UnitKey unit, Instant at, const Typed& fields) {
    const auto* version = reference_.latest(instrument);
    add(*version, unit, at, typed_answers(version->form, fields, civil_day(at, Zone::Wib)));
  }

  Instant some_time(Day day) { return moment_of(day, std::int64_t{calendar_.draw_hour(dice_)} * 60 + dice_.between(0, 59)); }

  /// Working days of [from, to).
  std::vector<Day> working_days(Day from, Day to) const {
    std::vector<Day> days;
    for (auto day = from; day < to; ++day.value)
      if (!calendar_.is_sunday(day)) days.push_back(day);
    return days;
  }
  Day any_day(const std::vector<Day>& days) { return days[static_cast<std::size_t>(dice_.between(0, std::ssize(days) - 1))]; }

  void observe(Day day, bool cleaned) {
    Typed fields{{"profesi", dice_.one_of(kObservers)}, {"saat", dice_.one_of(kHandMoments)}, {"tindakan", cleaned ? "alkohol" : "tidak"}};
    if (cleaned) fields.emplace_back("langkah_benar", dice_.chance(70) ? "ya" : "tidak");
    fill_in("kebersihan-tangan", UnitKey{1}, some_time(day), fields);
  }

  void reach_the_target() {
    const Day end{chapter_.days.to.value - kEndOfMonth};
    const auto before = working_days(chapter_.days.from, end), after = working_days(end, chapter_.days.to);
    for (int i = 0; i < kHandsBefore; ++i) observe(any_day(before), i < kCleanedBefore);
    for (int i = 0; i < kHandsAtEnd; ++i) observe(any_day(after), true);
  }

  void never_fail() {
    const auto days = working_days(chapter_.days.from, chapter_.days.to);
    for (int i = 0; i < kPerfectHands; ++i) observe(any_day(days), true);
  }

  void hurry() {
    const auto day = any_day(working_days(chapter_.days.from, chapter_.days.to));
    for (int i = 0; i < kHurried; ++i)
      fill_in("identifikasi-inm", UnitKey{1}, moment_of(day, kNineOClock + dice_.between(0, 59)),
              {{"profesi", dice_.one_of(kObservers)}, {"saat", "obat"}, {"benar", dice_.chance(95) ? "ya" : "tidak"}});
  }

  void repeat_an_answer() {
    const auto& version = *reference_.latest("kessan");
    const auto day = any_day(working_days(chapter_.days.from, chapter_.days.to));
    const auto answers = kessan_answers(version.form, {chapter_.character, chapter_.months_ago, day, 5}, dice_);
    for (int i = 0; i < kSameAnswers; ++i) add(version, UnitKey{2}, moment_of(day, kNineOClock + dice_.between(0, 59)), answers);
  }

  void break_a_rule() {
    fill_in("kbk", UnitKey{}, moment_of({chapter_.days.to.value - 1}, kNineOClock),
            {{"terdaftar", "400"},
             {"kontak", "61"},
             {"rujukan", "12"},
             {"non_spesialistik", "0"},
             {"dm", "230"},
             {"dm_terkendali", "118"},
             {"ht", "214"},
             {"ht_terkendali", "97"}});
  }

  /// The target of the year is that of one village.
  void serve_too_many() {
    const auto first = civil(chapter_.days.from).month == 1 || chapter_.months_ago == kMonths - 1;
    if (first)
      fill_in("cakupan-anc", UnitKey{}, moment_of(chapter_.days.from, kNineOClock),
              {{"isi", "sasaran"}, {"sasaran", std::to_string(kWomenExpected)}, {"sumber_sasaran", "Pendataan satu desa (contoh)"}});
    fill_in("cakupan-anc", UnitKey{}, moment_of({chapter_.days.to.value - 1}, kNineOClock),
            {{"isi", "capaian"}, {"capaian", std::to_string(dice_.between(kFewestServed, kMostServed))}});
  }

  const Chapter& chapter_;
  const Reference& reference_;
  const Calendar& calendar_;
  Dice dice_;
  std::vector<NewRecord> records_{};
};

}  // namespace

std::vector<NewRecord> faults_of(const Chapter& chapter, const Reference& reference, const Calendar& calendar) {
  return FaultWriter(chapter, reference, calendar).write();
}

bool has_made_up_hands(const Chapter& chapter) {
  return is_in_fault_month(chapter, Story::MonthEnd) || (chapter.character.story == Story::TooGood && chapter.months_ago > 0);
}

}  // namespace pilar::app::demo
