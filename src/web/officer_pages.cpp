#include <array>

#include "app/audit.h"
#include "app/officer_values.h"
#include "i18n/format.h"
#include "i18n/words/entry.h"
#include "i18n/words/formula.h"
#include "i18n/words/indicator.h"
#include "i18n/words/result.h"
#include "web/audit_words.h"
#include "web/forms.h"
#include "web/frame.h"
#include "web/kamus_pages.h"
#include "web/kamus_words.h"
#include "web/month_address.h"
#include "web/result_address.h"
#include "web/result_words.h"
#include "web/site.h"
#include "web/words.h"

namespace pilar::web {
namespace {

class OfficersPage {
 public:
  OfficersPage(const Visit& visit, const app::OfficerValues& values) : visit_(visit), lang_(visit.lang), values_(values) {}

  std::string draw() const {
    auto frame = staff_page(visit_, Place::Indicators, in(Msg::OfficerTitle));
    frame.place = values_.kamus.node->name + " · " + format::month(lang_, values_.month);
    frame.as_of = as_of(lang_, visit_.context.clock.now(), values_.kamus.node->zone);
    frame.path = {{in(Msg::IndicatorPageTitle), "/indikator?tempat=" + http::percent_encode(values_.kamus.node->code)}};
    frame.actions = [&](html::Out& o) { draw_action_button(o, "print", in(Msg::ResultPrint)); };
    return draw_staff_page(frame, [&](html::Out& o) {
      draw_filters(o, lang_, filters());
      draw_card(o, {.note = in(values_.is_superior ? Msg::OfficerNoteSuperior : Msg::OfficerNoteSelf)}, [&] { draw_values(o); });
    });
  }

 private:
  std::string in(Message message) const { return words(lang_, message); }

  FilterBar filters() const {
    FilterBar bar{"/indikator/petugas", format::month(lang_, values_.month), {}, {{"tempat", values_.kamus.node->code}}};
    bar.filters = {month_choice(lang_, values_.month, month_of(values_.kamus.today))};
    return bar;
  }

  void draw_values(html::Out& o) const {
    if (values_.indicators == 0) return draw_empty(o, in(Msg::OfficerNoIndicator), {in(Msg::KamusTitle), kamus_href(values_.kamus, "")});
    if (values_.values.empty())
      return draw_empty(o, say(lang_, Msg::OfficerNoRecord, {format::month(lang_, values_.month)}), {in(Msg::EntryTitle), "/isi"});
    std::vector<std::string> who;
    for (const auto& value : values_.values) who.push_back(value.actor);
    const auto names = app::audit_names(visit_.context, who);
    const TableHead head{
        .caption = in(Msg::OfficerTitle),
        .columns = {{in(Msg::KamusIndicator)}, {in(Msg::OfficerName)}, {in(Msg::IndicatorValue), true}, {in(Msg::IndicatorAssurance)}},
        .stacks = true};
    draw_table(o, head, [&](Rows& rows) {
      for (const auto& value : values_.values) rows.row([&](Row& row) { draw_one(o, row, value, names); });
    });
  }

  void draw_one(html::Out& o, Row& row, const app::OfficerValue& value, const app::AuditNames& names) const {
    const auto told = tell(lang_, value.line->form->form, value.reading);
    row.name(value.line->profile().title.in(lang_), entry_href(values_.kamus, *value.line));
    row.cell(value.actor == visit_.scope->actor() ? in(Msg::OfficerYou) : who_words(lang_, names, value.actor));
    row.cell([&] {
      o.text(!told.point ? in(Msg::IndicatorNoCases) : told.n < kFew ? "(" + told.value + ")" : told.value);
      if (!told.cases.empty()) o.el("small", {}, told.cases);
    });
    row.cell([&] {
      const auto met = meets_target(value.reading);
      if (met) draw_badge(o, *met ? Mark::Done : Mark::Concern, in(*met ? Msg::ResultTargetReached : Msg::ResultTargetMissed));
      const auto target = target_of_indicator(lang_, *value.line, value.line->target);
      o.el("small", {}, target.empty() ? in(Msg::ResultNoTarget) : target);
    });
  }

  const Visit& visit_;
  Lang lang_;
  const app::OfficerValues& values_;
};

http::Reply get_officers(const Visit& visit) {
  const auto* node = asked_place(visit);
  if (node == nullptr) return refuse_result(visit, {{Problem::Kind::NotFound, Msg::ResultUnknownPlace, "tempat", {}}});
  const auto month = read_asked_month(visit, *node, 0);
  if (!month) return refuse_result(visit, month.error());
  const auto values = app::read_officer_values(visit.context, *visit.scope, node->key, *month);
  if (!values) return refuse_result(visit, values.error());
  return html_page(200, OfficersPage(visit, *values).draw());
}

constexpr std::array kOfficerRoutes{
    Route{http::Method::Get, "/indikator/petugas", May::ReadResults, Work::Blocking, &get_officers,
          "Indicators of single officers, for each of them and for the direct superior."},
};

}  // namespace

std::span<const Route> officer_routes() { return kOfficerRoutes; }

}  // namespace pilar::web
