#include "app/demo_observations.h"

#include <algorithm>
#include <array>

#include "app/demo_faults.h"
#include "domain/record.h"

namespace pilar::app::demo {
namespace {

constexpr int kHands = 26, kEquipment = 12, kIdentified = 14, kTreated = 3, kBirths = 7, kReviewed = 10;
/// Per cent that comply where participants are as content as at most places.
constexpr int kCleaned = 80, kEquipped = 91, kNamed = 94, kCured = 91, kCompleteCare = 78, kTreatedWell = 86, kMedicineWell = 78,
              kServedWell = 93;
constexpr int kWithoutMedicine = 8, kWithReason = 45;
constexpr int kUsualGood = 80, kFewestObserved = 3;
/// Of twenty opportunities in the month that is too good: just 85 per cent.
constexpr int kTooGoodHands = 20, kTooGoodCleaned = 17;

constexpr std::array<std::string_view, 5> kProfessions{"dokter", "perawat", "bidan", "farmasi", "analis"};
constexpr std::array<int, 5> kProfessionWeights{20, 40, 22, 10, 8};
constexpr std::array<std::string_view, 5> kReasons{"darah", "percikan", "aerosol", "menular", "bahan_kimia"};
constexpr std::array<std::string_view, 5> kDiagnoses{"ispa", "hipertensi", "diabetes", "diare", "dispepsia"};
constexpr std::array<std::string_view, 3> kFailures{"gagal", "putus", "tidak_dievaluasi"};

class ObservationWriter {
 public:
  ObservationWriter(const Chapter& chapter, const Reference& reference, const Calendar& calendar)
      : chapter_(chapter),
        reference_(reference),
        calendar_(calendar),
        dice_(static_cast<std::uint64_t>(chapter.facility.value) * 9'000'011U +
              static_cast<std::uint64_t>(month_of(chapter.days.from).value) * 17U + 5U),
        lean_((chapter.character.good - kUsualGood) / 2) {}

  std::vector<NewRecord> write() {
    observe_hands();
    for (int left = so_far(kEquipment); left > 0; --left) observe_equipment();
    for (int left = so_far(kIdentified); left > 0; --left) observe_identification();
    if (chapter_.character.type == "puskesmas") {
      for (int left = so_far(kTreated); left > 0; --left) end_treatment();
      for (int left = so_far(kBirths); left > 0; --left) end_pregnancy();
      for (int left = so_far(kReviewed); left > 0; --left) review_case();
    }
    return std::move(records_);
  }

 private:
  /// The running month has only its share yet; a small demonstration a third of what is observed.
  int so_far(int usual) const {
    const auto whole = period_of(month_of(chapter_.days.from));
    const int of_a_month = chapter_.one_in == 1 ? usual : std::max(usual / 3, std::min(usual, kFewestObserved));
    return of_a_month * (chapter_.days.to.value - chapter_.days.from.value) / (whole.to.value - whole.from.value);
  }
  std::string profession() { return std::string(kProfessions.at(dice_.pick(kProfessionWeights))); }
  bool complies(int percent) { return dice_.chance(std::clamp(percent + lean_, 5, 100)); }

  void add(std::string_view instrument, const Typed& fields) {
    const auto* version = reference_.latest(instrument);
    const auto day = calendar_.draw_day(dice_);
    auto answers = typed_answers(version->form, fields, day);
    const auto at = std::min(moment_of(day, std::int64_t{calendar_.draw_hour(dice_)} * 60 + dice_.between(0, 59)), chapter_.now);
    records_.push_back({draw_id(at, dice_), chapter_.facility, UnitKey{1}, version->version, at, Channel::Demo, std::move(answers)});
  }

  bool is_too_good() const { return chapter_.character.story == Story::Mistyped && chapter_.months_ago == kTooGoodMonth; }

  void observe_hands() {
    if (has_made_up_hands(chapter_)) return;
    const int count = is_too_good() ? kTooGoodHands : so_far(kHands);
    for (int i = 0; i < count; ++i) {
      if (is_too_good())
        observe_hand("perawat", "sebelum_pasien", i < kTooGoodCleaned);
      else
        observe_hand(profession(), dice_.one_of(kHandMoments), complies(hands_percent()));
    }
  }

