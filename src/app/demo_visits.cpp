#include "app/demo_visits.h"

#include <algorithm>
#include <array>

#include "domain/record.h"

namespace pilar::app::demo {
namespace {

/// Quantiles of a wait in per cent of its median, from the 2.5th in steps of five: log-normal with sigma 0.6.
constexpr std::array<int, 20> kSkewed{31, 42, 50, 57, 63, 70, 76, 83, 89, 96, 104, 112, 121, 131, 143, 158, 175, 199, 237, 324};
/// Usual medians in minutes: waiting for admission, for the clinic, until the pharmacy begins, until the medicine is handed over.
constexpr int kAdmissionWait = 5, kClinicWait = 24, kPharmacyWait = 7, kPreparingWait = 8, kCompoundingWait = 20;
/// Of a hundred visits.
constexpr int kPrescribed = 62, kExamined = 13, kCancelled = 3, kOffSchedule = 5;
/// A thin register still shows every facility's waiting.
constexpr std::int64_t kFewest = 8;

/// Per cent of the usual median.
struct Pace {
  int admission = 100, clinic = 100, pharmacy = 100;
};

Pace pace_of(const Character& facility, int months_ago) {
  const auto slow = std::clamp(100 - facility.waiting * 5 / 2, 45, 190);
  Pace pace{slow, slow, slow};
  if (facility.story == Story::Improvement) {  // the second counter, then the queue from home
    const bool better = months_ago <= kBetterSince;
    pace.admission = slow * (better ? 70 : 210) / 100;
    pace.clinic = slow * (better ? 85 : 135) / 100;
  }
  if (facility.story == Story::Decline && months_ago <= kWorseSince) {
    pace.clinic = slow * 145 / 100;
    pace.pharmacy = slow * 160 / 100;
  }
  return pace;
}

/// Per cent of visits that were booked.
int booked_percent(const Character& facility, int months_ago) {
  if (facility.story != Story::Improvement) return facility.type == "praktik_dokter" ? 10 : 24;
  return months_ago <= kBetterSince ? 52 : 18;
}

/// In minutes since midnight; below 0: not written down.
struct Steps {
  std::int64_t booked = -1;
  std::array<std::int64_t, 7> tasks{-1, -1, -1, -1, -1, -1, -1};
  std::int64_t handed_in = -1;  ///< the prescription
  bool cancelled = false, compounded = false;
  std::int64_t arrived() const { return tasks[0] >= 0 ? tasks[0] : booked; }
  std::int64_t last() const { return std::max({booked, handed_in, *std::ranges::max_element(tasks)}); }
};

constexpr std::array<std::string_view, 7> kTasks{"mulai_tunggu_admisi", "mulai_layan_admisi",  "selesai_admisi", "mulai_layan_poli",
                                                 "selesai_poli",        "mulai_layan_farmasi", "obat_selesai"};

class RegisterWriter {
 public:
  RegisterWriter(const Chapter& chapter, const Reference& reference, const Calendar& calendar)
      : chapter_(chapter),
        character_(chapter.character),
        calendar_(calendar),
        visits_(*reference.latest("kunjungan")),
        prescriptions_(*reference.latest("resep")),
        examinations_(*reference.latest("laboratorium")),
        pace_(pace_of(chapter.character, chapter.months_ago)),
        dice_(static_cast<std::uint64_t>(chapter.facility.value) * 7'000'003U +
              static_cast<std::uint64_t>(month_of(chapter.days.from).value) * 31U + 1U),
        short_of_medicine_((chapter.facility.value + month_of(chapter.days.from).value) % 7 == 0) {
    for (std::size_t i = 0; i < character_.units.size(); ++i) {
      const auto unit = character_.units[i];
      const bool is_clinic = unit != "Pendaftaran" && unit != "Farmasi" && unit != "Rawat Inap";
      clinics_.push_back(is_clinic ? unit_weights(character_)[i] : 0);
    }
  }

  std::vector<NewRecord> write(const Served& served) {
    for (auto left = thinned(served.visits); left > 0; --left) write_visit();
    for (auto left = thinned(served.stays); left > 0; --left) write_stay();
    return std::move(records_);
  }

 private:
  std::int64_t thinned(std::int64_t count) const { return std::max(std::min(count, kFewest), count / chapter_.one_in); }

