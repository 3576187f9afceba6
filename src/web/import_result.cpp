#include "web/import_result.h"

#include <algorithm>

#include "app/import_answers.h"
#include "app/job.h"
#include "base/json.h"
#include "i18n/format.h"
#include "i18n/words/import.h"
#include "i18n/words/integrity.h"
#include "i18n/words/job.h"
#include "web/decision.h"
#include "web/frame.h"
#include "web/import_pages.h"
#include "web/job_pages.h"
#include "web/words.h"

namespace pilar::web {
namespace {

constexpr std::size_t kGroupsShown = 50, kFaultsShown = 50;

class ResultPage {
 public:
  ResultPage(const Visit& visit, const store::StoredImport& import, const std::optional<store::StoredJob>& job, const Problems& problems)
      : visit_(visit),
        import_(import),
        job_(job),
        problems_(problems),
        report_(app::report_from_json(import.report)) {}

  std::string draw() {
    auto frame = staff_page(visit_, Place::Imports, import_.file_name);
    frame.path = {{in(Msg::ImportTitle), "/impor"}};
    const auto* node = visit_.reference->organisation.find(import_.place);
    frame.place = (node == nullptr ? "" : node->name + " · ") + in(title(import_.state));
    return draw_staff_page(frame, [&](html::Out& o) {
      draw_problems(o, visit_.lang, problems_);
      if (is_going()) return draw_going(o);
      if (job_ && job_->state == JobState::Failed) draw_problems(o, visit_.lang, app::problems_of(*job_));
      draw_counts(o);
      draw_next(o);
      draw_warnings(o);
      draw_groups(o);
      draw_faults(o);
    });
  }

 private:
  std::string in(Message message) const { return words(visit_.lang, message); }
  std::string count(std::int64_t n) const { return format::number(visit_.lang, n); }
  bool is_going() const {
    return import_.state == ImportState::Checking || import_.state == ImportState::Writing || import_.state == ImportState::Undoing;
  }
  const Instrument* form() const {
    const auto* version = visit_.reference->latest(app::profile_of(import_).instrument);
    return version == nullptr ? nullptr : &version->form;
  }

  void draw_going(html::Out& o) {
    draw_card(o, {in(title(import_.state)), {}, {}, {}}, [&] {
      if (!job_) return;
      draw_job_progress(o, visit_.lang, *job_);
      draw_link_button(o, {in(Msg::JobStop), job_href(job_->id) + "/hentikan"}, Button::Danger);
    });
  }

  void draw_number(html::Out& o, Message label, std::int64_t n, Message note) {
    draw_figure(o, visit_.lang, {in(label), count(n), "", in(note), ""});
  }

  void draw_counts(html::Out& o) {
    const bool written = import_.state == ImportState::Written;
    if (import_.state == ImportState::Undone) return draw_undone(o);
    draw_strip(o, {{"", [&] { draw_number(o, written ? Msg::ImportNewSaved : Msg::ImportNew, report_.added, Msg::ImportNewNote); }},
                   {"", [&] { draw_number(o, Msg::ImportSame, report_.repeated, Msg::ImportSameNote); }},
                   {"",
                    [&] {
                      draw_number(o, written ? Msg::ImportChangedSaved : Msg::ImportChanged, report_.changed,
                                  report_.left_out > 0 ? Msg::ImportLeftOutNote : Msg::ImportChangedNote);
                    }},
                   {"", [&] { draw_number(o, Msg::ImportRefused, report_.refused, Msg::ImportRefusedNote); }}});
  }

  std::int64_t of_result(std::string_view name) const {
    if (!job_) return 0;
    const auto read = json::parse(job_->result.empty() ? "{}" : job_->result);
    const auto* value = std::get_if<json::Value>(&read);
    const auto* member = value == nullptr ? nullptr : value->find(name);
    return member == nullptr ? 0 : member->to_int().value_or(0);
  }

  void draw_undone(html::Out& o) {
    draw_card(o, {in(Msg::ImportUndoneTitle), {}, {}, {}}, [&] {
      o.el("p", {}, say(visit_.lang, Msg::ImportUndoneWords, {count(of_result("voided")), count(of_result("restored"))}));
      if (of_result("kept") > 0) o.el("p", {{"class", "note"}}, say(visit_.lang, Msg::ImportKeptWords, {count(of_result("kept"))}));
    });
  }

  void draw_next(html::Out& o) {
    switch (import_.state) {
      case ImportState::Checked:
        return draw_confirm_card(o);
      case ImportState::Written:
        return draw_card(o, {in(Msg::ImportSavedTitle), {}, {}, {}}, [&] {
          const bool stopped = job_ && job_->kind == app::kWriteJob && job_->state != JobState::Done;
          o.el("p", {}, in(stopped ? Msg::ImportStoppedWords : Msg::ImportSavedWords));
          o.el("div", {{"class", "choices"}}, [&] {
            if (stopped) draw_write_form(o, in(Msg::ImportGoOn));
            draw_link_button(o, {in(Msg::ImportUndo), import_href(import_.id) + "/batalkan"}, Button::Danger);
          });
        });
      default:
        return draw_card(o, {}, [&] { draw_link_button(o, {in(Msg::ImportAnother), "/impor"}); });
    }
  }

