#include "web/period_pages.h"

#include <algorithm>
#include <array>

#include "app/audit.h"
#include "app/indicator_months.h"
#include "base/text.h"
#include "i18n/format.h"
#include "i18n/messages.h"
#include "i18n/words/common.h"
#include "i18n/words/indicator.h"
#include "i18n/words/page.h"
#include "i18n/words/people.h"
#include "i18n/words/period.h"
#include "i18n/words/result.h"
#include "i18n/words/table.h"
#include "web/audit_words.h"
#include "web/decision.h"
#include "web/frame.h"
#include "web/kamus_words.h"
#include "web/list_file.h"
#include "web/month_report_words.h"
#include "web/result_address.h"
#include "web/site.h"
#include "web/table_reply.h"
#include "web/words.h"

namespace pilar::web {
namespace {

constexpr int kUsualDays = 3;

class PeriodPage {
 public:
  PeriodPage(const Visit& visit, const app::PeriodView& period, const Problems& problems)
      : visit_(visit),
        lang_(visit.lang),
        p_(period),
        problems_(problems) {
    std::vector<std::string> who;
    for (const auto& event : p_.events) who.push_back(event.actor);
    names_ = app::audit_names(visit.context, who);
  }

  std::string draw() const {
    auto frame = staff_page(visit_, Place::Indicators, in(Msg::PeriodTitle));
    frame.place = p_.node->name;
    frame.path = {{in(Msg::MonthTitle), month_report_href(*p_.node, {})}};
    frame.as_of = as_of(lang_, p_.as_of, p_.node->zone);
    frame.notice = notice();
    frame.actions = [&](html::Out& o) {
      if (p_.events.empty()) return;
      draw_file_actions(o, lang_, history_href(".xlsx"), history_href(".csv"));
    };
    return draw_staff_page(frame, [&](html::Out& o) {
      o.el("p", {{"class", "note"}}, in(Msg::PeriodNote));
      draw_problems(o, lang_, problems_, [&](std::string_view field) { return label_of(field); });
      draw_now(o);
      if (p_.may_lock) draw_lock(o);
      if (p_.may_open) draw_open(o);
      draw_history(o);
    });
  }

  /// The history as the page tells it, oldest first.
  Table table() const {
    using enum TableColumn::Kind;
    Table out{.caption = in(Msg::PeriodTitle) + ", " + p_.node->name};
    out.notes = {{in(Msg::CommonState), p_.lock.exists() ? locked_words(lang_, p_) : in(Msg::PeriodNone)},
                 {in(Msg::ResultCsvLines), std::to_string(p_.events.size())},
                 {in(Msg::TableAsOf), as_of(lang_, p_.as_of, p_.node->zone)}};
    out.columns = {{in(Msg::AuditWhen), Moment}, {in(Msg::AuditWhat)},      {in(Msg::ResultMonth)}, {in(Msg::PeriodOpenUntil), Moment},
                   {in(Msg::AuditWho)},          {in(Msg::PeriodOnBehalf)}, {in(Msg::PeriodReason)}};
    out.rows = [this](const OnTableRow& write) {
      for (const auto& event : p_.events) {
        const bool opened = event.step == app::PeriodStep::Open;
        const std::vector<TableCell> cells{ZonedTime{event.at, p_.node->zone},
                                           in(act_words(event.step)),
                                           iso(event.month),
                                           opened ? TableCell(ZonedTime{event.until, p_.node->zone}) : TableCell(),
                                           who_words(lang_, names_, event.actor),
                                           event.place == nullptr ? TableCell() : TableCell(event.place->name),
                                           event.reason};
        write(cells);
      }
    };
    return out;
  }

 private:
  std::string in(Message message) const { return words(lang_, message); }
  std::string history_href(std::string_view ending) const {
    return "/indikator/kunci/data" + std::string(ending) + "?tempat=" + http::percent_encode(p_.node->code);
  }
  static Message act_words(app::PeriodStep step) {
    switch (step) {
      case app::PeriodStep::Open:
        return Msg::AuditPeriodOpen;
      case app::PeriodStep::Close:
        return Msg::AuditPeriodClose;
      case app::PeriodStep::Lock:
        break;
    }
    return Msg::AuditPeriodLock;
  }
  std::string label_of(std::string_view field) const {
    if (field == "reason") return in(Msg::PeriodReason);
    if (field == "days") return in(Msg::PeriodOpenDays);
    return field == "month" ? in(Msg::ResultMonth) : std::string();
  }
  bool tried(std::string_view what) const { return !problems_.empty() && visit_.field("apa") == what; }

