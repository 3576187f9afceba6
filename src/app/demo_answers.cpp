#include "app/demo_answers.h"

#include <algorithm>
#include <array>

#include "app/demo_comments.h"

namespace pilar::app::demo {
namespace {

constexpr int kDip = 22;  ///< percentage points lost in a bad month

int good_percent(const Character& facility, int months_ago) {
  const int usual = months_ago < kLater ? facility.good_later : facility.good;
  return months_ago == facility.dip_month ? usual - kDip : usual;
}

RawAnswer one(std::string_view value) { return {{std::string(value)}, {}}; }

/// A scale of 1 to `best`: the upper two options with the given chance.
int draw_code(int best, int percent, Dice& dice) {
  if (dice.chance(percent)) return dice.chance(45) ? best : best - 1;
  if (best > 4 && !dice.chance(70)) return dice.chance(65) ? 2 : 1;
  return best > 4 ? 3 : (dice.chance(80) ? 2 : 1);
}

std::string_view option_key(const Item& item, int code) {
  const auto* option = find_option(item, code);
  require(option != nullptr, "the demonstration answers with options of the form");
  return option->key;
}

void answer_promise(RawAnswers& raw, const Item& item, int percent, Dice& dice) {
  if (item.key == "janji_hari_rawat" && raw.at("kunjungan").values.front() != "rawat_inap") return;
  if (item.key == "janji_obat" && raw.at("resep").values.front() != "ya") return;
  if (dice.chance(6)) return;
  const auto kept = dice.chance(item.key == "janji_obat" ? percent + 4 : std::min(97, percent + 14));
  raw.emplace(item.key, one(dice.chance(5) ? "tidak_berlaku" : kept ? "ditepati" : "tidak"));
}

void answer_attitude(RawAnswers& raw, const Item& item, int percent, Dice& dice) {
  if (dice.chance(12)) {
    raw.emplace(item.key, RawAnswer{{}, Empty::NotObserved});
    return;
  }
  const int share = item.key == "sikap_tepat_waktu" ? percent - 6 : std::min(97, percent + 10);
  raw.emplace(item.key, one(dice.chance(share) ? "ya" : "tidak"));
}

Answers checked(const Instrument& form, const RawAnswers& raw, Day day) {
  auto answers = check_answers(form, raw, day, false);
  require(answers.has_value(), "the demonstration answers as the form allows");
  return *std::move(answers);
}

}  // namespace

std::uint64_t Dice::next() {
  state_ += 0x9E3779B97F4A7C15U;
  auto z = state_;
  z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
  z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
  return z ^ (z >> 31U);
}

std::int64_t Dice::between(std::int64_t low, std::int64_t high) {
  return low + static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(high - low + 1));
}

const std::vector<Character>& characters() {
  static const std::vector<Character> all{
      {.name = "Puskesmas Melati (contoh)",
       .code = "melati-contoh",
       .type = "puskesmas",
       .units = {"Pendaftaran", "Poli Umum", "Poli Gigi", "KIA-KB", "Farmasi", "Rawat Inap"},
       .answers = 76,
       .visits = 1650,
       .stays = 42,
       .good = 75,
       .good_later = 86},
      {.name = "Puskesmas Kenanga (contoh)",
       .code = "kenanga-contoh",
       .type = "puskesmas",
       .units = {"Pendaftaran", "Poli Umum", "Poli Gigi", "KIA-KB", "Farmasi"},
       .answers = 44,
       .visits = 920,
       .good = 81,
       .good_later = 81,
       .dip_month = 4},
      {.name = "Puskesmas Cempaka (contoh)",
       .code = "cempaka-contoh",
       .type = "puskesmas",
       .units = {"Pendaftaran", "Poli Umum", "KIA-KB", "Farmasi"},
       .answers = 33,
       .visits = 540,
       .good = 78,
       .good_later = 78,
       .missing_visits = 2},
      {.name = "Klinik Anggrek (contoh)",
       .code = "anggrek-contoh",
       .type = "klinik",
       .units = {"Pendaftaran", "Poli Umum", "Poli Gigi", "Farmasi"},
       .answers = 22,
       .visits = 26,
       .good = 88,
       .good_later = 88},
  };
  return all;
}

Answers kessan_answers(const Instrument& form, const Character& facility, int months_ago, Day day, Dice& dice) {
  const int percent = good_percent(facility, months_ago);
  const int rating = draw_code(5, percent, dice);
  const bool good = rating >= 4;
  RawAnswers raw;
  raw.emplace("nilai", one(option_key(*form.find("nilai"), rating)));
  raw.emplace("penjamin", one(dice.chance(83) ? "jkn" : "umum"));
  raw.emplace("kunjungan", one(facility.stays > 0 && dice.chance(7) ? "rawat_inap" : "rawat_jalan"));
  raw.emplace("resep", one(dice.chance(72) ? "ya" : "tidak"));
  const bool second_step = dice.chance(40);
  for (const auto& item : form.items) {
    if (item.key.starts_with("janji_")) answer_promise(raw, item, percent + (good ? 6 : -25), dice);
    if (second_step && (item.key.starts_with("sikap_") || item.key.starts_with("s_"))) answer_attitude(raw, item, percent, dice);
  }
  if (dice.chance(good ? 22 : 55)) raw.emplace("pesan", one(draw_comment(good, dice)));
  return checked(form, raw, day);
}

Answers skm_answers(const Instrument& form, const Character& facility, int months_ago, Day day, Dice& dice) {
  RawAnswers raw;
  for (const auto& item : form.items) {
    if (item.kind != ItemKind::Scale || dice.chance(3)) continue;
    const int percent = good_percent(facility, months_ago) + (item.key == "waktu" ? -14 : item.key == "perilaku" ? 8 : 2);
    raw.emplace(item.key, one(option_key(item, item.key == "biaya" ? (dice.chance(88) ? 4 : 3) : draw_code(4, percent, dice))));
  }
  raw.emplace("jenis_kelamin", one(dice.chance(62) ? "perempuan" : "laki_laki"));
  raw.emplace("usia", one(std::to_string(dice.between(17, 78))));
  raw.emplace("pendidikan", one(option_key(*form.find("pendidikan"), static_cast<int>(dice.between(2, 6)))));
  if (dice.chance(15)) raw.emplace("saran", one(draw_comment(dice.chance(60), dice)));
  return checked(form, raw, day);
}

Answers visit_answers(const Instrument& form, const Character& facility, std::size_t unit, Day day, Dice& dice) {
  // The visits of a unit are those it treated, so that they add up to those of the facility.
  const bool ward = facility.units[unit] == "Rawat Inap";
  const auto units = static_cast<std::int64_t>(facility.units.size()) - (facility.stays > 0 ? 1 : 0);
  const auto share = facility.visits / units + (static_cast<std::int64_t>(unit) < facility.visits % units ? 1 : 0);
  const auto wobble = share > 20 ? dice.between(-share / 12, share / 12) : 0;
  RawAnswers raw;
  raw.emplace("rawat_jalan", one(std::to_string(ward ? 0 : share + wobble)));
  raw.emplace("rawat_inap", one(std::to_string(ward ? facility.stays + dice.between(-6, 6) : 0)));
  return checked(form, raw, day);
}

}  // namespace pilar::app::demo
