#include "web/style_samples.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "i18n/format.h"

namespace pilar::web {
namespace {

/// KESSAN answers of a made-up health centre, December 2024 to November 2026: satisfied, of all.
constexpr std::array<std::pair<int, int>, 24> kMonths{{{37, 48}, {37, 52}, {43, 55}, {37, 50}, {46, 61}, {46, 58}, {34, 47}, {41, 53},
                                                       {44, 60}, {39, 56}, {38, 49}, {41, 54}, {38, 51}, {44, 57}, {34, 62}, {43, 58},
                                                       {44, 55}, {53, 63}, {52, 60}, {51, 62}, {51, 58}, {56, 66}, {57, 66}, {19, 22}}};

double percent_of(std::pair<int, int> month) { return 100.0 * month.first / month.second; }

SpcPoint point(Lang lang, std::size_t i) {
  constexpr double kCentre = 75.12;
  constexpr std::size_t kOutside = 14, kRise = 16;
  const Month month{(2024 - 1970) * 12 + 11 + static_cast<int>(i)};
  const auto reach = 3 * std::sqrt(kCentre * (100 - kCentre) / kMonths[i].second);
  const auto short_name = format::short_month(lang, month);
  const bool first = i == 0 || month.value % 12 == 0;
  return {.tick = first ? short_name.substr(0, 3) + "\n" + short_name.substr(4) : short_name.substr(0, 3),
          .name = format::month(lang, month),
          .value = percent_of(kMonths[i]),
          .lower = kCentre - reach,
          .centre = kCentre,
          .upper = std::min(100.0, kCentre + reach),
          .mark = i == kOutside ? Mark::Concern
                  : i >= kRise  ? Mark::Improvement
                                : Mark::Common,
          .cases = std::to_string(kMonths[i].first) + (lang == Lang::Id ? " dari " : " of ") + std::to_string(kMonths[i].second),
          .open = i + 1 == kMonths.size(),
          .labelled = i == kOutside || i + 2 == kMonths.size()};
}

}  // namespace

SpcChart sample_control_chart(const Sample& s) {
  SpcChart chart{
      .id = "bagan",
      .finding = s.in("Sejak April 2026 kepuasan benar-benar naik, bukan kebetulan",
                      "Since April 2026 satisfaction has really risen, not by chance"),
      .measure = s.in("Persentase peserta yang memberi nilai 4 atau 5, per bulan. Sumbu tegak mulai dari 40%.",
                      "Percentage of participants who rated 4 or 5, by month. The axis starts at 40%."),
      .notes = {{14,
                 s.in("9–20 Februari 2026: mesin antrean rusak.", "9–20 February 2026: queue machine broken."),
                 {s.in("Temuan T-031", "Finding T-031"), "#"}},
                {16,
                 s.in("1 April 2026: loket kedua dan antrean dari rumah.", "1 April 2026: second counter and queueing from home."),
                 {s.in("Tindakan TM-014", "Action TM-014"), "#"}}},
      .target = 85,
      .target_words = "≥ 85%",
      .axis = {40, 100},
      .step = 20,
      .unit = {"%", 1},
      .source = {s.in("Bagan p, 22–66 jawaban per bulan", "p chart, 22–66 answers a month"),
                 s.in("Garis tengah dari Desember 2024–November 2025", "Centre line from December 2024–November 2025"),
                 s.in("Aturan NHS v1", "NHS rules v1"), s.in("Sumber: KESSAN versi 1", "Source: KESSAN version 1")}};
  for (std::size_t i = 0; i < kMonths.size(); ++i) chart.points.push_back(point(s.lang(), i));
  return chart;
}

FunnelChart sample_funnel_chart(const Sample& s) {
  constexpr double kCentre = 81.7;
  FunnelChart chart{.id = "corong",
                    .finding = s.in("Hanya 3 yang benar-benar berbeda", "Only 3 are really different"),
                    .measure = s.in("Puas menurut jumlah jawaban, Mei–Oktober 2026. Di dalam corong, beda antarfasilitas bisa kebetulan.",
                                    "Satisfied by number of answers, May–October 2026. Inside the funnel, differences may be chance."),
                    .size_words = s.in("jawaban", "answers"),
                    .points = {{"Puskesmas Seruni", 402, 93.0, Mark::Improvement},
                               {"Puskesmas Kenanga", 311, 69.0, Mark::Concern},
                               {"Klinik Bina Contoh", 240, 70.6, Mark::Concern},
                               {"Puskesmas Melati", 375, 85.3},
                               {"RSUD Contoh", 522, 79.2},
                               {"RS Contoh Medika", 464, 82.0},
                               {"Klinik Sehat Contoh", 205, 80.1},
                               {"Puskesmas Dahlia", 286, 84.1},
                               {"Klinik Kasih Contoh", 118, 79.8, Mark::Common, true},
                               {"Klinik Teratai", 150, 85.4, Mark::Common, true}},
                    .limits = {{"99,8%", true}, {"95%", false}},
                    .centre = kCentre,
                    .axis = {50, 100},
                    .unit = {"%", 1},
                    .source = {s.in("Batas 95% dan 99,8%", "95% and 99.8% limits"), s.in("Tidak ada peringkat", "No ranking")}};
  for (int n = 20; n <= 600; n += 10) {
    chart.sizes.push_back(n);
    constexpr double kWidths[] = {3.09, 1.96};
    for (std::size_t i = 0; i < 2; ++i) {
      const auto reach = kWidths[i] * std::sqrt(kCentre * (100 - kCentre) / n);
      chart.limits[i].lower.push_back(kCentre - reach);
      chart.limits[i].upper.push_back(std::min(100.0, kCentre + reach));
    }
  }
  return chart;
}

LineChart sample_line_chart(const Sample& s) {
  LineChart chart{
      .id = "garis",
      .finding = s.in("Biaya per peserta naik lebih cepat daripada iuran", "Cost per member rises faster than contributions"),
      .measure = s.in("Ribu rupiah per peserta per bulan, angka buatan.", "Thousand rupiah per member and month, made-up figures."),
      .lines = {{s.in("Biaya", "Cost"), {31, 33, 36, 38, 42, 45}}, {s.in("Iuran", "Contributions"), {34, 35, 36, 37, 38, 39}, true}},
      .lower = {29, 31, 33, 34, 37, 39},
      .upper = {33, 35, 39, 42, 47, 51},
      .axis = {0, 60},
      .unit = {"", 0}};
  for (int year = 2021; year <= 2026; ++year) chart.ticks.push_back(std::to_string(year));
  return chart;
}

std::vector<Part> sample_promise(const Sample& s, std::int64_t kept, std::int64_t broken, std::int64_t outside) {
  return {{s.in("Janji ditepati", "Promise kept"), kept, Tone::Kept},
          {s.in("Tidak", "Not kept"), broken, Tone::Broken},
          {s.in("Tidak berlaku", "Not applicable"), outside, Tone::Outside}};
}

}  // namespace pilar::web