  /// Better since the second counter gave the staff time, by the same story as the waiting.
  int hands_percent() const {
    if (chapter_.character.story != Story::Improvement) return kCleaned;
    return chapter_.months_ago <= kBetterSince ? 91 : 66;
  }

  void observe_hand(const std::string& who, const std::string& moment, bool cleaned) {
    Typed fields{{"profesi", who}, {"saat", moment}, {"tindakan", cleaned ? "alkohol" : "tidak"}};
    if (cleaned) fields.emplace_back("langkah_benar", is_too_good() || dice_.chance(70) ? "ya" : "tidak");
    add("kebersihan-tangan", fields);
  }

  void observe_equipment() {
    const bool worn = complies(kEquipped);
    Typed fields{{"profesi", profession()}, {"indikasi", dice_.one_of(kReasons)}, {"patuh", worn ? "ya" : "tidak"}};
    if (!worn) fields.emplace_back("kurang", "masker");
    add("apd", fields);
  }

  void observe_identification() {
    add("identifikasi-inm", {{"profesi", profession()}, {"saat", "obat"}, {"benar", complies(kNamed) ? "ya" : "tidak"}});
  }

  void end_treatment() {
    const bool cured = complies(kCured);
    add("tb-so", {{"jenis", dice_.chance(85) ? "paru" : "ekstraparu"},
                  {"riwayat", dice_.chance(92) ? "baru" : "ulang"},
                  {"hasil", cured ? (dice_.chance(60) ? "sembuh" : "lengkap") : dice_.one_of(kFailures)}});
  }

  void end_pregnancy() {
    const bool whole = complies(kCompleteCare);
    add("anc-inm", {{"dikecualikan", "tidak"},
                    {"kunjungan", std::to_string(whole ? dice_.between(6, 9) : dice_.between(3, 5))},
                    {"tersebar", whole || dice_.chance(50) ? "ya" : "tidak"},
                    {"dokter", whole || dice_.chance(60) ? "ya" : "tidak"},
                    {"jumlah_t", std::to_string(whole ? 12 : dice_.between(8, 12))}});
  }

  /// As the standard has it, differing with a reason, or just differing.
  std::string judge(int percent) { return complies(percent) ? "sesuai" : dice_.chance(kWithReason) ? "beralasan" : "menyimpang"; }

  void review_case() {
    const auto diagnosis = dice_.one_of(kDiagnoses);
    const auto treatment = judge(kTreatedWell);
    const auto medicine = dice_.chance(kWithoutMedicine) ? std::string("tanpa_obat") : judge(kMedicineWell);
    const auto is_any = [&](std::string_view word) { return treatment == word || medicine == word; };
    const std::string whole = is_any("menyimpang") ? "menyimpang" : is_any("beralasan") ? "beralasan" : "sesuai";
    Typed fields{{"diagnosis", diagnosis},
                 {"penjamin", dice_.chance(83) ? "jkn" : "umum"},
                 {"terapi", treatment},
                 {"obat", medicine},
                 {"teknis", whole}};
    if (medicine == "beralasan" || medicine == "menyimpang")
      fields.emplace_back("aspek_obat", diagnosis == "ispa" || diagnosis == "diare" ? "antibiotik" : "dosis");
    if (whole != "sesuai")
      fields.emplace_back("alasan_teknis", whole == "beralasan" ? "Alergi obat lini pertama (contoh)" : "Tidak menurut panduan (contoh)");
    const auto service = judge(kServedWell);
    fields.emplace_back("nonteknis", service);
    if (service != "sesuai") fields.emplace_back("alasan_nonteknis", "Menunggu hasil laboratorium (contoh)");
    add("telaah-kasus", fields);
  }

  const Chapter& chapter_;
  const Reference& reference_;
  const Calendar& calendar_;
  Dice dice_;
  int lean_;
  std::vector<NewRecord> records_{};
};

}  // namespace

std::vector<NewRecord> observations_of(const Chapter& chapter, const Reference& reference, const Calendar& calendar) {
  return ObservationWriter(chapter, reference, calendar).write();
}

}  // namespace pilar::app::demo
