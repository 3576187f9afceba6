#include "web/record_pages.h"

#include <algorithm>
#include <array>

#include "app/record_search.h"
#include "i18n/format.h"
#include "i18n/messages.h"
#include "i18n/words/entry.h"
#include "i18n/words/photo.h"
#include "i18n/words/result.h"
#include "web/entry_address.h"
#include "web/forms.h"
#include "web/frame.h"
#include "web/list_file.h"
#include "web/photo_pages.h"
#include "web/record_filters.h"
#include "web/record_request.h"
#include "web/record_table.h"
#include "web/result_address.h"
#include "web/result_words.h"
#include "web/site.h"
#include "web/table_reply.h"
#include "web/words.h"

namespace pilar::web {
namespace {

constexpr std::int64_t kRecordsAPage = 100;

class RecordListPage {
 public:
  RecordListPage(const Visit& visit, const RecordRequest& request, const app::FoundRecords& found)
      : visit_(visit),
        r_(request),
        found_(found),
        list_(found.list),
        pages_((std::ssize(found.records) + kRecordsAPage - 1) / kRecordsAPage),
        page_(std::clamp<std::int64_t>(request.page, 1, std::max<std::int64_t>(pages_, 1))),
        lines_(app::load_found(visit.context, *visit.scope, found, static_cast<std::size_t>((page_ - 1) * kRecordsAPage), kRecordsAPage)),
        lang_(visit.lang) {}

  http::Reply reply() {
    const auto& form = list_.version->form;
    const auto title = say(lang_, Msg::RecordListTitle, {form.title.in(lang_)});
    auto frame = staff_page(visit_, Place::Instruments, title);
    const auto* unit = r_.query.unit ? list_.reference->organisation.find_unit(list_.node->key, *r_.query.unit) : nullptr;
    frame.place = list_.node->name + (unit == nullptr ? "" : " · " + unit->name) + " · " + period_words(lang_, r_.address.period);
    frame.as_of = as_of(lang_, visit_.context.clock.now(), list_.node->zone);
    frame.path = {{form.title.in(lang_), r_.address.href()}};
    frame.notice = notice();
    frame.actions = [this](html::Out& o) { draw_actions(o); };
    return html_page(200, draw_staff_page(frame, [&](html::Out& o) {
                       draw_record_filters(o, visit_, r_, list_);
                       draw_list(o, title);
                     }));
  }

 private:
  std::string in(Message message) const { return words(lang_, message); }

  std::string notice() const {
    const auto done = visit_.request.param("selesai");
    if (done.empty()) return {};
    const auto message = visit_.request.param("aksi") == "komentar" ? Msg::RecordManyNoted : Msg::RecordManyVoided;
    return say(lang_, message, {std::string(done), std::string(visit_.request.param("tertinggal"))});
  }

  void draw_actions(html::Out& o) const {
    if (visit_.scope->may(Right::WriteRecords, list_.reference->organisation, list_.node->key))
      draw_link_button(o, {in(Msg::EntryFill), entry_href(list_.version->form.key, *list_.node)}, Button::Primary);
    draw_file_actions(o, lang_, r_.href("/data.xlsx"), r_.href("/data.csv"));
  }

  void draw_list(html::Out& o, const std::string& title) {
    const auto& form = list_.version->form;
    const auto note = form.is_public ? say(lang_, Msg::RecordListPrivacy, {std::to_string(app::kCommentDays)}) : std::string();
    draw_card(o, {.note = note}, [&] {
      draw_count(o);
      if (found_.records.empty()) return draw_nothing(o);
      if (may_void() || may_note())
        draw_selection(o, title);
      else
        draw_lines(o, title, false);
      draw_pages(o);
    });
  }

  void draw_selection(html::Out& o, const std::string& title) {
    o.el("form", {{"method", "post"}, {"action", r_.href("/batalkan")}}, [&] {
      draw_csrf(o, visit_);
      o.el("input", {{"type", "hidden"}, {"name", "kembali"}, {"value", r_.href()}});
      draw_lines(o, title, true);
      draw_bulk(o);
    });
  }

  bool may(Right right) const { return visit_.scope->may(right, list_.reference->organisation, list_.node->key); }
  bool may_void() const { return may(Right::CorrectRecords) && (!list_.version->form.is_public || !list_.columns.empty()); }
  bool may_note() const { return may(Right::WriteRecords) && !list_.version->form.is_public; }

  void draw_count(html::Out& o) {
    const auto count = format::number(lang_, std::ssize(found_.records));
    const bool filtered = !r_.filter.is_empty();
    o.el("p", {{"class", "note"}}, say(lang_, filtered ? Msg::RecordListFound : Msg::RecordListCount, {count}));
    if (pages_ > 1) {
      const auto first = (page_ - 1) * kRecordsAPage;
      o.el("p", {{"class", "note"}},
           say(lang_, Msg::RecordListPart,
               {format::number(lang_, first + 1), format::number(lang_, first + std::ssize(lines_.lines)), count}));
    }
    if (!r_.filter.words.empty()) o.el("p", {{"class", "note"}}, say(lang_, Msg::RecordListWordsHow));
  }

  void draw_nothing(html::Out& o) {
    if (!r_.filter.is_empty())
      return draw_empty(o, say(lang_, Msg::RecordListNoMatch), {in(Msg::RecordListNoFilter), r_.address.records_href()});
    draw_empty(o, say(lang_, Msg::RecordListNone, {period_words(lang_, r_.address.period)}));
  }

