#include "web/control_guide.h"

#include <algorithm>

#include "i18n/format.h"
#include "i18n/messages.h"
#include "i18n/words/control.h"
#include "i18n/words/mark.h"
#include "web/chart_mark_words.h"
#include "web/forms.h"
#include "web/result_control.h"
#include "web/words.h"

namespace pilar::web {
namespace {

Message why_words(math::SpcChart kind) {
  switch (kind) {
    case math::SpcChart::Run:
      return Msg::ControlWhyRun;
    case math::SpcChart::P:
      return Msg::ControlWhyP;
    case math::SpcChart::Pp:
      return Msg::ControlWhyPp;
    case math::SpcChart::U:
      return Msg::ControlWhyU;
    case math::SpcChart::Up:
      return Msg::ControlWhyUp;
    case math::SpcChart::C:
      return Msg::ControlWhyC;
    case math::SpcChart::G:
      return Msg::ControlWhyG;
    case math::SpcChart::T:
      return Msg::ControlWhyT;
    case math::SpcChart::Xbar:
      return Msg::ControlWhyXbar;
    case math::SpcChart::S:
      return Msg::ControlWhyS;
    case math::SpcChart::I:
    case math::SpcChart::Mr:
      break;
  }
  return Msg::ControlWhyI;
}

std::string advice_words(Lang lang, const Control& control) {
  switch (control.advice) {
    case ControlAdvice::Dispersed:
      return say(lang, Msg::ControlAdviceDispersed, {format::number(lang, control.sigma_z.value_or(1), 1)});
    case ControlAdvice::Rare:
      return words(lang, Msg::ControlAdviceRare);
    case ControlAdvice::Exceeds:
      return words(lang, Msg::ControlAdviceExceeds);
    case ControlAdvice::None:
      break;
  }
  return {};
}

/// Whether the limits follow the number of cases.
bool do_limits_wobble(math::SpcChart kind) {
  using enum math::SpcChart;
  return kind == P || kind == Pp || kind == U || kind == Up || kind == Xbar || kind == S;
}

math::SpcChart kind_shown(const ResultPage& page, const ControlView& view) {
  return page.gaps == nullptr ? view.control.kind : page.gaps->kind;
}

FilterBar chart_filters(const ResultPage& page, const ControlView& view) {
  const auto lang = page.lang;
  std::vector<Option> kinds, rules;
  const auto offer = [&](math::SpcChart kind) {
    const auto name = words(lang, kind_words(kind));
    kinds.push_back({std::string(chart_key(kind)), kind == view.control.usual ? say(lang, Msg::ControlUsualKind, {name}) : name});
  };
  for (const auto kind : control_kinds(view.measure)) offer(kind);
  if (page.view.node->kind == NodeKind::Facility && !page.view.breakdown && !rests_on_reports(view.form, view.measure))
    for (const auto kind : gap_kinds(view.measure)) offer(kind);
  for (const auto one : all_spc_rules()) rules.push_back({std::string(rules_key(one)), words(lang, rules_words(one))});
  FilterBar bar{.action = "/hasil/" + page.address.instrument, .id = "chart"};
  const auto shown = kind_shown(page, view);
  bar.summary = words(lang, kind_words(shown)) + ", " + words(lang, rules_words(view.control.rules));
  bar.filters = {{"bagan", words(lang, Msg::ControlKind), std::string(chart_key(shown)), std::move(kinds)},
                 {"aturan", words(lang, Msg::ControlRuleSet), std::string(rules_key(view.control.rules)), std::move(rules)}};
  bar.kept = page.address.fields();
  std::erase_if(bar.kept, [](const auto& field) { return field.first == "bagan" || field.first == "aturan"; });
  return bar;
}

void draw_mark_buttons(html::Out& o, const ResultPage& page) {
  o.el("div", {{"class", "choices"}}, [&] {
    draw_link_button(o, {words(page.lang, Msg::MarkTitle), page.address.href("/tanda")});
    if (!page.may_mark || !page.address.breakdown.empty()) return;
    const auto add = page.address.href("/tanda/baru");
    draw_link_button(o, {words(page.lang, Msg::MarkAddEvent), add + "&jenis=kejadian"});
    draw_link_button(o, {words(page.lang, Msg::MarkAddBaseline), add + "&jenis=dasar"});
    draw_link_button(o, {words(page.lang, Msg::MarkAddRebase), add + "&jenis=batas"});
  });
}

}  // namespace

void draw_control_guide(html::Out& o, const ResultPage& page) {
  if (page.headline == nullptr || is_cumulative(page.form(), *page.headline->measure)) return;
  const auto lang = page.lang;
  const auto control = control_of(*page.headline->measure, page.view, {page.address.chart, page.address.rules});
  if (control.months < kControlMonths && page.gaps == nullptr) return;
  const auto view = control_view(*page.headline->measure, control, page.view);
  draw_card(o, {.title = words(lang, Msg::ControlRead), .id = "bagan"}, [&] {
    draw_filters(o, lang, chart_filters(page, view));
    const auto kind = kind_shown(page, view);
    std::vector<Fact> facts{{words(lang, Msg::ControlWhyKind), words(lang, why_words(kind)), {}}};
    const auto advice = page.gaps == nullptr ? advice_words(lang, control) : words(lang, Msg::ControlGapNote);
    if (!advice.empty()) facts.front().text += " " + advice;
    if (kind != math::SpcChart::Run) {
      const auto wobble =
          do_limits_wobble(kind) ? say(lang, Msg::ControlWobbleVaries, {cases_words(lang, view)}) : words(lang, Msg::ControlWobbleEven);
      facts.push_back({words(lang, Msg::ControlWobble), wobble, {}});
    }
    facts.push_back({words(lang, Msg::ControlWhatNow), words(lang, Msg::ControlWhatNowText), {}});
    for (const auto& mark : view.marks)
      if (mark.kind == ChartMarkKind::Baseline) facts.push_back({words(lang, Msg::MarkBaseline), mark_words(lang, mark, view.marks), {}});
    draw_facts(o, facts);
    if (page.view.node->kind == NodeKind::Facility) draw_mark_buttons(o, page);
  });
}

}  // namespace pilar::web
