#include "web/home_own.h"

#include "app/own_work.h"
#include "i18n/format.h"
#include "i18n/messages.h"
#include "i18n/words/entry.h"
#include "i18n/words/home.h"
#include "web/desk.h"
#include "web/entry_address.h"
#include "web/import_pages.h"
#include "web/job_pages.h"
#include "web/words.h"

namespace pilar::web {
namespace {

constexpr std::size_t kDraftRows = 2;

class OwnDesk {
 public:
  OwnDesk(const Visit& visit, const app::OwnWork& work) : visit_(visit), lang_(visit.lang), work_(work) {}

  std::vector<Todo> gather() {
    for (const auto& one : work_.imports) add_import(one);
    for (const auto& job : work_.jobs) add_job(job);
    add_drafts();
    return std::move(todos_);
  }

 private:
  std::string in(Message message) const { return words(lang_, message); }
  const Node* place(FacilityKey key) const { return visit_.reference->organisation.find(key); }
  std::string name(FacilityKey key) const { return place(key) == nullptr ? std::string() : place(key)->name; }
  std::string moment(Instant at, FacilityKey key) const {
    return format::moment(lang_, at, place(key) == nullptr ? Zone::Wib : place(key)->zone);
  }

  void add_import(const app::RefusedImport& one) {
    const auto& import = one.import;
    const auto reason = import.state == ImportState::Written ? Msg::HomeImportWritten : Msg::HomeImportChecked;
    todos_.push_back({Mark::Concern,
                      in(Msg::HomeRefused),
                      say(lang_, Msg::HomeImport, {import.file_name, format::number(lang_, one.refused)}),
                      say(lang_, reason, {name(import.place), moment(import.changed_at, import.place)}),
                      {in(Msg::HomeImportSee), import_href(import.id)}});
  }

  void add_job(const store::StoredJob& job) {
    const bool failed = job.state == JobState::Failed;
    const auto what = job_kind_words(lang_, job.kind) + " " + job.title;
    todos_.push_back({failed ? Mark::Concern : Mark::None,
                      in(failed ? Msg::HomeFailed : Msg::HomeEnded),
                      say(lang_, failed ? Msg::HomeJobFailed : Msg::HomeJobDone, {what}),
                      say(lang_, Msg::HomeJobReason, {name(job.place), moment(job.ended_at.value_or(job.created_at), job.place)}),
                      {in(failed ? Msg::HomeJobWhy : Msg::HomeJobSee), job_href(job.id)}});
  }

  /// The last ones one by one, the rest together.
  void add_drafts() {
    std::size_t rows = 0, left = 0;
    const store::StoredDraft* oldest = nullptr;
    for (const auto& draft : work_.drafts) {
      const auto* version = visit_.reference->latest(draft.instrument);
      if (version == nullptr || place(draft.facility) == nullptr) continue;
      if (rows < kDraftRows) {
        ++rows;
        add_draft(draft, version->form);
        continue;
      }
      ++left;
      oldest = &draft;
    }
    if (oldest == nullptr) return;
    todos_.push_back({Mark::None,
                      in(Msg::HomeUnfinished),
                      say(lang_, Msg::HomeDrafts, {format::number(lang_, static_cast<std::int64_t>(left))}),
                      say(lang_, Msg::HomeDraftsReason, {moment(oldest->changed_at, oldest->facility)}),
                      {in(Msg::HomeDraftsSee), "/isi"}});
  }

  void add_draft(const store::StoredDraft& draft, const Instrument& form) {
    todos_.push_back({Mark::None,
                      in(Msg::HomeUnfinished),
                      say(lang_, Msg::HomeDraft, {form.title.in(lang_)}),
                      say(lang_, Msg::HomeDraftReason, {name(draft.facility), moment(draft.changed_at, draft.facility)}),
                      {in(Msg::DraftsContinue), entry_href(form.key, *place(draft.facility), "&draf=" + text(draft.id))}});
  }

  const Visit& visit_;
  Lang lang_;
  const app::OwnWork& work_;
  std::vector<Todo> todos_{};
};

}  // namespace

std::vector<Todo> own_todos(const Visit& visit) {
  if (!visit.person) return {};
  const auto work = app::read_own_work(visit.context, *visit.person, visit.desk->settings.number("draft-days"));
  return OwnDesk(visit, work).gather();
}

}  // namespace pilar::web
