#include "web/validation_pages.h"

#include <algorithm>
#include <array>

#include "app/indicator_months.h"
#include "base/text.h"
#include "i18n/format.h"
#include "i18n/messages.h"
#include "i18n/words/common.h"
#include "i18n/words/indicator.h"
#include "i18n/words/validation.h"
#include "web/decision.h"
#include "web/frame.h"
#include "web/kamus_words.h"
#include "web/list_file.h"
#include "web/month_address.h"
#include "web/month_report_words.h"
#include "web/result_address.h"
#include "web/site.h"
#include "web/table_reply.h"
#include "web/validation_page.h"
#include "web/validation_words.h"
#include "web/words.h"

namespace pilar::web {
namespace {

/// The validations of a month beside the indicators that could have one.
struct AskedValidations {
  app::KamusView kamus;
  std::vector<app::ValidationView> views;
  Month month, running;

  const Node& node() const { return *kamus.node; }
  std::string href(std::string_view below = {}) const { return validation_href(node(), {}, below) + "&bulan=" + iso(month); }
  /// The latest of an indicator; null where there is none.
  const app::ValidationView* of(IndicatorKey indicator) const {
    const auto at = std::ranges::find_if(views, [&](const app::ValidationView& one) { return one.row.indicator == indicator; });
    return at == views.end() ? nullptr : &*at;
  }
};

std::string_view asked_value(const Visit& visit, std::string_view name) {
  return visit.form.empty() ? visit.request.param(name) : visit.field(name);
}

Result<AskedValidations> read_asked_validations(const Visit& visit) {
  auto kamus = read_kamus_request(visit);
  if (!kamus) return std::unexpected(kamus.error());
  if (!kamus->is_of_facility()) return refuse(Problem::Kind::Invalid, Msg::IndicatorNotFacility, "facility");
  AskedValidations asked{*std::move(kamus), {}, {}, {}};
  asked.running = month_of(civil_day(visit.context.clock.now(), asked.node().zone));
  const auto month = read_asked_month(visit, asked.node());
  if (!month) return std::unexpected(month.error());
  asked.month = *month;
  auto views = app::list_validations(visit.context, *visit.scope, asked.kamus, asked.month, {asked.month.value + 1});
  if (!views) return std::unexpected(views.error());
  asked.views = *std::move(views);
  return asked;
}

class ValidationListPage {
 public:
  ValidationListPage(const Visit& visit, const AskedValidations& asked) : visit_(visit), lang_(visit.lang), a_(asked) {}

  std::string draw() const {
    auto frame = staff_page(visit_, Place::Indicators, in(Msg::ValidationTitle));
    frame.place = a_.node().name + " · " + format::month(lang_, a_.month);
    frame.path = {{in(Msg::MonthTitle), month_report_href(a_.node(), {})}};
    frame.as_of = as_of(lang_, visit_.context.clock.now(), a_.node().zone);
    frame.actions = [&](html::Out& o) {
      draw_file_links(o, lang_, a_.href("/data.xlsx"), a_.href("/data.csv"));
      if (may_begin()) draw_link_button(o, {in(Msg::ValidationRuleTitle), a_.href("/aturan")});
    };
    return draw_staff_page(frame, [&](html::Out& o) {
      o.el("p", {{"class", "note"}}, in(Msg::ValidationNote));
      draw_filters(o, lang_, filters());
      draw_list(o);
    });
  }

  Table table() const {
    using enum TableColumn::Kind;
    constexpr int kDigits = 4;
    auto out = list_table(visit_, in(Msg::ValidationTitle) + ", " + a_.node().name, filters(), std::ssize(a_.views));
    out.columns = {{in(Msg::KamusIndicator)},
                   {in(Msg::CommonState)},
                   {in(Msg::ValidationPopulation), Number},
                   {in(Msg::ValidationSample), Number},
                   {in(Msg::ValidationFilled), Number},
                   {in(Msg::ValidationNotFound), Number},
                   {in(Msg::ValidationAgreement), Percent, 1},
                   {in(Msg::ValidationKappa), Number, kDigits},
                   {in(Msg::ValidationSeed)}};
    out.rows = [this](const OnTableRow& write) {
      for (const auto& view : a_.views) write(row_of(view));
    };
    return out;
  }

 private:
  std::string in(Message message) const { return words(lang_, message); }
  bool may_begin() const { return app::may_validate(*visit_.scope, a_.kamus.reference->organisation, a_.node().key); }

  std::vector<TableCell> row_of(const app::ValidationView& view) const {
    const auto& r = view.reading;
    const auto count = [](std::int64_t value) { return TableCell(Decimal::whole(value)); };
    const bool told = view.is_closed() && r.compared > 0;
    const auto share = told ? TableCell(rounded(static_cast<double>(r.same) / static_cast<double>(r.compared))) : TableCell();
    return {view.title.in(lang_),
            tell_validation(lang_, view).words,
            count(view.row.population),
            count(std::ssize(view.records)),
            count(r.filled),
            count(r.not_found),
            share,
            told && r.kappa.kappa ? TableCell(rounded(*r.kappa.kappa)) : TableCell(),
            view.row.seed};
  }

