#include <array>

#include "app/calc_method.h"
#include "i18n/words/calc.h"
#include "math/rational.h"

namespace pilar::calc {
namespace {

constexpr std::string_view kKbkSchema = R"json({
  "properties": {
    "facility_type": {"description": "klinik_pratama stands for RS kelas D pratama too.", "enum": ["puskesmas", "klinik_pratama"]},
    "rates": {
      "description": "angka_kontak per mil, rrns and rppt per cent.", "type": "object", "additionalProperties": false, "required": ["angka_kontak", "rrns", "rppt"],
      "properties": {
        "angka_kontak": {"type": "number", "x-exact": true, "minimum": 0}, "rrns": {"type": "number", "x-exact": true, "minimum": 0, "maximum": 100}, "rppt": {"type": "number", "x-exact": true, "minimum": 0, "maximum": 100}
      }
    },
    "ratings": {
      "description": "Instead of rates: 1 to 4 each.", "type": "object", "additionalProperties": false, "required": ["angka_kontak", "rrns", "rppt"],
      "properties": {
        "angka_kontak": {"type": "integer", "minimum": 1, "maximum": 4}, "rrns": {"type": "integer", "minimum": 1, "maximum": 4}, "rppt": {"type": "integer", "minimum": 1, "maximum": 4}
      }
    },
    "capitation": {"description": "Capitation of the month before KBK.", "x-unit": "rupiah", "type": "integer", "minimum": 0, "maximum": 1000000000000000}
  },
  "required": ["facility_type"],
  "x-output": {
    "ratings": "by indicator, 1 to 4", "weighted": "by indicator: weight x rating", "score": "their sum, 1 to 4", "payment_pct": "per cent of the capitation that is paid",
    "payment": "whole rupiah; null without capitation", "lost": "capitation - payment; null without capitation",
    "lost_by_indicator": "lost, shared in proportion to the weighted points missing to 4, whole rupiah; null without capitation"
  },
  "x-source": ["Peraturan BPJS Kesehatan 7/2019: weights 40, 50, 10 per cent; targets 150 per mil, 2 per cent, 5 per cent; payment 100, 95/97, 90/96, 85/95 per cent."],
  "examples": [{"facility_type": "puskesmas", "rates": {"angka_kontak": 152.3, "rrns": 2.2, "rppt": 5}, "capitation": 72000000}]
})json";

struct KbkIndicator {
  std::string_view name;
  std::int64_t weight;              ///< tenths
  bool more_is_better;
  std::array<std::int64_t, 3> cut;  ///< tenths: rating 4, then the bounds to 3 and 2
};
constexpr std::array<KbkIndicator, 3> kIndicators{
    {{"angka_kontak", 4, true, {1500, 1450, 1400}}, {"rrns", 5, false, {20, 25, 30}}, {"rppt", 1, true, {50, 40, 30}}}};

std::int64_t rating(const KbkIndicator& indicator, const Decimal& rate) {
  std::int64_t missed = 0;
  for (std::size_t i = 0; i < indicator.cut.size(); ++i) {
    const auto cut = *Decimal::make(indicator.cut[i], 1);
    // Angka kontak 145 and 140 already belong to the lower rating, 150 to the highest; RPPT 4 and 3 to the higher one.
    const bool bound_is_in = i == 0 || indicator.name == "rppt";
    const bool reached = indicator.more_is_better ? (bound_is_in ? rate >= cut : rate > cut) : rate <= cut;
    missed += reached ? 0 : 1;
  }
  return 4 - missed;
}

std::int64_t payment_percent(std::int64_t tenths, bool puskesmas) {
  constexpr std::array<std::int64_t, 4> kPuskesmas{85, 90, 95, 100}, kKlinik{95, 96, 97, 100};
  const auto step = static_cast<std::size_t>(tenths / 10 - 1);
  return puskesmas ? kPuskesmas[step] : kKlinik[step];
}

/// The loss by missing weighted points, whole rupiah that add up: the last indicator that lost anything takes the rounding.
json::Value lost_by_indicator(std::int64_t lost, const std::array<std::int64_t, 3>& missing, std::int64_t all_missing) {
  json::Value out(json::Object{});
  std::int64_t points = 0, given = 0;
  for (std::size_t i = 0; i < kIndicators.size(); ++i) {
    points += missing[i];
    const auto so_far =
        all_missing == 0 ? 0 : (math::Rational(lost) * math::Rational(points) / math::Rational(all_missing)).rounded(0)->scaled(0).value();
    out.set(kIndicators[i].name, so_far - given);
    given = so_far;
  }
  return out;
}

Outcome run_kbk(const Input& input) {
  const bool by_rate = input.has("rates");
  if (by_rate && input.has("ratings")) return refuse(Code::FieldUnknown, "ratings", Msg::CalcEitherOr, {"rates", "ratings"});
  if (!by_rate && !input.has("ratings")) return refuse(Code::FieldMissing, "rates", Msg::CalcNeither, {"rates", "ratings"});
  const auto& given = input.at(by_rate ? "rates" : "ratings");
  json::Value ratings(json::Object{}), weighted(json::Object{});
  std::array<std::int64_t, 3> missing{};
  std::int64_t tenths = 0;
  for (std::size_t i = 0; i < kIndicators.size(); ++i) {
    const auto& indicator = kIndicators[i];
    const auto& value = *given.find(indicator.name);
    const auto one = by_rate ? rating(indicator, *value.to_decimal()) : *value.to_int();
    ratings.set(indicator.name, one);
    weighted.set(indicator.name, *Decimal::make(indicator.weight * one, 1));
    tenths += indicator.weight * one;
    missing[i] = indicator.weight * (4 - one);
  }
  const auto percent = payment_percent(tenths, input.word("facility_type") == "puskesmas");
  Output out;
  out.set("ratings", std::move(ratings));
  out.set("weighted", std::move(weighted));
  out.set("score", *Decimal::make(tenths, 1));
  out.set("payment_pct", percent);
  for (const auto* key : {"payment", "lost", "lost_by_indicator"}) out.set(key, nullptr);
  if (!input.has("capitation")) return out;
  const auto capitation = input.whole("capitation");
  const auto payment = (math::Rational(capitation) * math::Rational(percent) / math::Rational(100)).rounded(0)->scaled(0).value();
  constexpr std::int64_t kFullScore = 40;
  out.set("payment", payment);
  out.set("lost", capitation - payment);
  out.set("lost_by_indicator", lost_by_indicator(capitation - payment, missing, kFullScore - tenths));
  return out;
}

}  // namespace

constinit const Method kKbk{"kbk", Msg::CalcKbk, kKbkSchema, run_kbk};

}  // namespace pilar::calc
