#include "app/demo_places.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace pilar::app::demo {
namespace {

using Units = std::vector<std::string_view>;

const Units kSmall{"Pendaftaran", "Poli Umum", "KIA-KB", "Farmasi"};
const Units kUsual{"Pendaftaran", "Poli Umum", "Poli Gigi", "KIA-KB", "Farmasi"};
const Units kWard{"Pendaftaran", "Poli Umum", "Poli Gigi", "KIA-KB", "Farmasi", "Rawat Inap"};
const Units kClinic{"Pendaftaran", "Poli Umum", "Poli Gigi", "Farmasi"};
const Units kPractice{"Ruang Periksa"};
const Units kHospital{"Pendaftaran", "Poli Penyakit Dalam", "Poli Anak", "Poli Bedah", "IGD", "Farmasi", "Rawat Inap"};

/// Standard deviations from the usual result, month by month back from the running one: as chance would have it, but without a
/// run of five on one side, a trend of five, or a value beyond 1.3, so that no rule ever takes it for a change.
constexpr std::array<double, kMonths> kWobble{0.2,  -0.5, 0.7, -0.8, 0.4,  1.1, -0.6, -1.0, 0.9,  -0.4, -0.3, 0.8,
                                              -1.2, 0.5,  0.3, -0.7, -0.2, 1.0, -0.9, 0.6,  -0.4, 1.2,  -1.1, 0.1};
constexpr double kFalseAlarm = -1.8, kBeforeAlarm = 1.1;
/// Spread of one answer around the mean, in units of the share of good ones (a rating's standard deviation over what a good answer
/// is worth more than another).
constexpr double kSpread = 0.49;
constexpr double kBetter = 0.14, kWorse = 0.16;

double wobble(const Character& facility, int months_ago) {
  if (facility.story == Story::FalseAlarm && months_ago == kOddMonth) return kFalseAlarm;
  if (facility.story == Story::FalseAlarm && months_ago == kOddMonth + 1) return kBeforeAlarm;
  const bool mirrored = facility.code.size() % 2 == 0;
  const auto at = static_cast<std::size_t>(months_ago) % kWobble.size();
  return mirrored ? -kWobble.at(at) : kWobble.at(at);
}

}  // namespace

const std::vector<Character>& characters() {
  static const std::vector<Character> all{
      {"Puskesmas Melati (contoh)", "melati-contoh", "puskesmas", kWard, 190, 1650, 42, 72, 4, 2, Story::Improvement, "Poli Gigi"},
      {"Puskesmas Kenanga (contoh)", "kenanga-contoh", "puskesmas", kUsual, 150, 1240, 0, 81, 0, 0, Story::FalseAlarm},
      {"Puskesmas Cempaka (contoh)", "cempaka-contoh", "puskesmas", kSmall, 84, 640, 0, 78, 0, 0, Story::NotFilled},
      {"Puskesmas Mawar (contoh)", "mawar-contoh", "puskesmas", kUsual, 128, 980, 0, 80, 0, 3, Story::Mistyped},
      {"Puskesmas Kamboja (contoh)", "kamboja-contoh", "puskesmas", kUsual, 140, 1120, 0, 83, 0, -4, Story::Decline},
      {"Puskesmas Teratai (contoh)", "teratai-contoh", "puskesmas", kWard, 132, 1180, 30, 90, -32, 8},
      {"Puskesmas Dahlia (contoh)", "dahlia-contoh", "puskesmas", kUsual, 118, 1010, 0, 64, 30, -12},
      {"Puskesmas Flamboyan (contoh)", "flamboyan-contoh", "puskesmas", kUsual, 112, 930, 0, 82, 0, 0, Story::MonthEnd},
      {"Puskesmas Bugenvil (contoh)", "bugenvil-contoh", "puskesmas", kSmall, 96, 720, 0, 79, -6, 2, Story::Speed},
      {"Puskesmas Seruni (contoh)", "seruni-contoh", "puskesmas", kSmall, 90, 690, 0, 84, 3, 0, Story::OverTarget},
      {"Puskesmas Tanjung (contoh)", "tanjung-contoh", "puskesmas", kUsual, 102, 860, 0, 77, 0, 0, Story::CopiedMonth},
      {"Puskesmas Soka (contoh)", "soka-contoh", "puskesmas", kSmall, 78, 560, 0, 83, 0, 0, Story::RoundNumbers},
      {"Klinik Anggrek (contoh)", "anggrek-contoh", "klinik_pratama", kClinic, 17, 28, 0, 88, 10, 4},
      {"Klinik Lavender (contoh)", "lavender-contoh", "klinik_pratama", kClinic, 76, 420, 0, 86, 6, 2, Story::Duplicates},
      {"Klinik Lili (contoh)", "lili-contoh", "klinik_pratama", kClinic, 66, 360, 0, 84, 4, 0},
      {"Klinik Sedap Malam (contoh)", "sedap-malam-contoh", "klinik_pratama", kClinic, 58, 330, 0, 85, 0, 0, Story::BrokenRule},
      {"Klinik Wijaya Kusuma (contoh)", "wijaya-kusuma-contoh", "klinik_pratama", kClinic, 62, 340, 0, 82, -4, 0, Story::TooGood},
      {"Klinik Pacar Air (contoh)", "pacar-air-contoh", "klinik_pratama", kClinic, 50, 280, 0, 87, 5, 3},
      {"Praktik Dokter Aster (contoh)", "aster-contoh", "praktik_dokter", kPractice, 14, 24, 0, 90, 8, 6},
      {"Praktik Dokter Krisan (contoh)", "krisan-contoh", "praktik_dokter", kPractice, 34, 160, 0, 88, 2, 4},
      {"RSUD Asoka (contoh)", "asoka-contoh", "rs", kHospital, 310, 2150, 240, 79, -14, 0},
      {"RS Edelweis (contoh)", "edelweis-contoh", "rs", kHospital, 240, 1600, 170, 84, -4, 4},
  };
  return all;
}

double good_share(const Character& facility, int months_ago, int answers) {
  double usual = facility.good / 100.0;
  if (facility.story == Story::Improvement && months_ago <= kBetterSince) usual += kBetter;
  if (facility.story == Story::Decline && months_ago <= kWorseSince) usual -= kWorse;
  const auto chance = wobble(facility, months_ago) * kSpread / std::sqrt(std::max(1.0, static_cast<double>(answers)));
  return std::clamp(usual + chance, 0.05, 0.97);
}

std::vector<int> unit_weights(const Character& facility) {
  std::vector<int> weights;
  for (const auto unit : facility.units)
    weights.push_back(unit == "Poli Umum" ? 36 : unit == "Farmasi" ? 22 : unit == "Rawat Inap" ? 6 : unit == "Poli Gigi" ? 9 : 14);
  return weights;
}

}  // namespace pilar::app::demo
