#include "web/comment_pages.h"

#include <algorithm>
#include <array>

#include "app/audit.h"
#include "base/text.h"
#include "i18n/format.h"
#include "i18n/messages.h"
#include "i18n/named.h"
#include "i18n/words/comments.h"
#include "i18n/words/entry.h"
#include "i18n/words/result.h"
#include "web/audit_words.h"
#include "web/decision.h"
#include "web/entry_form.h"
#include "web/forms.h"
#include "web/frame.h"
#include "web/result_address.h"
#include "web/result_words.h"
#include "web/site.h"
#include "web/words.h"

namespace pilar::web {
namespace {

constexpr std::int64_t kCommentsAPage = 50;
constexpr std::size_t kMostMarked = 500, kMarkBytes = std::size_t{128} << 10U;

constexpr std::array kReadings{NamedValue{app::Reading::Unread, std::string_view("belum"), Msg::CommentsUnread},
                               NamedValue{app::Reading::Read, std::string_view("sudah"), Msg::CommentsRead},
                               NamedValue{app::Reading::Any, std::string_view("semua"), Msg::CommentsAll}};

std::span<const NamedValue<app::Reading>> comment_readings() { return kReadings; }

struct CommentRequest {
  CommentAddress address;
  app::LowCommentQuery query;
};

/// From the address, or from the form that was sent.
std::string_view said(const Visit& visit, std::string_view name) {
  const auto field = visit.field(name);
  return field.empty() ? visit.request.param(name) : field;
}

/// The days asked for; empty where they cannot be read.
std::optional<Period> days_asked(const Visit& visit, Day today) {
  const auto first = said(visit, "dari"), last = said(visit, "sampai");
  if (first.empty() && last.empty()) return app::unread_days(today);
  const auto from = parse_day(first.empty() ? last : first), to = parse_day(last.empty() ? first : last);
  if (!from || !to || *to < *from || to->value - from->value > 3'660) return {};
  return Period{*from, {to->value + 1}};
}

Result<CommentRequest> read_comment_request(const Visit& visit) {
  const auto& organisation = visit.reference->organisation;
  const auto code = said(visit, "tempat");
  const auto* node = code.empty() ? organisation.find(visit.scope->root()) : organisation.find(code);
  if (node == nullptr || node->kind != NodeKind::Facility) return refuse(Problem::Kind::NotFound, Msg::ResultUnknownPlace, "tempat");
  const auto days = days_asked(visit, civil_day(visit.context.clock.now(), node->zone));
  if (!days) return refuse(Msg::ResultBadPeriod, "dari");
  CommentRequest out{.address = {.place = node->code, .days = *days}, .query = {.place = node->key, .days = *days}};
  const auto unit = read_unit(visit, *node, said(visit, "unit"));
  if (!unit) return std::unexpected(unit.error());
  if (*unit != nullptr) {
    out.address.unit = (*unit)->code;
    out.query.unit = (*unit)->key;
  }
  out.address.reading = find_value(comment_readings(), said(visit, "baca")).value_or(out.address.reading);
  out.query.reading = out.address.reading;
  out.address.page = std::clamp<std::int64_t>(parse_int(said(visit, "hal")).value_or(1), 1, 100'000);
  return out;
}

class CommentPage {
 public:
  CommentPage(const Visit& visit, const CommentRequest& request, const app::LowCommentList& list, const Problems& problems)
      : visit_(visit),
        lang_(visit.lang),
        r_(request),
        list_(list),
        problems_(problems) {
    std::vector<std::string> who;
    for (const auto& comment : shown())
      if (comment.read) who.push_back(comment.read->actor);
    names_ = app::audit_names(visit.context, who);
  }

  std::string draw() const {
    auto frame = staff_page(visit_, Place::Home, in(Msg::CommentsTitle));
    frame.place = list_.node->name + " · " + period_words(lang_, r_.address.days);
    frame.as_of = as_of(lang_, visit_.context.clock.now(), list_.node->zone);
    frame.notice = notice();
    return draw_staff_page(frame, [&](html::Out& o) {
      draw_problems(o, lang_, problems_);
      draw_undo_form(o);
      draw_reading_filters(o);
      draw_card(o, {.note = in(Msg::CommentsNote)}, [&] { draw_list(o); });
    });
  }

 private:
  std::string in(Message message) const { return words(lang_, message); }
  std::string count(std::int64_t number) const { return format::number(lang_, number); }
  bool marked_just_now() const { return visit_.request.param("aksi") == "baca"; }

  std::string notice() const {
    const auto done = parse_int(visit_.request.param("selesai"));
    return done ? say(lang_, marked_just_now() ? Msg::CommentsMarked : Msg::CommentsUnmarked, {count(*done)}) : std::string();
  }

  Hidden hidden() const {
    Hidden out{{"tempat", r_.address.place},
               {"dari", iso(r_.address.days.from)},
               {"sampai", iso(Day{r_.address.days.to.value - 1})},
               {"baca", std::string(key_of(comment_readings(), r_.address.reading))}};
    if (!r_.address.unit.empty()) out.emplace_back("unit", r_.address.unit);
    return out;
  }

  void draw_undo_form(html::Out& o) const {
    const auto at = visit_.request.param("saat");
    if (!marked_just_now() || !parse_int(at)) return;
    auto fields = hidden();
    fields.emplace_back("saat", at);
    draw_post_form(o, visit_, "/komentar/urungkan", fields, [&] { draw_button(o, in(Msg::CommentsUndo)); });
  }

  void draw_reading_filters(html::Out& o) const {
    FilterBar bar{.action = "/komentar", .summary = period_words(lang_, r_.address.days)};
    Filter unit{"unit", in(Msg::ResultUnit), r_.address.unit, {{"", in(Msg::RecordListAny)}}};
    for (const auto& one : list_.reference->organisation.units(list_.node->key))
      if (visit_.scope->may(Right::ReadRecords, list_.reference->organisation, list_.node->key, one.key))
        unit.options.push_back({one.code, one.name});
    Filter reading{"baca", in(Msg::CommentsState), std::string(key_of(comment_readings(), r_.address.reading)), {}};
    for (const auto& row : comment_readings()) reading.options.push_back({std::string(row.key), in(row.title)});
    bar.filters = {{"dari", in(Msg::RecordListFrom), iso(r_.address.days.from), {}, "date"},
                   {"sampai", in(Msg::RecordListTo), iso(Day{r_.address.days.to.value - 1}), {}, "date"},
                   std::move(unit),
                   std::move(reading)};
    bar.kept = {{"tempat", r_.address.place}};
    draw_filters(o, lang_, bar);
  }

  std::span<const app::LowComment> shown() const {
    const auto first = std::min(static_cast<std::size_t>((r_.address.page - 1) * kCommentsAPage), list_.comments.size());
    const std::span all(list_.comments);
    return all.subspan(first, std::min<std::size_t>(kCommentsAPage, all.size() - first));
  }

  void draw_list(html::Out& o) const {
    const auto period = period_words(lang_, r_.address.days);
    if (list_.comments.empty()) {
      auto all = r_.address;
      all.reading = app::Reading::Any;
      if (r_.address.reading != app::Reading::Unread) return draw_empty(o, say(lang_, Msg::CommentsNone, {period}));
      return draw_empty(o, say(lang_, Msg::CommentsNoneUnread, {period}), {in(Msg::CommentsSeeAll), all.href()});
    }
    o.el("p", {{"class", "note"}}, say(lang_, Msg::CommentsFound, {count(std::ssize(list_.comments))}));
    if (!marks()) return draw_comments(o, false);
    auto fields = hidden();
    if (r_.address.reading == app::Reading::Unread)
      for (const auto& comment : shown()) fields.emplace_back("ada", app::text(comment.listed));
    draw_post_form(o, visit_, "/komentar/tandai", fields, [&] {
      draw_comments(o, true);
      draw_bulk(o);
    });
    draw_more(o);
  }

  /// Whoever may write records of some unit here.
  bool marks() const {
    const auto& organisation = list_.reference->organisation;
    return std::ranges::any_of(shown(), [&](const app::LowComment& comment) {
      return visit_.scope->may(Right::WriteRecords, organisation, list_.node->key, comment.listed.unit);
    });
  }

  void draw_comments(html::Out& o, bool selects) const {
    TableHead head{.caption = in(Msg::CommentsTitle),
                   .columns = {{in(Msg::RecordPageDay)}, {in(Msg::ResultUnit)}, {in(Msg::CommentsColumn)}, {in(Msg::CommentsState)}},
                   .stacks = true};
    if (selects) head.columns.push_back({in(Msg::CommentsSelect)});
    draw_table(o, head, [&](Rows& rows) {
      for (const auto& comment : shown()) rows.row([&](Row& row) { draw_comment_row(o, row, comment, selects); });
    });
  }

  std::string unit_name(UnitKey key) const {
    const auto* unit = list_.reference->organisation.find_unit(list_.node->key, key);
    return unit == nullptr ? in(Msg::ResultWholePlace) : unit->name;
  }

  void draw_comment_row(html::Out& o, Row& row, const app::LowComment& comment, bool selects) const {
    const auto day = format::short_date(lang_, comment.listed.day), unit = unit_name(comment.listed.unit);
    row.name(day);
    row.cell(unit);
    row.cell([&] { o.el("q", {}, comment.text); });
    row.cell(comment.read ? say(lang_, Msg::CommentsReadBy,
                                {who_words(lang_, names_, comment.read->actor), format::moment(lang_, comment.read->at, list_.node->zone)})
                          : in(Msg::CommentsUnread));
    if (!selects) return;
    row.cell([&] {
      o.el("input", {{"type", "checkbox"},
                     {"name", "pilih"},
                     {"value", app::text(comment.listed)},
                     {"aria-label", say(lang_, Msg::CommentsSelectIt, {day, unit})}});
    });
  }

  void draw_bulk(html::Out& o) const {
    o.el("div", {{"class", "choices"}}, [&] {
      if (r_.address.reading != app::Reading::Read) draw_button(o, in(Msg::CommentsMark), Button::Primary, "aksi", "baca");
      if (r_.address.reading == app::Reading::Unread)
        draw_button(o, say(lang_, Msg::CommentsMarkAll, {count(std::ssize(shown()))}), Button::Quiet, "aksi", "semua");
      if (r_.address.reading != app::Reading::Unread) draw_button(o, in(Msg::CommentsUnmark), Button::Quiet, "aksi", "belum");
    });
  }

  void draw_more(html::Out& o) const {
    if (r_.address.page * kCommentsAPage >= std::ssize(list_.comments)) return;
    auto next = r_.address;
    ++next.page;
    draw_link_button(o, {in(Msg::CommentsMore), next.href()});
  }

  const Visit& visit_;
  Lang lang_;
  const CommentRequest& r_;
  const app::LowCommentList& list_;
  const Problems& problems_;
  app::AuditNames names_{};
};

http::Reply comment_page(const Visit& visit, const CommentRequest& request, const Problems& problems) {
  const auto list = app::list_low_comments(visit.context, *visit.scope, request.query);
  if (!list) return refuse_result(visit, list.error());
  return html_page(problems.empty() ? 200 : 422, CommentPage(visit, request, *list, problems).draw());
}

http::Reply get_comments(const Visit& visit) {
  const auto request = read_comment_request(visit);
  if (!request) return refuse_result(visit, request.error());
  return comment_page(visit, *request, {});
}

http::Reply post_marks(const Visit& visit) {
  const auto request = read_comment_request(visit);
  if (!request) return refuse_result(visit, request.error());
  const auto action = visit.field("aksi");
  const std::string_view wanted = action == "semua" ? "ada" : "pilih";
  std::vector<app::ListedRecord> picked;
  for (const auto& [name, value] : visit.form) {
    if (name != wanted || picked.size() == kMostMarked) continue;
    auto listed = app::parse_listed(value);
    if (!listed) return refuse_result(visit, {{Problem::Kind::Invalid, Msg::EntryFormBroken, "", {}}});
    picked.push_back(*std::move(listed));
  }
  if (picked.empty()) return comment_page(visit, *request, {{Problem::Kind::Invalid, Msg::CommentsNonePicked, "", {}}});
  const bool read = action != "belum";
  const auto marked = app::mark_comments(visit.context, *visit.scope, request->query.place, picked, read);
  if (!marked) return refuse_result(visit, marked.error());
  return redirect(request->address.href() + "&aksi=" + (read ? "baca" : "belum") + "&selesai=" + std::to_string(marked->changed.done) +
                  (read && marked->changed.done > 0 ? "&saat=" + std::to_string(marked->at.micros) : ""));
}

http::Reply post_undo_marks(const Visit& visit) {
  const auto request = read_comment_request(visit);
  if (!request) return refuse_result(visit, request.error());
  const auto at = parse_int(visit.field("saat"));
  if (!at) return refuse_result(visit, {{Problem::Kind::Invalid, Msg::EntryFormBroken, "", {}}});
  const auto undone = app::undo_marks(visit.context, *visit.scope, request->query.place, {*at});
  if (!undone) return refuse_result(visit, undone.error());
  return redirect(request->address.href() + "&aksi=belum&selesai=" + std::to_string(*undone));
}

constexpr std::array kCommentRoutes{
    Route{http::Method::Get, "/komentar", May::ReadRecords, Work::Blocking, &get_comments,
          "Comments of people who rated low, and who has read them."},
    Route{http::Method::Post, "/komentar/tandai", May::WriteRecords, Work::Blocking, &post_marks, "Marks comments as read or unread.",
          kMarkBytes},
    Route{http::Method::Post, "/komentar/urungkan", May::WriteRecords, Work::Blocking, &post_undo_marks,
          "Takes back what was marked just now."},
};

}  // namespace

std::string CommentAddress::href() const {
  auto out = "/komentar?tempat=" + http::percent_encode(place);
  if (!unit.empty()) out += "&unit=" + http::percent_encode(unit);
  out += "&dari=" + iso(days.from) + "&sampai=" + iso(Day{days.to.value - 1});
  out += "&baca=" + std::string(key_of(comment_readings(), reading));
  return page == 1 ? out : out + "&hal=" + std::to_string(page);
}

std::span<const Route> comment_routes() { return kCommentRoutes; }

}  // namespace pilar::web