  FilterBar filters() const {
    FilterBar bar{"/indikator/validasi", format::month(lang_, a_.month), {}, {{"tempat", a_.node().code}}};
    bar.filters = {month_choice(lang_, a_.month, a_.running)};
    return bar;
  }

  void draw_list(html::Out& o) const {
    std::vector<const app::KamusLine*> lines;
    for (const auto& line : a_.kamus.lines)
      if (line.used && line.measure != nullptr && line.profile().sum_of.empty() && !line.form->form.is_public) lines.push_back(&line);
    if (lines.empty()) return draw_empty(o, in(Msg::MonthNothingUsed), {in(Msg::IndicatorPageOpenKamus), kamus_href(a_.kamus, "")});
    if (a_.views.empty()) o.el("p", {}, in(Msg::ValidationNone));
    const TableHead head{.caption = in(Msg::ValidationTitle),
                         .columns = {{in(Msg::KamusIndicator)},
                                     {in(Msg::CommonState)},
                                     {in(Msg::ValidationAgreement)},
                                     {in(Msg::ValidationKappa)},
                                     {in(Msg::ValidationOpenOne)}},
                         .stacks = true};
    draw_card(o, {}, [&] {
      draw_table(o, head, [&](Rows& rows) {
        for (const auto* line : lines) rows.row([&](Row& row) { draw_line(o, row, *line); });
      });
    });
  }

  void draw_line(html::Out& o, Row& row, const app::KamusLine& line) const {
    const auto* view = a_.of(line.entry->id);
    row.name(line.profile().title.in(lang_), entry_href(a_.kamus, line));
    row.cell([&] {
      if (view == nullptr) return o.text(format::kNone);
      const auto told = tell_validation(lang_, *view);
      draw_badge(o, told.mark, told.words);
      if (view->row.version != line.profile().version)
        o.el("small", {}, say(lang_, Msg::ValidationOlder, {format::number(lang_, view->row.version)}));
    });
    const bool told = view != nullptr && view->is_closed();
    row.cell(told ? agreement_words(lang_, view->reading) : std::string(format::kNone));
    row.cell(told ? kappa_words(lang_, view->reading.kappa) : std::string(format::kNone));
    row.cell([&] {
      if (view != nullptr) o.el("a", {{"href", validation_href(a_.node(), view->row.id)}}, in(Msg::ValidationOpenOne));
      if (!may_begin() || (view != nullptr && !view->is_closed())) return;
      const auto begin = a_.href("/mulai") + "&indikator=" + std::to_string(line.entry->id.value);
      const auto label = in(view == nullptr ? Msg::ValidationBegin : Msg::ValidationBeginAgain);
      o.el("small", {}, [&] { o.el("a", {{"href", begin}}, label); });
    });
  }

