#include "web/record_detail_pages.h"

#include <algorithm>
#include <array>

#include "app/record.h"
#include "base/hash.h"
#include "base/text.h"
#include "i18n/format.h"
#include "i18n/messages.h"
#include "i18n/words/answer.h"
#include "i18n/words/entry.h"
#include "i18n/words/people.h"
#include "i18n/words/result.h"
#include "web/answer_words.h"
#include "web/audit_words.h"
#include "web/decision.h"
#include "web/entry_address.h"
#include "web/entry_form.h"
#include "web/frame.h"
#include "web/record_words.h"
#include "web/site.h"
#include "web/words.h"

namespace pilar::web {
namespace {

/// One field of a content before and after a change, in words.
struct Changed {
  std::string label, before, after;
};

std::string answer_in(Lang lang, const app::RecordContent& content, const std::string& key, Zone zone) {
  const auto index = content.version->form.index_of(key);
  if (!index || *index >= content.answers.size()) return words(lang, Msg::RecordListNotAsked);
  return answer_words(lang, content.version->form.items[*index], content.answers[*index], zone);
}

std::vector<Changed> changed_fields(Lang lang, const app::RecordDetail& detail, const app::RecordChange& change) {
  std::vector<Changed> out;
  const auto add = [&](std::string label, std::string before, std::string after) {
    if (before != after) out.push_back({std::move(label), std::move(before), std::move(after)});
  };
  const auto zone = detail.node->zone;
  add(words(lang, Msg::RecordListState), words(lang, state_words(change.before.state)), words(lang, state_words(change.after.state)));
  add(words(lang, Msg::EntryUnit), unit_words(lang, detail, change.before.unit), unit_words(lang, detail, change.after.unit));
  if (detail.is_hidden) return out;
  add(words(lang, Msg::RecordPageAt), format::moment(lang, change.before.at, zone), format::moment(lang, change.after.at, zone));
  for (const auto& item : change.after.version->form.items)
    add(item.label.in(lang), answer_in(lang, change.before, item.key, zone), answer_in(lang, change.after, item.key, zone));
  return out;
}

class RecordPage {
 public:
  RecordPage(const Visit& visit, const app::RecordDetail& detail, const Problems& problems)
      : visit_(visit),
        d_(detail),
        problems_(problems),
        lang_(visit.lang) {}

  std::string draw() {
    auto frame = staff_page(visit_, Place::Instruments, say(lang_, Msg::RecordPageTitle, {form().title.in(lang_)}));
    frame.place = d_.node->name + " · " + record_name(lang_, d_);
    frame.path = {{say(lang_, Msg::RecordListTitle, {form().title.in(lang_)}), list_href()}};
    frame.notice = notice();
    if (may_correct() || may_read_trail())
      frame.actions = [this](html::Out& o) {
        if (may_read_trail()) draw_link_button(o, {in(Msg::AuditTitle), trail_href()});
        if (may_correct() && !d_.is_hidden) draw_link_button(o, {in(Msg::RecordPageCorrect), detail_href(d_, "/koreksi")});
        if (may_correct()) draw_link_button(o, {in(Msg::RecordPageVoid), detail_href(d_, "/batalkan")}, Button::Danger);
      };
    return draw_staff_page(frame, [&](html::Out& o) {
      draw_about(o);
      draw_answers(o);
      if (!d_.is_hidden) draw_notes(o);
      draw_history(o);
    });
  }

 private:
  std::string in(Message message) const { return words(lang_, message); }
  const Instrument& form() const { return d_.version->form; }

  std::string list_href() const {
    return "/catatan/" + form().key + "?tempat=" + http::percent_encode(d_.node->code) + "&bulan=" + iso(month_of(d_.record.day));
  }

  bool may_correct() const {
    return d_.record.state != RecordState::Voided &&
           visit_.scope->may(Right::CorrectRecords, d_.reference->organisation, d_.node->key, d_.record.unit);
  }

  /// Of an instrument for the public the trail would tell when it was answered.
  bool may_read_trail() const { return !d_.is_hidden && visit_.scope->may(Right::ReadAudit, d_.reference->organisation, d_.node->key); }
  std::string trail_href() const {
    return "/jejak?tempat=" + http::percent_encode(d_.node->code) + "&perihal=" + http::percent_encode("record:" + text(d_.record.id));
  }