  std::string notice() const {
    const auto done = visit_.request.param("sudah");
    if (done == "kunci") return in(Msg::PeriodWasLocked);
    if (done == "buka") return in(Msg::PeriodWasOpened);
    return done == "tutup" ? in(Msg::PeriodWasClosed) : std::string();
  }

  std::string who_at(const app::PeriodEvent& event) const {
    return event.place == nullptr ? std::string(format::kNone) : event.place->name;
  }

  void draw_now(html::Out& o) const {
    const auto* locked = p_.locked_by();
    if (!p_.lock.exists() || locked == nullptr) return draw_empty(o, in(Msg::PeriodNone));
    draw_card(o, {}, [&] {
      draw_badge(o, Mark::Done, locked_words(lang_, p_));
      o.el("p", {},
           say(lang_, Msg::PeriodByWhom,
               {format::moment(lang_, locked->at, p_.node->zone), who_words(lang_, names_, locked->actor), who_at(*locked),
                locked->reason}));
      if (!p_.lock.is_open_again(p_.as_of)) return;
      draw_badge(o, Mark::Concern,
                 say(lang_, Msg::PeriodOpenNow,
                     {format::month(lang_, p_.lock.opened_from), format::moment(lang_, p_.lock.opened_until, p_.node->zone)}));
      if (!p_.may_lock) return;
      draw_post_form(o, visit_, "/indikator/kunci", {{"tempat", p_.node->code}, {"apa", "tutup"}},
                     [&] { draw_button(o, in(Msg::PeriodCloseDo)); });
    });
  }

  void draw_reason(html::Out& o, std::string_view what) const {
    auto reason = reason_field(visit_, problems_, "reason", Msg::PeriodReason, in(Msg::PeriodReasonHint));
    reason.rows = 2;
    if (!tried(what)) reason.value = reason.problem = "";
    draw_field(o, lang_, reason);
  }

  void draw_month(html::Out& o, Message label, Month newest, Month oldest, std::string_view what, const std::string& hint) const {
    std::vector<Option> options;
    for (auto month = newest; oldest <= month; --month.value) options.push_back({iso(month), format::month(lang_, month)});
    Field field{"month", in(label), hint, tried(what) ? std::string(visit_.field("month")) : iso(newest)};
    field.required = true;
    field.problem = tried(what) ? problem_of(lang_, problems_, "month") : "";
    draw_select(o, lang_, field, options);
  }

  void draw_lock(html::Out& o) const {
    const Month newest{p_.running.value - 1};
    draw_card(o, {.title = in(Msg::PeriodLockTitle)}, [&] {
      if (newest <= p_.lock.until) return draw_empty(o, in(Msg::PeriodLockNothing));
      const Month oldest{std::max(p_.lock.until.value + 1, newest.value - app::kIndicatorMonths + 1)};
      draw_post_form(o, visit_, "/indikator/kunci", {{"tempat", p_.node->code}, {"apa", "kunci"}}, [&] {
        draw_month(o, Msg::PeriodLockUpTo, newest, oldest, "kunci", in(Msg::PeriodLockNote));
        draw_reason(o, "kunci");
        draw_button(o, in(Msg::PeriodLockDo), Button::Primary);
      });
    });
  }

  void draw_open(html::Out& o) const {
    const Month oldest{p_.lock.until.value - app::kIndicatorMonths + 1};
    draw_card(o, {.title = in(Msg::PeriodOpenTitle)}, [&] {
      draw_post_form(o, visit_, "/indikator/kunci", {{"tempat", p_.node->code}, {"apa", "buka"}}, [&] {
        draw_month(o, Msg::PeriodOpenFrom, p_.lock.until, oldest, "buka", "");
        Field days{"days", in(Msg::PeriodOpenDays), "", tried("buka") ? std::string(visit_.field("days")) : std::to_string(kUsualDays)};
        days.required = true;
        days.inputmode = "numeric";
        days.unit = in(Msg::PeriodOpenDaysUnit);
        days.problem = tried("buka") ? problem_of(lang_, problems_, "days") : "";
        draw_field(o, lang_, days);
        draw_reason(o, "buka");
        draw_button(o, in(Msg::PeriodOpenDo));
      });
    });
  }