  /// A column's title sorts by it, the other way round the second time.
  Column sortable(std::string title, const std::string& by) const {
    auto wanted = r_;
    const bool is_this = r_.sort.by == by && (!by.empty() || r_.sort.down || !list_.version->form.is_public);
    wanted.sort = {by, is_this && !r_.sort.down};
    return {std::move(title), false, wanted.href(), !is_this ? Sorted::No : r_.sort.down ? Sorted::Down : Sorted::Up};
  }

  TableHead head_of(const std::string& title, bool selects) const {
    TableHead head{.caption = title, .stacks = true, .wide = true};
    const auto titles = record_titles(lang_, r_, list_);
    head.columns.push_back(sortable(titles[0], ""));
    head.columns.push_back(sortable(titles[1], "unit"));
    std::size_t at = 2;
    for (const auto column : shown_columns(r_, list_)) head.columns.push_back(sortable(titles[at++], list_.columns[column]->key));
    while (at < titles.size()) head.columns.push_back({titles[at++]});
    if (selects) head.columns.push_back({in(Msg::RecordListSelect)});
    return head;
  }

  void draw_lines(html::Out& o, const std::string& title, bool selects) {
    const auto head = head_of(title, selects);
    draw_table(o, head, [&](Rows& rows) {
      for (const auto& line : lines_.lines) rows.row([&](Row& row) { draw_line(o, row, line, selects); });
    });
  }

  void draw_line(html::Out& o, Row& row, const app::RecordLine& line, bool selects) {
    const auto fields = record_fields(lang_, r_, list_, line);
    row.name(fields.front(), line.id ? record_href(list_.version->form.key, *line.id, *list_.node) : std::string());
    const auto columns = shown_columns(r_, list_);
    for (std::size_t i = 1; i < fields.size(); ++i) {
      const auto photo = photo_at(line, columns, i);
      photo.empty() ? row.cell(fields[i]) : row.cell([&] { draw_photo(o, line, photo); });
    }
    if (!selects) return;
    row.cell([&] {
      if (line.state == RecordState::Voided && !may_note()) return;
      const auto value = app::text(app::ListedRecord{line.id, line.day, line.unit, line.mark, line.revision});
      o.el("input", {{"type", "checkbox"},
                     {"name", "pilih"},
                     {"value", value},
                     {"aria-label", say(lang_, Msg::RecordListSelectIt, {fields.front(), fields[1]})}});
    });
  }

  /// The hash of the photo that stands in this field of the line; empty where there is none.
  static std::string photo_at(const app::RecordLine& line, std::span<const std::size_t> columns, std::size_t field) {
    constexpr std::size_t kBefore = 2;  // day and unit
    if (field < kBefore || field - kBefore >= columns.size()) return {};
    const auto& answer = line.answers[columns[field - kBefore]].answer;
    const auto* photo = answer ? std::get_if<Photo>(&*answer) : nullptr;
    return photo == nullptr ? std::string() : photo->hash;
  }

  void draw_photo(html::Out& o, const app::RecordLine& line, const std::string& hash) const {
    const auto href = photo_href(list_.node->code, hash);
    const auto words = say(lang_, Msg::PhotoOpenFull, {format::short_date(lang_, line.day)});
    o.el("a", {{"class", "photo"}, {"href", href}},
         [&] { o.el("img", {{"src", href + "?ukuran=kecil"}, {"alt", words}, {"loading", "lazy"}}); });
  }

  void draw_bulk(html::Out& o) {
    o.el("div", {{"class", "choices"}}, [&] {
      if (may_note()) o.el("button", {{"class", "btn"}, {"formaction", r_.href("/komentari")}}, say(lang_, Msg::RecordManyNote));
      if (may_void()) draw_button(o, say(lang_, Msg::RecordManyVoid), Button::Danger);
    });
  }

  void draw_pages(html::Out& o) {
    const auto base = r_.href();
    draw_pagination(o, lang_, static_cast<int>(page_), static_cast<int>(pages_),
                    [&](int page) { return base + "&hal=" + std::to_string(page); });
  }

  const Visit& visit_;
  const RecordRequest& r_;
  const app::FoundRecords& found_;
  const app::RecordList& list_;
  std::int64_t pages_, page_;
  app::FoundLines lines_;
  Lang lang_;
};

http::Reply get_records(const Visit& visit) {
  const auto request = read_record_request(visit);
  if (!request) return refuse_result(visit, request.error());
  const auto found = app::search_records(visit.context, *visit.scope, request->query, request->filter, request->sort);
  if (!found) return refuse_result(visit, found.error());
  return RecordListPage(visit, *request, *found).reply();
}

std::string records_file_name(const RecordRequest& request) {
  return "pilar-catatan-" + request.address.instrument + "-" + request.address.place;
}

http::Reply records_file(const Visit& visit, FileKind kind) {
  const auto request = read_record_request(visit);
  if (!request) return refuse_result(visit, request.error());
  const auto table = record_table(visit, *request);
  if (!table) return refuse_result(visit, table.error());
  return table_reply(records_file_name(*request), *table, kind);
}

constexpr std::array kRecordRoutes{
    Route{http::Method::Get, "/catatan/:arg", May::ReadRecords, Work::Blocking, &get_records, "The records behind a number."},
    csv_route<records_file>("/catatan/:arg/data.csv", May::ReadRecords, "The same records as CSV."),
    workbook_route<records_file>("/catatan/:arg/data.xlsx", May::ReadRecords, "The same records as a workbook."),
};

}  // namespace

std::span<const Route> record_routes() { return kRecordRoutes; }

}  // namespace pilar::web