  const Visit& visit_;
  Lang lang_;
  const AskedValidations& a_;
};

http::Reply get_validations(const Visit& visit) {
  const auto asked = read_asked_validations(visit);
  if (!asked) return refuse_result(visit, asked.error());
  return html_page(200, ValidationListPage(visit, *asked).draw());
}

http::Reply validations_file(const Visit& visit, FileKind kind) {
  const auto asked = read_asked_validations(visit);
  if (!asked) return refuse_result(visit, asked.error());
  const ValidationListPage page(visit, *asked);
  return table_reply("validasi-" + asked->node().code + "-" + iso(asked->month), page.table(), kind);
}

IndicatorKey asked_indicator(const Visit& visit) {
  const auto id = parse_int(asked_value(visit, "indikator")).value_or(0);
  return {id > 0 && id <= INT32_MAX ? static_cast<std::int32_t>(id) : 0};
}

std::string draw_begin(const Visit& visit, const AskedValidations& asked, const app::ValidationPlan& plan, const ValidationRule& rule) {
  const auto lang = visit.lang;
  const auto number = [&](std::int64_t value) { return format::number(lang, value); };
  const auto source = rule.source + (rule.mark.empty() ? "" : " (" + rule.mark + ")");
  Confirm confirm;
  confirm.title = say(lang, Msg::ValidationBeginTitle, {plan.line->profile().title.in(lang)});
  confirm.place = asked.node().name;
  confirm.words = say(lang, Msg::ValidationBeginWords,
                      {number(static_cast<std::int64_t>(plan.size)), number(static_cast<std::int64_t>(plan.population)),
                       format::month(lang, plan.month), number(rule.percent), number(rule.least), number(rule.threshold), source});
  confirm.action = asked.href("/mulai");
  confirm.button = words(lang, Msg::ValidationBeginDo);
  confirm.kind = Button::Primary;
  confirm.back = {words(lang, Msg::ValidationTitle), asked.href()};
  confirm.hidden = {{"tempat", asked.node().code}, {"bulan", iso(asked.month)}, {"indikator", std::to_string(plan.line->entry->id.value)}};
  return draw_confirm(visit, confirm);
}

http::Reply get_begin(const Visit& visit) {
  const auto asked = read_asked_validations(visit);
  if (!asked) return refuse_result(visit, asked.error());
  const auto plan = app::plan_validation(visit.context, *visit.scope, asked->kamus, asked_indicator(visit), asked->month);
  if (!plan) return refuse_result(visit, plan.error());
  const auto rule = app::read_validation_rule(visit.context, *visit.scope, asked->node().key);
  if (!rule) return refuse_result(visit, rule.error());
  return html_page(200, draw_begin(visit, *asked, *plan, rule->rule));
}

http::Reply post_begin(const Visit& visit) {
  const auto asked = read_asked_validations(visit);
  if (!asked) return refuse_result(visit, asked.error());
  const auto begun = app::begin_validation(visit.context, *visit.scope, asked->node().key, asked_indicator(visit), asked->month);
  if (!begun) return refuse_result(visit, begun.error());
  return redirect(validation_href(asked->node(), *begun) + "&sudah=mulai");
}

http::Reply get_validation(const Visit& visit) {
  const auto view = find_validation_view(visit);
  if (!view) return view.error();
  return html_page(200, draw_validation(visit, *view));
}

http::Reply validation_file(const Visit& visit, FileKind kind) {
  const auto view = find_validation_view(visit);
  if (!view) return view.error();
  // Who still fills in sees nobody's first answers.
  if (!view->is_closed()) return refuse_result(visit, {{Problem::Kind::NotFound, Msg::ValidationUnknown, "", {}}});
  return table_reply("validasi-" + view->node->code + "-" + view->key + "-" + iso(view->row.month), validation_table(visit, *view), kind);
}

std::string draw_end(const Visit& visit, const app::ValidationView& view, const Problems& problems) {
  Confirm confirm;
  confirm.title = say(visit.lang, Msg::ValidationEndTitle, {view.title.in(visit.lang)});
  confirm.place = view.node->name;
  confirm.words = say(visit.lang, Msg::ValidationEndWords, {format::number(visit.lang, view.reading.waiting)});
  confirm.action = validation_href(*view.node, view.row.id, "/akhiri");
  confirm.button = words(visit.lang, Msg::ValidationEnd);
  confirm.back = {say(visit.lang, Msg::ValidationOf, {view.title.in(visit.lang)}), validation_href(*view.node, view.row.id)};
  confirm.hidden = {{"tempat", view.node->code}};
  confirm.problems = problems;
  return draw_confirm(visit, confirm);
}

http::Reply get_end(const Visit& visit) {
  const auto view = find_validation_view(visit);
  if (!view) return view.error();
  return html_page(200, draw_end(visit, *view, {}));
}

http::Reply post_end(const Visit& visit) {
  const auto view = find_validation_view(visit);
  if (!view) return view.error();
  const auto done = app::end_validation(visit.context, *visit.scope, *view);
  if (!done) return html_page(status_of(done.error()), draw_end(visit, *view, done.error()));
  return redirect(validation_href(*view->node, view->row.id) + "&sudah=akhir");
}

constexpr std::array kValidationRoutes{
    Route{http::Method::Get, "/indikator/validasi", May::ReadResults, Work::Blocking, &get_validations,
          "Second-person validations of a facility's month."},
    csv_route<validations_file>("/indikator/validasi/data.csv", May::ReadResults),
    workbook_route<validations_file>("/indikator/validasi/data.xlsx", May::ReadResults),
    Route{http::Method::Get, "/indikator/validasi/mulai", May::ManageIndicators, Work::Blocking, &get_begin,
          "Says how large the sample will be before it is drawn."},
    Route{http::Method::Post, "/indikator/validasi/mulai", May::ManageIndicators, Work::Blocking, &post_begin, "Draws the sample."},
    Route{http::Method::Get, "/indikator/validasi/:arg", May::ReadResults, Work::Blocking, &get_validation,
          "One validation with its sample and its result."},
    csv_route<validation_file>("/indikator/validasi/:arg/data.csv", May::ReadRecords, "The answers that differ, as CSV."),
    workbook_route<validation_file>("/indikator/validasi/:arg/data.xlsx", May::ReadRecords, "The answers that differ, as a workbook."),
    Route{http::Method::Get, "/indikator/validasi/:arg/akhiri", May::ManageIndicators, Work::Blocking, &get_end,
          "Asks before a validation is ended."},
    Route{http::Method::Post, "/indikator/validasi/:arg/akhiri", May::ManageIndicators, Work::Blocking, &post_end, "Ends a validation."},
};

}  // namespace

std::expected<app::ValidationView, http::Reply> find_validation_view(const Visit& visit) {
  const auto id = parse_uuid(visit.args.at(0));
  const auto* node = asked_place(visit);
  if (!id || node == nullptr) return std::unexpected(refuse_result(visit, {{Problem::Kind::NotFound, Msg::ValidationUnknown, "", {}}}));
  auto view = app::read_validation(visit.context, *visit.scope, node->key, *id);
  if (!view) return std::unexpected(refuse_result(visit, view.error()));
  return *std::move(view);
}

std::span<const Route> validation_routes() { return kValidationRoutes; }

}  // namespace pilar::web