  std::string notice() const {
    const auto done = visit_.request.param("sudah");
    if (done == "koreksi") return in(Msg::RecordPageCorrectDone);
    if (done == "batal") return in(Msg::RecordPageVoidDone);
    if (done == "komentar") return in(Msg::RecordPageNoteDone);
    return done == "periksa" ? in(Msg::RecordPageCheckDone) : std::string();
  }

  std::string who(const std::string& actor) const { return who_words(lang_, d_.names, actor); }
  std::string when(Instant at) const { return format::moment(lang_, at, d_.node->zone); }

  void draw_about(html::Out& o) {
    std::vector<Fact> facts{{in(Msg::EntryUnit), unit_words(lang_, d_, d_.record.unit)}};
    if (d_.is_hidden)
      facts.push_back({in(Msg::RecordPageDay), format::date(lang_, d_.record.day)});
    else
      facts.push_back({in(Msg::RecordPageAt), when(d_.record.at)});
    facts.push_back({in(Msg::RecordListState), in(state_words(d_.record.state))});
    facts.push_back({in(Msg::RecordListChannel), in(channel_words(d_.record.channel))});
    if (!d_.is_hidden) {
      if (d_.author) facts.push_back({in(Msg::RecordPageBy), who(*d_.author)});
      facts.push_back({in(Msg::RecordPageReceived), when(d_.record.received_at)});
      facts.push_back({in(Msg::RecordPageId), text(d_.record.id)});
    }
    facts.push_back({in(Msg::RecordPageVersion), format::number(lang_, form().version)});
    facts.push_back({in(Msg::RecordPageRevision), format::number(lang_, d_.record.revision)});
    draw_card(o, {.title = in(Msg::RecordPageAbout)}, [&] { draw_facts(o, facts); });
  }

  void draw_answers(html::Out& o) {
    if (d_.is_hidden) return draw_card(o, {.title = in(Msg::RecordPageAnswers)}, [&] { draw_empty(o, say(lang_, Msg::RecordPageHidden)); });
    for (std::size_t section = 0; section < form().sections.size(); ++section)
      draw_card(o, {.title = form().sections[section].title.in(lang_)}, [&] {
        std::vector<Fact> facts;
        for (std::size_t i = 0; i < form().items.size(); ++i)
          if (form().items[i].section == section)
            facts.push_back({form().items[i].label.in(lang_), answer_words(lang_, form().items[i], d_.answers[i], d_.node->zone)});
        draw_facts(o, facts);
      });
  }

  void draw_notes(html::Out& o) {
    draw_card(o, {.title = in(Msg::RecordPageNotes), .id = "komentar"}, [&] {
      if (d_.notes.empty()) draw_empty(o, say(lang_, Msg::RecordPageNotesNone));
      o.el("ul", {{"class", "trail"}}, [&] {
        for (const auto& note : d_.notes) o.el("li", {}, [&] { draw_note(o, note); });
      });
      draw_note_form(o);
    });
  }

  void draw_note(html::Out& o, const store::StoredNote& note) {
    if (note.kind == store::NoteKind::Checked) {
      const auto older =
          note.revision < d_.record.revision ? " (" + say(lang_, Msg::RecordPageOlder, {format::number(lang_, note.revision)}) + ")" : "";
      draw_badge(o, Mark::Done, in(Msg::RecordPageChecked) + older);
    }
    if (!note.text.empty()) o.el("p", {{"class", "said"}}, note.text);
    o.el("p", {{"class", "note"}}, say(lang_, Msg::RecordPageNoteBy, {who(note.actor), when(note.at)}));
  }

  void draw_note_form(html::Out& o) {
    const auto& organisation = d_.reference->organisation;
    if (!visit_.scope->may(Right::WriteRecords, organisation, d_.node->key, d_.record.unit)) return;
    const Hidden hidden{{std::string(kPlaceField), d_.node->code}, {std::string(kIdField), text(make_uuid(visit_.context.clock.now()))}};
    draw_post_form(o, visit_, detail_href(d_, "/komentar"), hidden, [&] {
      draw_problems(o, lang_, problems_);
      Field note{"text", in(Msg::RecordPageNote), in(Msg::RecordPageNoteHint), std::string(visit_.field("text"))};
      note.rows = 3;
      note.required = !may_check();  // a check needs no words
      note.max_length = static_cast<int>(app::kLongestNote);
      note.problem = problem_of(lang_, problems_, "text");
      draw_field(o, lang_, note);
      o.el("div", {{"class", "choices"}}, [&] {
        draw_button(o, in(Msg::RecordPageNoteSave));
        if (may_check()) draw_button(o, in(Msg::RecordPageCheck), Button::Quiet, "periksa", "1");
      });
    });
  }

