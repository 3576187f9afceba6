#include "web/api_indicator_json.h"

#include <algorithm>
#include <array>

#include "i18n/messages.h"
#include "web/api_json.h"
#include "web/kamus_formula.h"
#include "web/result_words.h"

namespace pilar::web {
namespace {

json::Value decimal_json(const std::optional<Decimal>& number) { return number ? json::Value(*number) : json::Value(); }
json::Value count_json(const std::optional<std::int64_t>& count) { return count ? json::Value(*count) : json::Value(); }
json::Value met_json(const std::optional<bool>& met) { return met ? json::Value(*met) : json::Value(); }

void put_words(json::Value& out, std::string_view key, const Words& words) {
  if (!words.empty()) out.set(key, words_json(words));
}

json::Value texts_json(const std::vector<std::string>& texts) {
  json::Array out;
  for (const auto& text : texts) out.emplace_back(text);
  return out;
}

json::Value efforts_json(const Indicator& profile) {
  json::Array out;
  for (const auto& effort : profile.efforts)
    out.emplace_back(json::Object{{"what", words_json(effort.what)}, {"who", words_json(effort.who)}});
  return out;
}

json::Value codes_json(const Indicator& profile) {
  json::Array out;
  for (const auto& code : profile.codes) {
    json::Object one{{"system", code.system}};
    const std::array<std::pair<const char*, const std::string*>, 5> parts{{{"numerator", &code.numerator},
                                                                           {"denominator", &code.denominator},
                                                                           {"value", &code.value},
                                                                           {"option", &code.option},
                                                                           {"set", &code.set}}};
    for (const auto& [key, text] : parts)
      if (!text->empty()) one.emplace_back(key, *text);
    out.emplace_back(std::move(one));
  }
  return out;
}

json::Value versions_json(const app::KamusLine& line, Zone zone) {
  json::Array out;
  for (const auto& version : line.entry->versions) {
    if (!version.published) continue;
    const auto& from = version.profile.valid_from;
    out.emplace_back(json::Object{{"version", std::int64_t{version.profile.version}},
                                  {"valid_from", from ? json::Value(iso(*from)) : json::Value()},
                                  {"saved_at", iso(version.saved_at, zone)}});
  }
  return out;
}

std::string unit_text(const app::KamusLine& line) {
  return line.measure == nullptr ? std::string() : unit_of(line.form->form, *line.measure).behind;
}

std::string_view state_key(app::MonthState state) {
  constexpr std::array<std::string_view, 6> kKeys{"empty", "partly", "complete", "sent", "accepted", "returned"};
  return kKeys.at(static_cast<std::size_t>(state));
}
std::string_view step_key(app::MonthStep step) {
  constexpr std::array<std::string_view, 4> kKeys{"send", "accept", "return", "withdraw"};
  return kKeys.at(static_cast<std::size_t>(step));
}

/// Names of the indicators with these keys; one that is in use no more is left out.
json::Value names_json(const app::MonthReports& reports, const std::vector<IndicatorKey>& keys) {
  json::Array out;
  for (const auto& series : reports.months.series)
    if (std::ranges::find(keys, series.line->entry->id) != keys.end()) out.emplace_back(series.line->entry->key());
  return out;
}

json::Value report_value_json(const app::MonthCard& card, const app::IndicatorSeries& series) {
  const auto id = series.line->entry->id;
  const auto* reading = series.reading(card.month);
  const auto sent = card.sent.find(id);
  const auto note = card.notes.find(id);
  const bool was = sent != card.sent.end();
  return json::Object{{"indicator", series.line->entry->key()},
                      {"target", decimal_json(series.line->target)},
                      {"met", met_json(reading == nullptr ? std::nullopt : meets_target(*reading))},
                      {"now", indicator_value_json(api_value(app::value_now(series, card.month)))},
                      {"sent", was ? indicator_value_json(api_value(sent->second)) : json::Value()},
                      {"sent_version", was ? json::Value(std::int64_t{sent->second.version}) : json::Value()},
                      {"analysis", note == card.notes.end() ? std::string() : note->second.analysis},
                      {"follow_up", note == card.notes.end() ? std::string() : note->second.follow_up}};
}

}  // namespace

json::Value indicator_head_json(const app::KamusView& view, const app::KamusLine& line, const Indicator& profile) {
  const auto* owner = view.reference->organisation.find(line.entry->owner);
  const bool is_facility = view.is_of_facility();
  json::Value out(
      json::Object{{"key", profile.key},
                   {"version", std::int64_t{profile.version}},
                   {"title", words_json(profile.title)},
                   {"area", key_of(service_areas(), profile.area)},
                   {"type", key_of(indicator_types(), profile.type)},
                   {"owner", owner == nullptr ? json::Value() : json::Value(owner->code)},
                   {"mandatory", profile.mandatory},
                   {"used", is_facility ? json::Value(line.used) : json::Value()},
                   {"formula", formula_words(profile)},
                   {"unit", unit_text(line)},
                   {"better", line.measure == nullptr ? json::Value() : json::Value(key_of(directions(), better_of(*line.measure)))},
                   {"target", decimal_json(line.target)}});
  put_words(out, "mark", profile.mark);
  return out;
}

json::Value indicator_json(const app::KamusView& view, const app::KamusLine& line, const Indicator& profile) {
  auto out = indicator_head_json(view, line, profile);
  out.set("valid_from", profile.valid_from ? json::Value(iso(*profile.valid_from)) : json::Value());
  out.set("source", profile.source);
  const std::array<std::pair<const char*, const Words*>, 13> texts{{{"aim", &profile.aim},
                                                                    {"definition", &profile.definition},
                                                                    {"rationale", &profile.rationale},
                                                                    {"numerator", &profile.numerator},
                                                                    {"denominator", &profile.denominator},
                                                                    {"inclusion", &profile.inclusion},
                                                                    {"exclusion", &profile.exclusion},
                                                                    {"method", &profile.method},
                                                                    {"data_source", &profile.data_source},
                                                                    {"sample", &profile.sample},
                                                                    {"sampling", &profile.sampling},
                                                                    {"presentation", &profile.presentation},
                                                                    {"responsible", &profile.responsible}}};
  for (const auto& [key, text] : texts) put_words(out, key, *text);
  out.set("pillar", key_of(pillars(), profile.pillar));
  if (profile.stage) out.set("stage", key_of(indicator_stages(), *profile.stage));
  out.set("level", key_of(indicator_levels(), profile.level));
  if (profile.safety_goal > 0) out.set("safety_goal", std::int64_t{profile.safety_goal});
  out.set("tags", texts_json(profile.tags));
  out.set("facility_types", texts_json(profile.facility_types));
  out.set("rhythm", json::Object{{"collect", std::int64_t{profile.rhythm.collect}},
                                 {"analyse", std::int64_t{profile.rhythm.analyse}},
                                 {"report", std::int64_t{profile.rhythm.report}}});
  out.set("efforts", efforts_json(profile));
  out.set("codes", codes_json(profile));
  out.set("versions", versions_json(line, view.node == nullptr ? Zone::Wib : view.node->zone));
  return out;
}

IndicatorValue api_value(const app::SentValue& value) { return {value.numerator, value.denominator, value.point, value.collected, {}}; }

json::Value indicator_value_json(const IndicatorValue& value) {
  return json::Object{{"numerator", count_json(value.numerator)},
                      {"denominator", count_json(value.denominator)},
                      {"value", value.point ? json::Value(*value.point) : json::Value()},
                      {"state", name(value.state())}};
}

json::Value indicator_months_json(const app::IndicatorMonths& all, const app::IndicatorSeries& series, int months) {
  json::Array out;
  for (Month month{all.until.value - months + 1}; month <= all.until; ++month.value) {
    auto one = indicator_value_json(api_value(app::value_now(series, month)));
    const auto* reading = series.reading(month);
    one.set("month", iso(month));
    one.set("running", all.running <= month);
    one.set("met", met_json(reading == nullptr ? std::nullopt : meets_target(*reading)));
    out.push_back(std::move(one));
  }
  const auto& profile = series.line->profile();
  return json::Object{
      {"indicator", profile.key},        {"version", std::int64_t{profile.version}},    {"title", words_json(profile.title)},
      {"unit", unit_text(*series.line)}, {"target", decimal_json(series.line->target)}, {"months", std::move(out)}};
}

json::Value month_head_json(const app::MonthReports& reports, const app::MonthCard& card) {
  std::optional<Instant> sent;
  for (const auto& event : card.events)
    if (event.step == app::MonthStep::Send) sent = event.at;
  const auto zone = reports.months.kamus.node->zone;
  return json::Object{{"month", iso(card.month)},
                      {"state", state_key(card.state)},
                      {"running", card.running},
                      {"filled", static_cast<std::int64_t>(card.filled)},
                      {"all", static_cast<std::int64_t>(card.all)},
                      {"sent_at", sent ? json::Value(iso(*sent, zone)) : json::Value()},
                      {"changed", names_json(reports, card.changed)},
                      {"unexplained", names_json(reports, card.unexplained)}};
}

json::Value month_report_json(const app::MonthReports& reports, const app::MonthCard& card) {
  const auto zone = reports.months.kamus.node->zone;
  auto out = month_head_json(reports, card);
  json::Array events, values;
  for (const auto& event : card.events)
    events.emplace_back(json::Object{{"step", step_key(event.step)}, {"at", iso(event.at, zone)}, {"reason", event.reason}});
  for (const auto& series : reports.months.series) values.push_back(report_value_json(card, series));
  out.set("place", reports.months.kamus.node->code);
  out.set("as_of", iso(reports.months.as_of, zone));
  out.set("events", std::move(events));
  out.set("values", std::move(values));
  return out;
}

}  // namespace pilar::web
