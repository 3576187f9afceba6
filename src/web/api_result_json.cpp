#include <array>

#include "i18n/messages.h"
#include "interchange/pack.h"
#include "web/api_json.h"
#include "web/result_words.h"

namespace pilar::web {
namespace {

json::Value pair_or_null(const std::optional<math::Interval>& interval) {
  if (!interval) return nullptr;
  return json::Array{interval->low, interval->high};
}

json::Value double_or_null(const std::optional<double>& value) { return value ? json::Value(*value) : json::Value(); }

json::Value unsur_json(const Instrument& form, const MeasureReading& reading) {
  json::Array out;
  for (std::size_t i = 0; i < reading.skm->unsur.size(); ++i) {
    const auto& unsur = reading.skm->unsur[i];
    json::Object one{{"item", reading.measure->items[i]}, {"title", words_json(form.find(reading.measure->items[i])->label)}};
    one.emplace_back("nrr", unsur ? json::Value(unsur->nrr) : json::Value());
    one.emplace_back("index", unsur ? json::Value(unsur->index) : json::Value());
    one.emplace_back("grade", unsur ? json::Value(math::name(unsur->grade)) : json::Value());
    out.emplace_back(std::move(one));
  }
  return out;
}

json::Value reading_json(Lang lang, const Instrument& form, const MeasureReading& reading) {
  const auto& measure = *reading.measure;
  const auto told = tell(lang, form, reading);
  const bool shared = measure.kind == MeasureKind::Share || measure.kind == MeasureKind::Ratio;
  json::Object out{{"measure", measure.key}, {"type", pack_word(measure.kind)}, {"title", words_json(measure.title)}, {"n", told.n}};
  auto value = double_or_null(told.point);
  if (measure.kind == MeasureKind::Sum) value = reading.total ? json::Value(*reading.total) : json::Value();
  if (reading.skm && reading.skm->ikm_2dec) value = *reading.skm->ikm_2dec;
  out.emplace_back("value", std::move(value));
  out.emplace_back("unit", shared && is_share(measure) ? json::Value("%") : json::Value(unit_of(form, measure).behind));
  out.emplace_back("interval", pair_or_null(told.reach));
  out.emplace_back("numerator", shared ? json::Value(reading.share.numerator) : json::Value());
  out.emplace_back("denominator", shared ? json::Value(reading.share.denominator) : json::Value());
  out.emplace_back("target", measure.target ? json::Value(*measure.target) : json::Value());
  if (reading.skm) {
    out.emplace_back("grade", reading.skm->grade ? json::Value(math::name(*reading.skm->grade)) : json::Value());
    out.emplace_back("unsur", unsur_json(form, reading));
  }
  return out;
}

json::Value readings_json(Lang lang, const Instrument& form, const std::vector<MeasureReading>& readings) {
  json::Array out;
  for (const auto& reading : readings) out.push_back(reading_json(lang, form, reading));
  return out;
}

json::Value need_json(const Need& need) {
  constexpr std::array<std::string_view, 6> kStates{"visits_unknown", "no_visits", "no_minimum", "short", "met", "more_than_visits"};
  const auto number = [](const std::optional<std::int64_t>& n) { return n ? json::Value(*n) : json::Value(); };
  return json::Object{{"state", kStates.at(static_cast<std::size_t>(need.state))},
                      {"answers", need.answers},
                      {"visits", number(need.visits)},
                      {"required", number(need.required)}};
}

json::Value item_reading_json(const Instrument& form, const ItemReading& reading) {
  const auto& item = form.items[reading.item];
  json::Array options;
  for (const auto& option : item.options) {
    if (option.not_applicable) continue;
    const auto at = reading.options.find(option.code);
    options.emplace_back(json::Object{{"key", option.key}, {"n", at == reading.options.end() ? std::int64_t{0} : at->second}});
  }
  return json::Object{{"item", item.key},
                      {"label", words_json(item.label)},
                      {"answered", reading.answered},
                      {"not_applicable", reading.not_applicable},
                      {"not_observed", reading.not_observed},
                      {"options", std::move(options)},
                      {"mean", double_or_null(reading.mean)},
                      {"total", reading.total ? json::Value(*reading.total) : json::Value()}};
}

json::Value part_json(Lang lang, const app::ResultView& view, const app::ResultPart& part) {
  const auto& organisation = view.reference->organisation;
  const auto* node = organisation.find(part.place);
  const auto* unit = part.unit ? organisation.find_unit(part.place, *part.unit) : nullptr;
  json::Object out{{"place", node == nullptr ? json::Value() : json::Value(node->code)},
                   {"unit", unit == nullptr ? json::Value() : json::Value(unit->code)},
                   {"name", part.name},
                   {"records", part.records},
                   {"measures", readings_json(lang, view.version->form, part.measures)},
                   {"need", part.need ? need_json(*part.need) : json::Value()}};
  return out;
}

}  // namespace

json::Value result_json(Lang lang, const app::ResultView& view) {
  const auto& form = view.version->form;
  json::Array trend, parts, items, needs;
  for (const auto& month : view.trend)
    trend.emplace_back(json::Object{{"month", iso(month.month)},
                                    {"running", month.running},
                                    {"records", month.records},
                                    {"measures", readings_json(lang, form, month.measures)}});
  for (const auto& part : view.parts) parts.push_back(part_json(lang, view, part));
  for (const auto& item : view.items) items.push_back(item_reading_json(form, item));
  for (const auto& [month, need] : view.needs) {
    auto one = need_json(need);
    one.set("month", iso(month));
    needs.push_back(std::move(one));
  }
  return json::Object{{"instrument", form.key},
                      {"version", std::int64_t{form.version}},
                      {"place", view.node->code},
                      {"unit", view.unit == nullptr ? json::Value() : json::Value(view.unit->code)},
                      {"from", iso(view.period.from)},
                      {"to", iso(Day{view.period.to.value - 1})},
                      {"breakdown", view.breakdown ? json::Value(view.breakdown->item + ":" + view.breakdown->option) : json::Value()},
                      {"as_of", iso(view.as_of, view.node->zone)},
                      {"facilities", static_cast<std::int64_t>(view.facilities)},
                      {"records", view.records},
                      {"measures", readings_json(lang, form, view.measures)},
                      {"items", std::move(items)},
                      {"trend", std::move(trend)},
                      {"parts", std::move(parts)},
                      {"needs", std::move(needs)}};
}

}  // namespace pilar::web