  /// Somebody else than who entered or corrected it.
  bool may_check() const {
    const auto& actor = visit_.scope->actor();
    return may_correct() && d_.author != actor && std::ranges::find(d_.changes, actor, &app::RecordChange::actor) == d_.changes.end();
  }

  void draw_history(html::Out& o) {
    draw_card(o, {.title = in(Msg::RecordPageHistory), .id = "riwayat"}, [&] {
      if (d_.changes.empty()) return draw_empty(o, say(lang_, Msg::RecordPageHistoryNone));
      for (auto change = d_.changes.rbegin(); change != d_.changes.rend(); ++change) draw_change(o, *change);
    });
  }

  void draw_change(html::Out& o, const app::RecordChange& change) {
    const bool voids = change.after.state == RecordState::Voided && change.before.state != RecordState::Voided;
    const auto title = say(lang_, voids ? Msg::RecordPageVoided : Msg::RecordPageCorrected,
                           {who(change.actor), d_.is_hidden ? format::date(lang_, civil_day(change.at, d_.node->zone)) : when(change.at)});
    o.el("h3", {}, title);
    if (!change.reason.empty()) o.el("p", {{"class", "note"}}, say(lang_, Msg::RecordPageReason, {change.reason}));
    const auto fields = changed_fields(lang_, d_, change);
    if (fields.empty()) return o.el("p", {{"class", "note"}}, say(lang_, Msg::RecordPageSame));
    const TableHead head{
        .caption = title, .columns = {{in(Msg::RecordPageField)}, {in(Msg::RecordPageBefore)}, {in(Msg::RecordPageAfter)}}, .stacks = true};
    draw_table(o, head, [&](Rows& rows) {
      for (const auto& field : fields)
        rows.row([&](Row& row) {
          row.name(field.label);
          row.cell(field.before);
          row.cell(field.after);
        });
    });
  }