  std::string event_line(const app::PeriodEvent& event) const {
    const auto at = format::moment(lang_, event.at, p_.node->zone), month = format::month(lang_, event.month);
    const auto who = who_words(lang_, names_, event.actor);
    if (event.step == app::PeriodStep::Lock) return say(lang_, Msg::PeriodLockedAt, {at, who, who_at(event), month, event.reason});
    if (event.step == app::PeriodStep::Close) return say(lang_, Msg::PeriodClosedAt, {at, who, who_at(event), month});
    return say(lang_, Msg::PeriodOpenedAt,
               {at, who, who_at(event), month, format::moment(lang_, event.until, p_.node->zone), event.reason});
  }

  void draw_history(html::Out& o) const {
    if (p_.events.empty()) return;
    draw_card(o, {.title = in(Msg::PeriodHistory)}, [&] {
      o.el("ol", {{"class", "links"}}, [&] {
        for (const auto& event : p_.events) o.el("li", {}, event_line(event));
      });
    });
  }

  const Visit& visit_;
  Lang lang_;
  const app::PeriodView& p_;
  const Problems& problems_;
  app::AuditNames names_{};
};

Result<app::PeriodView> read_asked_period(const Visit& visit) {
  const auto* node = asked_place(visit);
  if (node == nullptr) return refuse(Problem::Kind::NotFound, Msg::ResultUnknownPlace, "tempat");
  return app::read_period(visit.context, *visit.scope, node->key);
}

http::Reply get_period(const Visit& visit) {
  const auto period = read_asked_period(visit);
  if (!period) return refuse_result(visit, period.error());
  return html_page(200, PeriodPage(visit, *period, {}).draw());
}

http::Reply period_file(const Visit& visit, FileKind kind) {
  const auto period = read_asked_period(visit);
  if (!period) return refuse_result(visit, period.error());
  return table_reply("kunci-bulan-" + period->node->code, PeriodPage(visit, *period, {}).table(), kind);
}

Result<void> change_lock(const Visit& visit, FacilityKey facility, std::string_view what) {
  const auto reason = std::string(visit.field("reason"));
  if (what == "tutup") return app::close_period(visit.context, *visit.scope, facility);
  const auto month = parse_month(visit.field("month"));
  if (!month) return refuse(Msg::PeriodNoMonth, "month");
  if (what == "kunci") return app::lock_period(visit.context, *visit.scope, facility, *month, reason);
  const auto days = parse_int(trim(visit.field("days"))).value_or(0);
  const auto few = days > 0 && days <= app::kLongestOpening ? static_cast<int>(days) : 0;
  return app::open_period(visit.context, *visit.scope, facility, *month, few, reason);
}

http::Reply post_period(const Visit& visit) {
  const auto period = read_asked_period(visit);
  if (!period) return refuse_result(visit, period.error());
  const auto what = visit.field("apa");
  if (what != "kunci" && what != "buka" && what != "tutup")
    return refuse_result(visit, {{Problem::Kind::NotFound, Msg::PageNotFound, "", {}}});
  const auto done = change_lock(visit, period->node->key, what);
  if (!done) return html_page(status_of(done.error()), PeriodPage(visit, *period, done.error()).draw());
  return redirect(period_href(*period->node) + "&sudah=" + std::string(what));
}

constexpr std::array kPeriodRoutes{
    Route{http::Method::Get, "/indikator/kunci", May::ReadResults, Work::Blocking, &get_period, "Which months of a facility are locked."},
    csv_route<period_file>("/indikator/kunci/data.csv", May::ReadResults, "The history of the lock as CSV."),
    workbook_route<period_file>("/indikator/kunci/data.xlsx", May::ReadResults, "The history of the lock as a workbook."),
    Route{http::Method::Post, "/indikator/kunci", May::ManageIndicators, Work::Blocking, &post_period,
          "Locks months, opens them for a while, or locks them again."},
};

}  // namespace

std::span<const Route> period_routes() { return kPeriodRoutes; }

std::string period_href(const Node& facility) { return "/indikator/kunci?tempat=" + http::percent_encode(facility.code); }

std::string locked_words(Lang lang, const app::PeriodView& period) {
  return period.lock.exists() ? say(lang, Msg::PeriodUntil, {format::month(lang, period.lock.until)}) : std::string();
}

}  // namespace pilar::web