  std::int64_t draw_wait(int median, int percent) {
    const auto from = dice_.between(0, static_cast<std::int64_t>(kSkewed.size()) - 2), part = dice_.between(0, 99);
    const auto at = static_cast<std::size_t>(from);
    const auto skewed = kSkewed.at(at) * (100 - part) + kSkewed.at(at + 1) * part;
    return (std::int64_t{median} * percent * skewed + 500'000) / 1'000'000;
  }

  std::string clock(std::int64_t minutes) const { return iso(moment_of(day_, minutes), Zone::Wib); }
  static void put(RawAnswers& raw, std::string_view key, std::string value) {
    raw.emplace(std::string(key), RawAnswer{{std::move(value)}, {}});
  }
  void put_time(RawAnswers& raw, std::string_view key, std::int64_t minutes) const {
    if (minutes >= 0) put(raw, key, clock(minutes));
  }

  void add(const InstalledVersion& version, UnitKey unit, std::int64_t minutes, const RawAnswers& raw) {
    auto answers = check_answers(version.form, raw, day_, false);
    require(answers.has_value(), "the registers of the demonstration are as their forms allow");
    const auto at = moment_of(day_, minutes);
    records_.push_back({draw_id(at, dice_), chapter_.facility, unit, version.version, at, Channel::Demo, *std::move(answers)});
  }

  UnitKey unit_named(std::string_view name, UnitKey otherwise) const {
    const auto at = std::ranges::find(character_.units, name);
    return at == character_.units.end() ? otherwise : unit_at(static_cast<std::size_t>(at - character_.units.begin()));
  }
  static UnitKey unit_at(std::size_t place) { return {static_cast<std::int32_t>(place) + 1}; }

  /// Nobody but the emergency room is there on a Sunday.
  std::size_t draw_clinic() {
    const auto emergency = std::ranges::find(character_.units, "IGD");
    if (calendar_.is_sunday(day_) && emergency != character_.units.end())
      return static_cast<std::size_t>(emergency - character_.units.begin());
    return dice_.pick(clinics_);
  }

  std::string_view draw_payer() { return dice_.chance(83) ? "jkn" : dice_.chance(85) ? "umum" : "lain"; }

  /// The person, by a number that nobody has; some come several times.
  std::string draw_person() { return "contoh" + std::to_string(dice_.between(100'000, 100'000 + 2 * std::max(character_.visits, 20))); }

  Steps draw_steps(std::string_view unit, bool booked) {
    Steps steps;
    const auto hour = calendar_.draw_hour(dice_);
    auto at = std::int64_t{hour} * 60 + dice_.between(0, 59);
    const auto crowd = calendar_.crowd(day_, hour);
    if (booked) {
      const auto off = dice_.chance(kOffSchedule) ? dice_.between(65, 110) : dice_.between(-15, 20);
      steps.booked = std::max<std::int64_t>(0, (at - off) / 15 * 15);
    }
    steps.cancelled = dice_.chance(kCancelled);
    if (steps.cancelled && booked && dice_.chance(60)) return steps;  // never came
    steps.tasks[0] = at;
    // Somebody with a booking passes the counter by.
    steps.tasks[1] = at += draw_wait(kAdmissionWait, pace_.admission * crowd / (booked ? 250 : 100));
    steps.tasks[2] = at += dice_.between(2, 5);
    if (steps.cancelled) return steps;
    steps.tasks[3] = at += draw_wait(kClinicWait, pace_.clinic * crowd * (unit == "IGD" ? 30 : 100) / 10'000);
    steps.tasks[4] = at += dice_.between(5, 14);
    if (!dice_.chance(kPrescribed)) return steps;
    steps.handed_in = at += dice_.between(0, 2);
    steps.compounded = dice_.chance(9);
    steps.tasks[5] = at += draw_wait(kPharmacyWait, pace_.pharmacy * crowd / 100);
    steps.tasks[6] = at + draw_wait(steps.compounded ? kCompoundingWait : kPreparingWait, pace_.pharmacy) + 1;
    return steps;
  }

  void write_visit() {
    day_ = calendar_.draw_day(dice_);
    const auto clinic = draw_clinic();
    const auto unit = character_.units[clinic];
    const auto payer = draw_payer();
    const bool booked = payer == "jkn" && unit != "IGD" && dice_.chance(booked_percent(character_, chapter_.months_ago));
    const auto steps = draw_steps(unit, booked);
    const auto examined = character_.type != "praktik_dokter" && steps.tasks[4] >= 0 && dice_.chance(kExamined);
    const auto raw = visit_answers_of(steps, unit, payer, booked);
    if (moment_of(day_, steps.last()) > chapter_.now) return;
    add(visits_, unit_at(clinic), steps.arrived(), raw);
    if (steps.handed_in >= 0) write_prescription(steps, payer, unit_at(clinic));
    if (examined) write_examination(steps.tasks[4] + dice_.between(2, 8), payer);
  }

  RawAnswers visit_answers_of(const Steps& steps, std::string_view unit, std::string_view payer, bool booked) {
    RawAnswers raw;
    if (!steps.cancelled && payer == "jkn") put(raw, "pasien", draw_person());
    put(raw, "penjamin", std::string(payer));
    put(raw, "jenis", "rawat_jalan");
    put(raw, "pasien_baru", dice_.chance(11) ? "baru" : "lama");
    put(raw, "daftar", booked ? "online" : "di_tempat");
    put_time(raw, "jam_pesan", steps.booked);
    if (unit == "Poli Gigi")
      put(raw, "pengecualian", "poli_gigi");
    else if (dice_.chance(3))
      put(raw, "pengecualian", dice_.chance(40) ? "mcu" : "tindakan");
    for (std::size_t i = 0; i < kTasks.size(); ++i) {
      // Somebody forgot to press; a later step is still known.
      const bool forgotten = i > 0 && dice_.chance(i == 5 ? 4 : 2);
      if (!forgotten) put_time(raw, kTasks.at(i), steps.tasks.at(i));
    }
    put(raw, "batal", steps.cancelled ? "ya" : "tidak");
    return raw;
  }

  void write_prescription(const Steps& steps, std::string_view payer, UnitKey otherwise) {
    RawAnswers raw;
    put(raw, "penjamin", std::string(payer));
    put(raw, "racikan", steps.compounded ? "ya" : "tidak");
    put_time(raw, "diterima", steps.handed_in);
    if (!dice_.chance(3)) put_time(raw, "mulai", steps.tasks[5]);
    put_time(raw, "diserahkan", steps.tasks[6]);
    const auto missing = dice_.between(1, 1000);
    put(raw, "terlayani", missing <= 4 ? "kosong" : missing <= (short_of_medicine_ ? 130 : 35) ? "sebagian" : "lengkap");
    if (!dice_.chance(5)) {
      const bool wrong = dice_.between(1, 1000) <= 4;
      put(raw, "salah", wrong ? "ya" : "tidak");
      constexpr std::array<std::string_view, 4> kErrors{"aturan", "dosis", "obat", "lain"};
      if (wrong) put(raw, "jenis_salah", std::string(kErrors.at(static_cast<std::size_t>(dice_.between(0, 3)))));
    }
    add(prescriptions_, unit_named("Farmasi", otherwise), steps.handed_in, raw);
  }

  /// The laboratory belongs to the whole facility; what is not reported yet is left out.
  void write_examination(std::int64_t received, std::string_view payer) {
    constexpr std::array<int, 5> kKinds{58, 24, 8, 6, 4};
    constexpr std::array<std::string_view, 5> kNames{"darah", "urine", "tinja", "dahak", "lain"};
    const auto kind = dice_.pick(kKinds);
    const bool critical = dice_.chance(3);
    const auto known = received + 8 + draw_wait(kind == 0 ? 52 : 38, 50 + pace_.clinic / 2);
    const auto reported = known + 1 + draw_wait(critical ? 10 : 8, 50 + pace_.clinic / 2);
    if (moment_of(day_, reported) > chapter_.now) return;
    RawAnswers raw;
    put(raw, "jenis", std::string(kNames.at(kind)));
    put(raw, "penjamin", std::string(payer));
    put_time(raw, "diterima", received);
    put_time(raw, "hasil_keluar", known);
    if (!dice_.chance(2)) put_time(raw, "dilaporkan", reported);
    put(raw, "kritis", critical ? "ya" : "tidak");
    add(examinations_, UnitKey{}, received, raw);
  }

  void write_stay() {
    day_ = calendar_.draw_day(dice_);
    const auto at = std::int64_t{calendar_.draw_hour(dice_)} * 60 + dice_.between(0, 59);
    RawAnswers raw;
    put(raw, "penjamin", std::string(draw_payer()));
    put(raw, "jenis", "rawat_inap");
    put(raw, "pasien_baru", dice_.chance(20) ? "baru" : "lama");
    if (moment_of(day_, at) > chapter_.now) return;
    add(visits_, unit_named("Rawat Inap", UnitKey{}), at, raw);
  }

  const Chapter& chapter_;
  const Character& character_;
  const Calendar& calendar_;
  const InstalledVersion& visits_;
  const InstalledVersion& prescriptions_;
  const InstalledVersion& examinations_;
  Pace pace_;
  Dice dice_;
  bool short_of_medicine_;
  std::vector<int> clinics_{};
  Day day_{};
  std::vector<NewRecord> records_{};
};

}  // namespace

std::vector<NewRecord> registers_of(const Chapter& chapter, const Reference& reference, const Calendar& calendar, const Served& served) {
  return RegisterWriter(chapter, reference, calendar).write(served);
}

}  // namespace pilar::app::demo