  void draw_write_form(html::Out& o, const std::string& button) {
    draw_post_form(o, visit_, import_href(import_.id) + "/simpan", {{"version", std::to_string(import_.version)}}, [&] {
      if (report_.changed > 0) {
        Choice choice{"ubah", in(Msg::ImportCorrections), in(Msg::ImportCorrectionsHint), {}, {}, {"ya"}};
        choice.options = {{"ya", say(visit_.lang, Msg::ImportCorrectionsYes, {count(report_.changed)}), {}},
                          {"tidak", in(Msg::ImportCorrectionsNo), {}}};
        choice.required = true;
        draw_choice(o, choice);
      }
      draw_button(o, button, Button::Primary);
    });
  }

  Message nothing_to_save() const {
    if (report_.rows == 0) return Msg::ImportOnlyNames;
    return report_.refused > 0 ? Msg::ImportNothingGood : Msg::ImportNothingNew;
  }

  void draw_confirm_card(html::Out& o) {
    draw_card(o, {in(Msg::ImportSaveTitle), {}, {}, {}}, [&] {
      const auto new_rows = report_.added + report_.changed;
      if (new_rows == 0) {
        o.el("p", {}, in(nothing_to_save()));
      } else {
        o.el("p", {}, in(report_.refused > 0 ? Msg::ImportSaveGood : Msg::ImportSaveAll));
        draw_write_form(o, say(visit_.lang, Msg::ImportSave, {count(new_rows)}));
      }
      o.el("div", {{"class", "choices"}}, [&] {
        if (import_.answers) draw_link_button(o, {in(Msg::ImportAnswersGet), import_href(import_.id) + "/berkas"});
        draw_link_button(o, {in(Msg::ImportChangeReading), import_href(import_.id) + "?atur=1"});
      });
      if (import_.answers) o.el("p", {{"class", "note"}}, in(Msg::ImportAnswersNote));
    });
  }

  /// Rules of the instrument that good rows break.
  void draw_warnings(html::Out& o) {
    if (report_.warnings.empty()) return;
    const auto* instrument = form();
    draw_card(o, {in(Msg::ImportWarnings), {}, in(Msg::ImportWarningsNote), {}}, [&] {
      const TableHead head{
          in(Msg::ImportWarnings), {{in(Msg::ImportReason)}, {in(Msg::ImportCount), true}, {in(Msg::ImportLines)}}, {}, true};
      draw_table(o, head, [&](Rows& rows) {
        for (const auto& group : report_.warnings)
          rows.row([&](Row& row) {
            row.name(instrument == nullptr ? say(visit_.lang, group.example) : say(visit_.lang, group.example, *instrument));
            row.cell(count(group.count));
            row.cell(lines_words(group));
          });
      });
    });
  }

  static std::string lines_words(const app::ImportFaultGroup& group) {
    std::string lines;
    for (const auto line : group.lines) lines += (lines.empty() ? "" : ", ") + std::to_string(line);
    if (static_cast<std::int64_t>(group.lines.size()) < group.count) lines += ", …";
    return lines;
  }

  void draw_groups(html::Out& o) {
    if (report_.groups.empty()) return;
    const auto* instrument = form();
    draw_card(o, {in(Msg::ImportGroups), {}, {}, {}}, [&] {
      const TableHead head{in(Msg::ImportGroups),
                           {{in(Msg::ImportColumn)}, {in(Msg::ImportReason)}, {in(Msg::ImportCount), true}, {in(Msg::ImportLines)}},
                           in(Msg::ImportGroupsOrder),
                           true};
      draw_table(o, head, [&](Rows& rows) {
        for (std::size_t i = 0; i < std::min(report_.groups.size(), kGroupsShown); ++i)
          rows.row([&](Row& row) { draw_group(o, row, report_.groups[i], instrument); });
      });
    });
  }

  void draw_group(html::Out& o, Row& row, const app::ImportFaultGroup& group, const Instrument* instrument) {
    row.name(group.column.empty() ? in(Msg::ImportWholeRow) : group.column);
    row.cell([&] { draw_reason(o, group.example, instrument); });
    row.cell(count(group.count));
    row.cell(lines_words(group));
  }

  void draw_reason(html::Out& o, const Problem& problem, const Instrument* instrument) {
    o.el("span", {}, instrument == nullptr ? say(visit_.lang, problem) : say(visit_.lang, problem, *instrument));
    o.el("small", {{"class", "note"}}, in(app::advice_for(problem.message)));
  }

  void draw_faults(html::Out& o) {
    if (report_.faults.empty()) return;
    const auto* instrument = form();
    const auto shown = std::min(report_.faults.size(), kFaultsShown);
    draw_card(o, {in(Msg::ImportFaults), {}, say(visit_.lang, Msg::ImportFaultsNote, {count(static_cast<std::int64_t>(shown))}), {}}, [&] {
      const TableHead head{
          in(Msg::ImportFaults), {{in(Msg::ImportRow)}, {in(Msg::ImportCell)}, {in(Msg::ImportColumn)}, {in(Msg::ImportReason)}}, {}, true};
      draw_table(o, head, [&](Rows& rows) {
        for (std::size_t i = 0; i < shown; ++i)
          rows.row([&](Row& row) {
            const auto& fault = report_.faults[i];
            row.name(in(Msg::ImportRow) + " " + std::to_string(fault.line));
            row.cell(fault.cell);
            row.cell(fault.column);
            row.cell([&] { draw_reason(o, fault.problem, instrument); });
          });
      });
    });
  }

  const Visit& visit_;
  const store::StoredImport& import_;
  const std::optional<store::StoredJob>& job_;
  const Problems& problems_;
  app::ImportReport report_;
};

}  // namespace

std::string draw_import_result(const Visit& visit, const store::StoredImport& import, const std::optional<store::StoredJob>& job,
                               const Problems& problems) {
  return ResultPage(visit, import, job, problems).draw();
}

}  // namespace pilar::web
