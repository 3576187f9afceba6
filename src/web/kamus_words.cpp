#include "web/kamus_words.h"

#include <algorithm>

#include "base/text.h"
#include "domain/place.h"
#include "domain/target_range.h"
#include "i18n/format.h"
#include "i18n/words/indicator.h"
#include "i18n/words/result.h"
#include "web/result_address.h"
#include "web/result_words.h"
#include "web/words.h"

namespace pilar::web {

const Node* asked_place(const Visit& visit) {
  const auto& organisation = visit.reference->organisation;
  const auto code = visit.form.empty() ? visit.request.param("tempat") : visit.field("tempat");
  return code.empty() ? organisation.find(visit.why->place) : organisation.find(code);
}

Result<app::KamusView> read_kamus_request(const Visit& visit) {
  const auto* node = asked_place(visit);
  if (node == nullptr) return refuse(Problem::Kind::NotFound, Msg::ResultUnknownPlace, "tempat");
  return app::read_kamus_of(visit.context, *visit.scope, node->key);
}

std::string kamus_href(const app::KamusView& view, std::string_view path, const http::Fields& more) {
  http::Fields query{{"tempat", view.node == nullptr ? std::string() : view.node->code}};
  query.insert(query.end(), more.begin(), more.end());
  return http::target_of("/kamus" + std::string(path), query);
}

std::string entry_href(const app::KamusView& view, const app::KamusLine& line, std::string_view below) {
  return kamus_href(view, "/" + line.entry->key() + std::string(below));
}

std::string indicator_result_href(const app::KamusView& view, const app::KamusLine& line) {
  if (line.measure == nullptr || view.node == nullptr) return {};
  if (!line.profile().sum_of.empty()) return entry_href(view, line);
  return "/hasil/" + line.form->form.key + "?tempat=" + http::percent_encode(view.node->code) + "&ukuran=" + line.measure->key;
}

std::string kamus_place(Lang lang, const app::KamusView& view) {
  return view.node == nullptr ? words(lang, Msg::KamusOwnerEverywhere) : view.node->name;
}

std::string target_range_words(Lang lang, const app::KamusLine& line) {
  if (line.measure == nullptr || line.form == nullptr) return {};
  const auto* scale = line.measure->items.empty() ? nullptr : line.form->form.find(line.measure->items.front());
  const auto range = target_range(*line.measure, scale);
  if (!range) return {};
  return say(lang, Msg::KamusTargetRange, {format::number(lang, range->low), format::number(lang, range->high)});
}

std::string target_of_indicator(Lang lang, const app::KamusLine& line, const std::optional<Decimal>& target) {
  if (!target) return {};
  const auto behind = line.measure == nullptr ? std::string() : unit_of(line.form->form, *line.measure).behind;
  const bool lower = line.measure != nullptr && better_of(*line.measure) == Better::Lower;
  return say(lang, lower ? Msg::KamusAtMost : Msg::KamusAtLeast, {format::number(lang, *target) + behind});
}

std::optional<Decimal> read_target(const Visit& visit, Problems& wrong) {
  std::string typed(trim(visit.field("target")));
  if (typed.empty()) return {};
  std::ranges::replace(typed, ',', '.');
  const auto target = parse_decimal(typed);
  if (!target) wrong.push_back({Problem::Kind::Invalid, Msg::IndicatorBadTarget, "target", {}});
  return target;
}

std::string months_words(Lang lang, int months) {
  switch (months) {
    case 1:
      return words(lang, Msg::KamusMonthly);
    case 3:
      return words(lang, Msg::KamusQuarterly);
    case 6:
      return words(lang, Msg::KamusHalfYearly);
    case 12:
      return words(lang, Msg::KamusYearly);
    default:
      return say(lang, Msg::KamusEveryMonths, {std::to_string(months)});
  }
}

std::string tag_words(Lang lang, std::span<const TagSet> sets, std::string_view path) {
  const auto* tag = find_tag(sets, path);
  if (tag == nullptr) return std::string(path);
  const auto set = std::ranges::find_if(sets, [&](const TagSet& one) { return path.starts_with(one.key + "/"); });
  return tag->label.in(lang) + " (" + set->title.in(lang) + ")";
}

std::string types_words(Lang lang, const Indicator& indicator) {
  if (indicator.facility_types.empty()) return words(lang, Msg::KamusAllTypes);
  std::string out;
  for (const auto& key : indicator.facility_types)
    if (const auto* type = find_facility_type(key)) out += (out.empty() ? "" : ", ") + words(lang, type->title);
  return out;
}

IndicatorBadge badge_of(Lang lang, const app::KamusView& view, const app::KamusLine& line) {
  if (!line.version->published) return {Mark::Open, words(lang, Msg::KamusDraft)};
  if (line.use.mandatory) return {Mark::Done, words(lang, Msg::KamusMandatory)};
  if (line.used) return {Mark::Done, words(lang, Msg::KamusUsed)};
  if (view.node != nullptr && line.entry->owner == view.node->key && view.node->kind == NodeKind::Facility)
    return {Mark::None, words(lang, Msg::KamusOwn)};
  return {};
}

void draw_not_a_target(html::Out& o, Lang lang) { o.el("p", {{"class", "note"}}, say(lang, Msg::KamusNotATarget)); }

}  // namespace pilar::web