  const Visit& visit_;
  const app::RecordDetail& d_;
  const Problems& problems_;
  Lang lang_;
};

http::Reply get_record(const Visit& visit) {
  const auto detail = find_record_detail(visit);
  if (!detail) return detail.error();
  return html_page(200, RecordPage(visit, *detail, {}).draw());
}

http::Reply post_note(const Visit& visit) {
  const auto detail = find_record_detail(visit);
  if (!detail) return detail.error();
  const auto id = parse_uuid(visit.field(kIdField));
  if (!id) return refuse_record(visit, {{Problem::Kind::Invalid, Msg::EntryFormBroken, "", {}}});
  const bool checks = !visit.field("periksa").empty();
  auto said = std::string(visit.field("text"));
  std::erase(said, '\r');
  const app::NewNote note{*id, checks ? store::NoteKind::Checked : store::NoteKind::Comment, std::move(said)};
  const auto done = app::add_note(visit.context, *visit.scope, *detail, note);
  if (done) return redirect(detail_href(*detail, "", checks ? "&sudah=periksa" : "&sudah=komentar"));
  return html_page(status_of(done.error()), RecordPage(visit, *detail, done.error()).draw());
}

http::Reply void_page(const Visit& visit, const app::RecordDetail& detail, const Problems& problems) {
  const auto lang = visit.lang;
  auto frame = staff_page(visit, Place::Instruments, words(lang, Msg::RecordPageVoidTitle));
  frame.place = detail.node->name;
  frame.path = {{record_name(lang, detail), detail_href(detail)}};
  const auto what = detail.version->form.title.in(lang) + ", " + record_name(lang, detail);
  return html_page(
      problems.empty() ? 200 : status_of(problems), draw_staff_page(frame, [&](html::Out& o) {
        draw_card(o, {}, [&] {
          draw_problems(o, lang, problems);
          o.el("p", {}, say(lang, Msg::RecordPageVoidWords, {what}));
          const Hidden hidden{{std::string(kPlaceField), detail.node->code},
                              {std::string(kRevisionField), std::to_string(detail.record.revision)}};
          draw_post_form(o, visit, detail_href(detail, "/batalkan"), hidden, [&] {
            draw_field(o, lang, reason_field(visit, problems, kReasonField, Msg::RecordPageVoidWhy, words(lang, Msg::RecordPageWhyHint)));
            o.el("div", {{"class", "choices"}}, [&] {
              draw_button(o, say(lang, Msg::RecordPageVoidDo), Button::Danger);
              draw_link_button(o, {words(lang, Msg::DecisionLeave), detail_href(detail)});
            });
          });
        });
      }));
}

http::Reply get_void(const Visit& visit) {
  const auto detail = find_record_detail(visit);
  if (!detail) return detail.error();
  return void_page(visit, *detail, {});
}

http::Reply post_void(const Visit& visit) {
  const auto detail = find_record_detail(visit);
  if (!detail) return detail.error();
  const auto reason = std::string(trim(visit.field(kReasonField)));
  if (auto wrong = check_reason(reason, std::string(kReasonField)); !wrong.empty()) return void_page(visit, *detail, wrong);
  const auto seen = parse_int(visit.field(kRevisionField)).value_or(0);
  const auto done =
      app::void_record(visit.context, *visit.scope, detail->node->key, detail->record.id, static_cast<std::int32_t>(seen), reason);
  if (done) return redirect(detail_href(*detail, "", "&sudah=batal"));
  // Somebody changed it meanwhile: the page shows what stands there now and asks again.
  return void_page(visit, *detail, done.error());
}

constexpr std::array kDetailRoutes{
    Route{http::Method::Get, "/catatan/:arg/:arg", May::ReadRecords, Work::Blocking, &get_record, "One record with its history."},
    Route{http::Method::Post, "/catatan/:arg/:arg/komentar", May::WriteRecords, Work::Blocking, &post_note,
          "Adds a comment to a record, or that it was checked."},
    Route{http::Method::Get, "/catatan/:arg/:arg/batalkan", May::CorrectRecords, Work::Blocking, &get_void,
          "Asks before a record is voided."},
    Route{http::Method::Post, "/catatan/:arg/:arg/batalkan", May::CorrectRecords, Work::Blocking, &post_void, "Voids a record."},
};

}  // namespace

std::expected<app::RecordDetail, http::Reply> find_record_detail(const Visit& visit) {
  const auto given = visit.field(kPlaceField);
  const auto code = given.empty() ? visit.request.param("tempat") : given;
  const auto* node = code.empty() ? visit.reference->organisation.find(visit.scope->root()) : visit.reference->organisation.find(code);
  if (node == nullptr) return std::unexpected(refuse_record(visit, {{Problem::Kind::NotFound, Msg::ResultUnknownPlace, "", {}}}));
  const auto id = parse_uuid(visit.args.at(1));
  if (!id) return std::unexpected(refuse_record(visit, {{Problem::Kind::NotFound, Msg::RecordNotFound, "", {}}}));
  auto detail = app::read_record(visit.context, *visit.scope, visit.args.at(0), node->key, *id);
  if (!detail) return std::unexpected(refuse_record(visit, detail.error()));
  return *std::move(detail);
}

http::Reply refuse_record(const Visit& visit, const Problems& problems) { return problem_reply(visit, problems); }

std::string unit_words(Lang lang, const app::RecordDetail& detail, UnitKey unit) {
  const auto* found = detail.reference->organisation.find_unit(detail.node->key, unit);
  return found == nullptr ? words(lang, Msg::EntryWhole) : found->name;
}

std::string record_name(Lang lang, const app::RecordDetail& detail) {
  const auto& record = detail.record;
  return (detail.is_hidden ? format::date(lang, record.day) : format::moment(lang, record.at, detail.node->zone)) + " · " +
         unit_words(lang, detail, record.unit);
}

std::string detail_href(const app::RecordDetail& detail, std::string_view page, std::string_view more) {
  return record_href(detail.version->form.key, detail.record.id, *detail.node, page) + std::string(more);
}

std::span<const Route> record_detail_routes() { return kDetailRoutes; }

}  // namespace pilar::web
