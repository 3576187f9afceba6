#include "web/month_report_parts.h"

#include <algorithm>

#include "i18n/format.h"
#include "i18n/messages.h"
#include "i18n/words/common.h"
#include "i18n/words/indicator.h"
#include "i18n/words/period.h"
#include "i18n/words/validation.h"
#include "web/decision.h"
#include "web/entry_address.h"
#include "web/forms.h"
#include "web/kamus_words.h"
#include "web/month_report_words.h"
#include "web/words.h"

namespace pilar::web {
namespace {

const app::IndicatorSeries* series_of(const app::MonthReports& reports, IndicatorKey id) {
  const auto at = std::ranges::find_if(reports.months.series, [&](const app::IndicatorSeries& one) { return one.line->entry->id == id; });
  return at == reports.months.series.end() ? nullptr : &*at;
}

std::string titles(Lang lang, const std::vector<const app::IndicatorSeries*>& all) {
  std::string out;
  for (const auto* series : all) out += (out.empty() ? "" : ", ") + series->line->profile().title.in(lang);
  return out;
}

/// Each thing that is missing leads to its form.
void draw_missing(html::Out& o, const Visit& visit, const Node& facility, const app::UnitCard& card) {
  o.el("ul", {{"class", "links"}}, [&] {
    for (const auto* series : card.missing)
      o.el("li", {}, [&] {
        auto link = fill_in_link(visit, facility, series->line->form->form.key);
        const auto title = series->line->profile().title.in(visit.lang);
        if (link.href.empty()) return o.text(title);
        if (link.href.starts_with("/isi/")) link.href += "&unit=" + http::percent_encode(card.unit->code);
        o.el("a", {{"href", link.href}}, title);
      });
  });
}

app::MonthCard as_card(const app::UnitCard& unit) {
  app::MonthCard card{.month = unit.month};
  card.filled = unit.filled.size();
  card.all = unit.all();
  card.state = unit.state;
  return card;
}

}  // namespace

const app::ValidationView* MonthParts::validation_of(IndicatorKey indicator) const {
  const auto at =
      std::ranges::find_if(validations, [&](const app::ValidationView& one) { return one.row.indicator == indicator && one.is_closed(); });
  return at == validations.end() ? nullptr : &*at;
}

Result<MonthParts> read_month_parts(const Visit& visit, const app::MonthReports& reports, const app::MonthCard& card) {
  const auto facility = reports.months.kamus.node->key;
  MonthParts parts;
  if (!card.changed.empty()) {
    auto effects = app::read_month_effects(visit.context, *visit.scope, facility, card.month);
    if (!effects) return std::unexpected(effects.error());
    parts.effects = *std::move(effects);
  }
  auto validations = app::list_validations(visit.context, *visit.scope, reports.months.kamus, card.month, {card.month.value + 1});
  if (!validations) return std::unexpected(validations.error());
  parts.validations = *std::move(validations);
  auto units = app::read_unit_months(visit.context, *visit.scope, reports);
  if (!units) return std::unexpected(units.error());
  parts.units = *std::move(units);
  auto period = app::read_period(visit.context, *visit.scope, facility);
  if (!period) return std::unexpected(period.error());
  parts.period = *std::move(period);
  return parts;
}

void draw_effects(html::Out& o, const Visit& visit, const app::MonthReports& reports, const std::vector<app::MonthEffect>& effects) {
  if (effects.empty()) return;
  const auto lang = visit.lang;
  const auto& node = *reports.months.kamus.node;
  const TableHead head{
      .caption = words(lang, Msg::MonthEffects),
      .columns = {{words(lang, Msg::KamusIndicator)}, {words(lang, Msg::MonthEffectChart)}, {words(lang, Msg::MonthEffectReports)}},
      .stacks = true};
  draw_card(o, {.title = words(lang, Msg::MonthEffects), .note = words(lang, Msg::MonthEffectsNote)}, [&] {
    draw_table(o, head, [&](Rows& rows) {
      for (const auto& effect : effects) {
        const auto* series = series_of(reports, effect.indicator);
        if (series == nullptr) continue;
        rows.row([&](Row& row) {
          row.name(series->line->profile().title.in(lang), indicator_result_href(reports.months.kamus, *series->line));
          auto chart = words(lang, effect.moves_limits ? Msg::MonthEffectLimits : Msg::MonthEffectPoint);
          if (effect.adds_up) chart += "; " + words(lang, Msg::MonthEffectYear);
          row.cell(chart);
          row.cell([&] {
            if (effect.reports.empty()) o.text(words(lang, Msg::MonthEffectNoReports));
            for (std::size_t i = 0; i < effect.reports.size(); ++i) {
              if (i > 0) o.text(", ");
              const auto month = effect.reports[i];
              o.el("a", {{"href", month_report_href(node, month)}}, format::month(lang, month));
            }
          });
        });
      }
    });
  });
}

void draw_unit_table(html::Out& o, const Visit& visit, const app::MonthReports& reports, const app::UnitMonths& units, Month month) {
  const auto lang = visit.lang;
  const auto cards = units.of(month);
  if (cards.empty() && units.unfilled.empty()) return;
  const auto& node = *reports.months.kamus.node;
  const TableHead head{.caption = words(lang, Msg::MonthUnits),
                       .columns = {{words(lang, Msg::ValidationUnit)},
                                   {words(lang, Msg::CommonState)},
                                   {words(lang, Msg::MonthUnitIndicators)},
                                   {words(lang, Msg::MonthUnitMissing)}},
                       .stacks = true};
  draw_card(o, {.title = words(lang, Msg::MonthUnits), .note = words(lang, Msg::MonthUnitsNote), .id = "unit"}, [&] {
    if (!cards.empty())
      draw_table(o, head, [&](Rows& rows) {
        for (const auto* card : cards)
          rows.row([&](Row& row) {
            const auto told = tell_state(lang, as_card(*card));
            row.name(card->unit->name, month_report_href(node, {}) + "&unit=" + http::percent_encode(card->unit->code));
            row.cell([&] { draw_badge(o, told.mark, told.words, told.ground); });
            row.cell(filled_words(lang, as_card(*card)));
            row.cell([&] {
              if (card->missing.empty()) return o.text(format::kNone);
              draw_missing(o, visit, node, *card);
            });
          });
      });
    if (!units.unfilled.empty()) o.el("p", {{"class", "note"}}, say(lang, Msg::MonthUnitNobody, {titles(lang, units.unfilled)}));
  });
}

void draw_unit_card(html::Out& o, const Visit& visit, const Node& facility, const app::UnitCard& card) {
  const auto told = tell_state(visit.lang, as_card(card));
  draw_card(o, {.title = format::month(visit.lang, card.month)}, [&] {
    draw_badge(o, told.mark, told.words, told.ground);
    o.el("p", {}, filled_words(visit.lang, as_card(card)));
    if (!card.missing.empty()) draw_missing(o, visit, facility, card);
    o.el("p", {}, [&] { o.el("a", {{"href", month_report_href(facility, card.month)}}, words(visit.lang, Msg::MonthTodoOpen)); });
  });
}

void draw_sending(html::Out& o, const Visit& visit, const Node& facility, const app::MonthSending& sending, const Problems& problems) {
  const auto lang = visit.lang;
  const auto typed = [&](std::string_view name, std::string value) {
    return problems.empty() ? std::move(value) : std::string(visit.field(name));
  };
  draw_card(o, {.title = words(lang, Msg::MonthAuto), .note = words(lang, Msg::MonthAutoNote), .id = "otomatis"}, [&] {
    const Hidden hidden{{"tempat", facility.code}, {"terlihat", typed("terlihat", std::to_string(sending.at.value_or(Instant{}).micros))}};
    draw_post_form(o, visit, "/indikator/laporan/otomatis", hidden, [&] {
      draw_problems(o, lang, problems, [&](std::string_view field) {
        return field == "day" ? words(lang, Msg::MonthAutoDay) : field == "hour" ? words(lang, Msg::MonthAutoHour) : std::string();
      });
      const Option choices[] = {{"ya", words(lang, Msg::MonthAutoYes)}, {"tidak", words(lang, Msg::MonthAutoNo)}};
      Field on{"on", words(lang, Msg::MonthAutoOn), "", typed("on", sending.enabled ? "ya" : "tidak")};
      on.required = true;
      draw_select(o, lang, on, choices);
      const auto whole = [&](const char* name, Message label, int value) {
        Field one{name, words(lang, label), "", typed(name, std::to_string(value))};
        one.required = true;
        one.inputmode = "numeric";
        one.problem = problem_of(lang, problems, name);
        draw_field(o, lang, one);
      };
      whole("day", Msg::MonthAutoDay, sending.day);
      whole("hour", Msg::MonthAutoHour, sending.hour);
      draw_button(o, words(lang, Msg::MonthAutoSave));
    });
  });
}

}  // namespace pilar::web
