#include "web/chart_mark_pages.h"

#include <algorithm>
#include <array>

#include "app/audit.h"
#include "base/text.h"
#include "i18n/format.h"
#include "i18n/words/control.h"
#include "i18n/words/mark.h"
#include "web/audit_words.h"
#include "web/chart_mark_form.h"
#include "web/chart_mark_words.h"
#include "web/decision.h"
#include "web/frame.h"
#include "web/result_words.h"
#include "web/site.h"
#include "web/words.h"

namespace pilar::web {
namespace {

/// The chart that the address names, with what is laid down on it.
struct AskedMarks {
  ResultAddress address;
  app::MarkList list;

  std::string href(std::string_view below = {}) const { return address.href("/tanda" + std::string(below)); }
  Link back(Lang lang) const { return {words(lang, Msg::MarkTitle), href()}; }
  std::string of(std::int32_t number, std::string_view what) const { return href("/" + std::to_string(number) + std::string(what)); }
};

Result<AskedMarks> read_marks(const Visit& visit) {
  auto asked = read_address(visit);
  if (!asked) return std::unexpected(asked.error());
  auto& address = asked->address;
  address.breakdown.clear();
  const auto* version = visit.reference->latest(address.instrument);
  if (address.measure.empty() && version != nullptr && !version->form.measures.empty())
    address.measure = version->form.measures.front().key;
  auto list = app::read_chart_marks(visit.context, *visit.scope, asked->query.place, asked->query.unit.value_or(UnitKey{}),
                                    address.instrument + "/" + address.measure);
  if (!list) return std::unexpected(list.error());
  return AskedMarks{std::move(address), *std::move(list)};
}

class MarksPage {
 public:
  MarksPage(const Visit& visit, const AskedMarks& asked)
      : visit_(visit),
        lang_(visit.lang),
        asked_(asked),
        standing_(asked.list.standing()) {
    std::vector<std::string> who;
    for (const auto& one : asked.list.marks)
      for (const auto& revision : one.revisions) who.push_back(revision.actor);
    names_ = app::audit_names(visit.context, who);
  }

  std::string draw() const {
    const auto& list = asked_.list;
    auto frame = staff_page(visit_, Place::Indicators, in(Msg::MarkTitle));
    frame.place = list.node->name + (list.unit == nullptr ? "" : " · " + list.unit->name) + " · " + list.measure->title.in(lang_);
    frame.path = {{list.measure->title.in(lang_), asked_.address.href() + "#tren"}};
    frame.notice = notice();
    frame.actions = [&](html::Out& o) { draw_add_buttons(o); };
    return draw_staff_page(frame, [&](html::Out& o) {
      o.el("p", {{"class", "note"}}, in(Msg::MarkIntro));
      if (list.marks.empty()) return draw_none(o);
      draw_card(o, {}, [&] { draw_list(o); });
    });
  }

 private:
  std::string in(Message message) const { return words(lang_, message); }
  std::string new_href(std::string_view form) const { return asked_.href("/baru") + "&jenis=" + std::string(form); }

  std::string notice() const {
    const auto done = visit_.request.param("sudah");
    if (done == "simpan") return in(Msg::MarkSaved);
    if (done == "hapus") return in(Msg::MarkRemovedNotice);
    return done == "kembali" ? in(Msg::MarkRestoredNotice) : std::string();
  }

  void draw_add_buttons(html::Out& o) const {
    if (!asked_.list.may_change) return;
    draw_link_button(o, {in(Msg::MarkAddEvent), new_href("kejadian")}, Button::Primary);
    draw_link_button(o, {in(Msg::MarkAddBaseline), new_href("dasar")});
    draw_link_button(o, {in(Msg::MarkAddRebase), new_href("batas")});
  }

  void draw_none(html::Out& o) const {
    draw_empty(o, in(Msg::MarkNone), asked_.list.may_change ? Link{in(Msg::MarkAddEvent), new_href("kejadian")} : Link{});
  }

  void draw_list(html::Out& o) const {
    const TableHead head{
        .caption = in(Msg::MarkTitle), .columns = {{in(Msg::ControlNotes)}, {in(Msg::MarkHistory)}, {in(Msg::MarkChange)}}, .stacks = true};
    draw_table(o, head, [&](Rows& rows) {
      for (const auto& one : asked_.list.marks) rows.row([&](Row& row) { draw_mark_row(o, row, one); });
    });
  }

  void draw_mark_row(html::Out& o, Row& row, const app::MarkHistory& one) const {
    const auto& mark = one.last().mark;
    row.cell([&] {
      o.text(mark_words(lang_, mark, standing_));
      if (mark.link.empty()) return;
      o.text(" ");
      o.el("a", {{"href", mark.link}}, in(Msg::MarkOpenLink));
    });
    row.cell([&] {
      for (const auto& revision : one.revisions) o.el("small", {}, revision_words(revision));
    });
    row.cell([&] { draw_changes_of(o, one); });
  }

  std::string revision_words(const app::MarkRevision& revision) const {
    const auto at = format::moment(lang_, revision.at, asked_.list.node->zone);
    const auto who = who_words(lang_, names_, revision.actor);
    if (!revision.stands) return say(lang_, Msg::MarkRemovedBecause, {at, who, revision.reason});
    return at + ", " + who;
  }

