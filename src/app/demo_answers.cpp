#include "app/demo_answers.h"

#include <algorithm>
#include <array>
#include <numeric>

#include "app/demo_comments.h"

namespace pilar::app::demo {
namespace {

constexpr int kUnlikeTreatment = 30;

RawAnswer one(std::string_view value) { return {{std::string(value)}, {}}; }

std::string_view option_key(const Item& item, int code) {
  const auto* option = find_option(item, code);
  require(option != nullptr, "the demonstration answers with options of the form");
  return option->key;
}

/// Points that what people saw adds to or takes from single questions.
int leaning(const Person& person) { return person.rating >= 4 ? 8 : person.rating == 3 ? -8 : -34; }

/// Where things go downhill, JKN members feel it first: a difference that the comparison by payer must find.
int courtesy_lost(const RawAnswers& raw, const Person& person) {
  return person.facility.story == Story::Decline && raw.at("penjamin").values.front() == "jkn" ? kUnlikeTreatment : 0;
}

void answer_promise(RawAnswers& raw, const Item& item, const Person& person, Dice& dice) {
  if (item.key == "janji_hari_rawat" && !person.is_staying) return;
  if (item.key == "janji_obat" && raw.at("resep").values.front() != "ya") return;
  if (dice.chance(6)) return;
  auto usual = item.key == "janji_obat" ? 80 : 91;
  if (item.key == "janji_ramah") usual = 88 + person.facility.manner / 2 - courtesy_lost(raw, person);
  const auto kept = dice.chance(std::clamp(usual + leaning(person), 20, 98));
  raw.emplace(item.key, one(dice.chance(5) ? "tidak_berlaku" : kept ? "ditepati" : "tidak"));
}

void answer_attitude(RawAnswers& raw, const Item& item, const Person& person, Dice& dice) {
  if (dice.chance(12)) {
    raw.emplace(item.key, RawAnswer{{}, Empty::NotObserved});
    return;
  }
  const bool about_time = item.key == "sikap_tepat_waktu";
  const auto usual = about_time ? 76 + person.facility.waiting : 86 + person.facility.manner;
  raw.emplace(item.key, one(dice.chance(std::clamp(usual + leaning(person), 15, 98)) ? "ya" : "tidak"));
}

Answers checked(const Instrument& form, const RawAnswers& raw, Day day) {
  auto answers = check_answers(form, raw, day, false);
  require(answers.has_value(), "the demonstration answers as the form allows");
  return *std::move(answers);
}

/// One of four options, the upper two with the given chance.
int draw_of_four(int percent, Dice& dice) {
  if (dice.chance(std::clamp(percent, 10, 97))) return dice.chance(45) ? 4 : 3;
  return dice.chance(80) ? 2 : 1;
}

int unsur_percent(const Character& facility, std::string_view key, int good) {
  if (key == "waktu") return good - 12 + facility.waiting;
  if (key == "perilaku" || key == "kompetensi") return good + 6 + facility.manner;
  return good + 2;
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

std::size_t Dice::pick(std::span<const int> weights) {
  auto left = between(1, std::accumulate(weights.begin(), weights.end(), std::int64_t{0}));
  for (std::size_t i = 0; i < weights.size(); ++i) {
    left -= weights[i];
    if (left <= 0) return i;
  }
  return weights.size() - 1;
}

std::string Dice::one_of(std::span<const std::string_view> words) {
  return std::string(words[static_cast<std::size_t>(between(0, std::ssize(words) - 1))]);
}

std::vector<int> draw_ratings(int count, double good, Dice& dice) {
  const double bad = 1 - good;
  const std::array<double, 5> shares{bad * 0.105, bad * 0.195, bad * 0.7, good * 0.55, good * 0.45};
  std::vector<int> ratings;
  for (int i = 0; i < count; ++i) {
    double at = (i + 0.5) / count;
    int code = 1;
    while (code < 5 && at > shares.at(static_cast<std::size_t>(code) - 1)) at -= shares.at(static_cast<std::size_t>(code++) - 1);
    ratings.push_back(code);
  }
  for (auto i = ratings.size(); i > 1; --i)
    std::swap(ratings[i - 1], ratings[static_cast<std::size_t>(dice.between(0, static_cast<std::int64_t>(i) - 1))]);
  return ratings;
}

Answers typed_answers(const Instrument& form, const Typed& fields, Day day) {
  RawAnswers raw;
  for (const auto& [key, value] : fields) raw.emplace(key, one(value));
  return checked(form, raw, day);
}

Answers kessan_answers(const Instrument& form, const Person& person, Dice& dice) {
  const bool good = person.rating >= 4;
  RawAnswers raw;
  raw.emplace("nilai", one(option_key(*form.find("nilai"), person.rating)));
  raw.emplace("penjamin", one(dice.chance(83) ? "jkn" : "umum"));
  raw.emplace("kunjungan", one(person.is_staying ? "rawat_inap" : "rawat_jalan"));
  raw.emplace("resep", one(dice.chance(72) ? "ya" : "tidak"));
  const bool second_step = dice.chance(40);
  for (const auto& item : form.items) {
    if (item.key.starts_with("janji_")) answer_promise(raw, item, person, dice);
    if (second_step && (item.key.starts_with("sikap_") || item.key.starts_with("s_"))) answer_attitude(raw, item, person, dice);
  }
  if (dice.chance(good ? 14 : 45)) raw.emplace("pesan", one(draw_comment(person, dice)));
  return checked(form, raw, person.day);
}

Answers skm_answers(const Instrument& form, const Person& person, double good, Dice& dice) {
  RawAnswers raw;
  const auto percent = static_cast<int>(good * 100);
  for (const auto& item : form.items) {
    if (item.kind != ItemKind::Scale || dice.chance(3)) continue;
    const auto code =
        item.key == "biaya" ? (dice.chance(88) ? 4 : 3) : draw_of_four(unsur_percent(person.facility, item.key, percent), dice);
    raw.emplace(item.key, one(option_key(item, code)));
  }
  raw.emplace("jenis_kelamin", one(dice.chance(62) ? "perempuan" : "laki_laki"));
  raw.emplace("usia", one(std::to_string(dice.between(17, 78))));
  raw.emplace("pendidikan", one(option_key(*form.find("pendidikan"), static_cast<int>(dice.between(2, 6)))));
  if (dice.chance(15)) raw.emplace("saran", one(draw_comment(person, dice)));
  return checked(form, raw, person.day);
}

Answers visit_answers(const Instrument& form, std::int64_t visits, std::int64_t stays, Day day) {
  RawAnswers raw;
  raw.emplace("rawat_jalan", one(std::to_string(visits)));
  raw.emplace("rawat_inap", one(std::to_string(stays)));
  return checked(form, raw, day);
}

}  // namespace pilar::app::demo