  void draw_changes_of(html::Out& o, const app::MarkHistory& one) const {
    const auto& mark = one.last().mark;
    const bool own = mark.unit == (asked_.list.unit == nullptr ? UnitKey{} : asked_.list.unit->key);
    if (!asked_.list.may_change || !own) return o.text(format::kNone);
    if (!one.last().stands)
      return draw_post_form(o, visit_, asked_.of(mark.number, "/pulihkan"), {}, [&] { draw_button(o, in(Msg::MarkRestore)); });
    o.el("div", {{"class", "choices"}}, [&] {
      draw_link_button(o, {in(Msg::MarkChange), asked_.of(mark.number, "/ubah")});
      draw_link_button(o, {in(Msg::MarkRemove), asked_.of(mark.number, "/hapus")});
    });
  }

  const Visit& visit_;
  Lang lang_;
  const AskedMarks& asked_;
  std::vector<ChartMark> standing_;
  app::AuditNames names_{};
};

http::Reply marks_page(const Visit& visit, const AskedMarks& asked) { return html_page(200, MarksPage(visit, asked).draw()); }

http::Reply get_marks(const Visit& visit) {
  const auto asked = read_marks(visit);
  if (!asked) return refuse_result(visit, asked.error());
  return marks_page(visit, *asked);
}

MarkForm asked_form(const Visit& visit) {
  const auto key = visit.form.empty() ? visit.request.param("jenis") : visit.field("jenis");
  return parse_mark_form(key).value_or(MarkForm::Event);
}

http::Reply get_new_mark(const Visit& visit) {
  const auto asked = read_marks(visit);
  if (!asked) return refuse_result(visit, asked.error());
  if (!asked->list.may_change) return refuse_result(visit, {{Problem::Kind::Forbidden, Msg::MarkMayNot, "", {}}});
  return html_page(200,
                   draw_mark_form(visit, asked->list, {asked_form(visit), nullptr, asked->href("/baru"), asked->back(visit.lang), {}}));
}

std::size_t revisions_of(const AskedMarks& asked, const ChartMark* mark) {
  const auto* found = mark == nullptr ? nullptr : asked.list.find(mark->number);
  return found == nullptr ? 0 : found->revisions.size();
}

/// What two people made of one mark.
std::string draw_mark_conflict(const Visit& visit, const AskedMarks& asked, const ChartMark& mine, const ChartMark& theirs,
                               const std::string& action) {
  const auto standing = asked.list.standing();
  Conflict conflict{words(visit.lang, Msg::MarkChangeTitle), {}, action, {}, asked.back(visit.lang)};
  conflict.fields = {{words(visit.lang, Msg::MarkText), mark_words(visit.lang, mine, standing), mark_words(visit.lang, theirs, standing)},
                     {words(visit.lang, Msg::MarkLink), mine.link, theirs.link}};
  for (const auto& [name, value] : visit.form)
    if (name != "csrf" && name != kSeenMark) conflict.hidden.emplace_back(name, value);
  conflict.hidden.emplace_back(std::string(kSeenMark), std::to_string(revisions_of(asked, &theirs)));
  return draw_conflict(visit, conflict);
}

/// Reads, saves, and shows what is wrong in the form.
http::Reply save_mark(const Visit& visit, const AskedMarks& asked, const ChartMark* before, const std::string& action) {
  const auto form = before == nullptr ? asked_form(visit) : form_of(before->kind);
  // A form that does not say what it was typed over matches no mark.
  const auto seen = static_cast<std::size_t>(std::max<std::int64_t>(0, parse_int(visit.field(kSeenMark)).value_or(0)));
  const auto again = [&](const Problems& problems) {
    return html_page(status_of(problems),
                     draw_mark_form(visit, asked.list, {form, before, action, asked.back(visit.lang), problems, seen}));
  };
  const auto mark = read_mark_form(visit, asked.list, form, before == nullptr ? 0 : before->number);
  if (!mark) return again(mark.error());
  const auto saved = app::save_chart_mark(visit.context, *visit.scope, asked.list.node->key, *mark, seen);
  if (!saved && before != nullptr && saved.error().front().message == Msg::MarkChangedSince)
    return html_page(409, draw_mark_conflict(visit, asked, *mark, *before, action));
  if (!saved) return again(saved.error());
  return redirect(asked.href() + "&sudah=simpan");
}

http::Reply post_new_mark(const Visit& visit) {
  const auto asked = read_marks(visit);
  if (!asked) return refuse_result(visit, asked.error());
  return save_mark(visit, *asked, nullptr, asked->href("/baru"));
}

/// The mark of the address, standing or removed; null where it is not on this chart.
const app::MarkHistory* find_asked(const Visit& visit, const AskedMarks& asked) {
  const auto number = parse_int(visit.args.back()).value_or(0);
  return number > 0 && number <= INT32_MAX ? asked.list.find(static_cast<std::int32_t>(number)) : nullptr;
}

http::Reply unknown_mark(const Visit& visit) { return refuse_result(visit, {{Problem::Kind::NotFound, Msg::MarkUnknown, "", {}}}); }

/// Lets `body` answer for a mark of the chart; `standing`: only for one that stands.
template <class Body>
http::Reply with_mark(const Visit& visit, bool standing, Body&& body) {
  const auto asked = read_marks(visit);
  if (!asked) return refuse_result(visit, asked.error());
  if (!asked->list.may_change) return refuse_result(visit, {{Problem::Kind::Forbidden, Msg::MarkMayNot, "", {}}});
  const auto* found = find_asked(visit, *asked);
  if (found == nullptr || (standing && !found->last().stands)) return unknown_mark(visit);
  return body(*asked, found->last().mark);
}

http::Reply get_change_mark(const Visit& visit) {
  return with_mark(visit, true, [&](const AskedMarks& asked, const ChartMark& mark) {
    const MarkFormPage page{form_of(mark.kind),     &mark, asked.of(mark.number, "/ubah"),
                            asked.back(visit.lang), {},    revisions_of(asked, &mark)};
    return html_page(200, draw_mark_form(visit, asked.list, page));
  });
}

http::Reply post_change_mark(const Visit& visit) {
  return with_mark(visit, true, [&](const AskedMarks& asked, const ChartMark& mark) {
    return save_mark(visit, asked, &mark, asked.of(mark.number, "/ubah"));
  });
}

std::string draw_remove_mark(const Visit& visit, const AskedMarks& asked, const ChartMark& mark, const Problems& problems) {
  Confirm confirm;
  confirm.title = say(visit.lang, Msg::MarkRemoveTitle, {mark.text});
  confirm.place = asked.list.node->name;
  confirm.words = words(visit.lang, Msg::MarkRemoveWords);
  confirm.action = asked.of(mark.number, "/hapus");
  confirm.button = words(visit.lang, Msg::MarkRemove);
  confirm.back = asked.back(visit.lang);
  confirm.problems = problems;
  confirm.reason = reason_field(visit, problems, "reason", Msg::MarkRemoveWhy);
  confirm.reason->rows = 2;
  return draw_confirm(visit, confirm);
}

http::Reply get_remove_mark(const Visit& visit) {
  return with_mark(visit, true, [&](const AskedMarks& asked, const ChartMark& mark) {
    return html_page(200, draw_remove_mark(visit, asked, mark, {}));
  });
}

http::Reply post_remove_mark(const Visit& visit) {
  return with_mark(visit, true, [&](const AskedMarks& asked, const ChartMark& mark) {
    const auto reason = std::string(trim(visit.field("reason")));
    if (const auto wrong = check_reason(reason, "reason"); !wrong.empty())
      return html_page(422, draw_remove_mark(visit, asked, mark, wrong));
    const auto done = app::remove_chart_mark(visit.context, *visit.scope, asked.list.node->key, mark.number, reason);
    if (!done) return html_page(status_of(done.error()), draw_remove_mark(visit, asked, mark, done.error()));
    return redirect(asked.href() + "&sudah=hapus");
  });
}

http::Reply post_restore_mark(const Visit& visit) {
  return with_mark(visit, false, [&](const AskedMarks& asked, const ChartMark& mark) {
    const auto done = app::restore_chart_mark(visit.context, *visit.scope, asked.list.node->key, mark.number);
    if (!done) return refuse_result(visit, done.error());
    return redirect(asked.href() + "&sudah=kembali");
  });
}

constexpr std::array kMarkRoutes{
    Route{http::Method::Get, "/hasil/:arg/tanda", May::ReadResults, Work::Blocking, &get_marks, "What is laid down on a control chart."},
    Route{http::Method::Get, "/hasil/:arg/tanda/baru", May::ManageIndicators, Work::Blocking, &get_new_mark,
          "The form of a new note, baseline or limits."},
    Route{http::Method::Post, "/hasil/:arg/tanda/baru", May::ManageIndicators, Work::Blocking, &post_new_mark,
          "Lays down a note, a baseline or new limits."},
    Route{http::Method::Get, "/hasil/:arg/tanda/:arg/ubah", May::ManageIndicators, Work::Blocking, &get_change_mark,
          "The form of a note that is changed."},
    Route{http::Method::Post, "/hasil/:arg/tanda/:arg/ubah", May::ManageIndicators, Work::Blocking, &post_change_mark, "Changes a note."},
    Route{http::Method::Get, "/hasil/:arg/tanda/:arg/hapus", May::ManageIndicators, Work::Blocking, &get_remove_mark,
          "Asks before a note is taken off a chart."},
    Route{http::Method::Post, "/hasil/:arg/tanda/:arg/hapus", May::ManageIndicators, Work::Blocking, &post_remove_mark,
          "Takes a note off a chart."},
    Route{http::Method::Post, "/hasil/:arg/tanda/:arg/pulihkan", May::ManageIndicators, Work::Blocking, &post_restore_mark,
          "Puts a removed note back on its chart."},
};

}  // namespace

std::span<const Route> chart_mark_routes() { return kMarkRoutes; }

}  // namespace pilar::web
