#include "web/validation_page.h"

#include "app/audit.h"
#include "i18n/format.h"
#include "i18n/messages.h"
#include "i18n/words/common.h"
#include "i18n/words/entry.h"
#include "i18n/words/validation.h"
#include "math/proportion.h"
#include "web/answer_words.h"
#include "web/audit_words.h"
#include "web/entry_address.h"
#include "web/forms.h"
#include "web/frame.h"
#include "web/list_file.h"
#include "web/validation_words.h"
#include "web/words.h"

namespace pilar::web {
namespace {

constexpr double kAgreementLevel = 0.95;

class ValidationPage {
 public:
  ValidationPage(const Visit& visit, const app::ValidationView& view) : visit_(visit), lang_(visit.lang), v_(view) {}

  std::string draw() const {
    auto frame = staff_page(visit_, Place::Indicators, say(lang_, Msg::ValidationOf, {v_.title.in(lang_)}));
    frame.place = v_.node->name + " · " + format::month(lang_, v_.row.month);
    frame.path = {{in(Msg::ValidationTitle), validation_href(*v_.node) + "&bulan=" + iso(v_.row.month)}};
    frame.notice = notice();
    frame.actions = [&](html::Out& o) { draw_page_actions(o); };
    return draw_staff_page(frame, [&](html::Out& o) {
      draw_result(o);
      // Who still fills in sees nobody's first answers.
      if (v_.is_closed()) draw_items(o);
      if (v_.is_closed()) draw_differences(o);
      draw_sample(o);
    });
  }

 private:
  std::string in(Message message) const { return words(lang_, message); }
  std::string href(std::string_view below = {}) const { return validation_href(*v_.node, v_.row.id, below); }
  std::string number(std::int64_t value) const { return format::number(lang_, value); }

  std::string notice() const {
    const auto done = visit_.request.param("sudah");
    if (done == "mulai") return in(Msg::ValidationBegun);
    if (done == "isi") return in(v_.is_closed() ? Msg::ValidationEnded : Msg::ValidationFilledOne);
    return done == "akhir" ? in(Msg::ValidationEnded) : std::string();
  }

  void draw_page_actions(html::Out& o) const {
    if (v_.is_closed()) {
      draw_file_actions(o, lang_, href("/data.xlsx"), href("/data.csv"));
    } else if (v_.may_begin) {
      draw_link_button(o, {in(Msg::ValidationEnd), href("/akhiri")});
    }
  }

  void draw_result(html::Out& o) const {
    const auto told = tell_validation(lang_, v_);
    const auto& r = v_.reading;
    std::vector<Fact> facts;
    if (v_.is_closed() && r.compared > 0) {
      const auto range = math::wilson(static_cast<double>(r.same), static_cast<double>(r.compared), kAgreementLevel);
      const auto interval = format::range(format::share(lang_, range.low), format::share(lang_, range.high));
      facts.push_back({in(Msg::ValidationAgreement),
                       agreement_words(lang_, r) + ": " + say(lang_, Msg::ValidationSameOf, {number(r.same), number(r.compared), interval}),
                       {}});
      facts.push_back({in(Msg::ValidationKappa), kappa_words(lang_, r.kappa), {}});
      if (r.first.denominator > 0 || r.second.denominator > 0)
        facts.push_back(
            {in(Msg::ValidationValues), say(lang_, Msg::ValidationTwoValues, {share_words(r.first), share_words(r.second)}), {}});
    }
    facts.push_back({in(Msg::ValidationThreshold), say(lang_, Msg::ValidationAtLeast, {number(v_.row.threshold)}), {}});
    facts.push_back(
        {in(Msg::ValidationCounts),
         say(lang_, Msg::ValidationCountsWords, {number(r.filled), number(r.not_found), number(r.waiting), number(v_.row.population)}),
         {}});
    facts.push_back({in(Msg::ValidationSeed), say(lang_, Msg::ValidationSeedNote, {v_.row.seed}), {}});
    draw_card(o, {.title = in(Msg::ValidationResult), .note = r.kappa.n > 0 ? in(Msg::ValidationKappaOf) : std::string()}, [&] {
      draw_badge(o, told.mark, told.words);
      if (v_.is_closed() && r.filled < kFewValidated) o.el("p", {{"class", "note"}}, in(Msg::ValidationFew));
      draw_facts(o, facts);
    });
  }

  std::string share_words(const Share& share) const {
    return format::percent(lang_, share.numerator, share.denominator) + " (" + number(share.numerator) + "/" + number(share.denominator) +
           ")";
  }

  void draw_sample(html::Out& o) const {
    std::vector<std::string> who;
    for (const auto& one : v_.records) who.push_back(one.actor);
    const auto names = app::audit_names(visit_.context, who);
    const TableHead head{.caption = in(Msg::ValidationSample),
                         .columns = {{in(Msg::ValidationRow)},
                                     {in(Msg::ValidationWhen)},
                                     {in(Msg::ValidationUnit)},
                                     {in(Msg::CommonState)},
                                     {in(Msg::ValidationBy)}},
                         .stacks = true};
    draw_card(o, {.title = in(Msg::ValidationSample)}, [&] {
      draw_table(o, head, [&](Rows& rows) {
        for (const auto& one : v_.records)
          rows.row([&](Row& row) {
            row.name(number(one.place), fill_href(one));
            row.cell(format::moment(lang_, one.at, v_.node->zone));
            row.cell(unit_name(one.unit));
            row.cell([&] { draw_state(o, one); });
            row.cell(one.actor.empty() ? std::string(format::kNone) : who_words(lang_, names, one.actor));
          });
      });
    });
  }

  std::string fill_href(const store::StoredValidated& one) const {
    const bool waits = !v_.is_closed() && one.state == store::ValidatedState::Waiting &&
                       visit_.scope->may(Right::WriteRecords, v_.reference->organisation, v_.node->key, one.unit);
    return waits ? href("/isi/" + std::to_string(one.place)) : std::string();
  }

  std::string unit_name(UnitKey unit) const {
    const auto* found = v_.reference->organisation.find_unit(v_.node->key, unit);
    return found == nullptr ? in(Msg::EntryWhole) : found->name;
  }

  void draw_state(html::Out& o, const store::StoredValidated& one) const {
    if (one.state == store::ValidatedState::Filled) return draw_badge(o, Mark::Done, in(Msg::ValidationFilled));
    if (one.state == store::ValidatedState::NotFound) {
      draw_badge(o, Mark::Concern, in(Msg::ValidationNotFound));
      return o.el("small", {}, one.reason);
    }
    draw_badge(o, Mark::Open, in(Msg::ValidationWaiting));
    if (const auto fill = fill_href(one); !fill.empty()) o.el("small", {}, [&] { o.el("a", {{"href", fill}}, in(Msg::ValidationFill)); });
  }

  void draw_items(html::Out& o) const {
    if (v_.reading.items.empty()) return;
    const TableHead head{.caption = in(Msg::ValidationByItem),
                         .columns = {{in(Msg::ValidationItem)},
                                     {in(Msg::ValidationSame), true},
                                     {in(Msg::ValidationAgreement), true},
                                     {in(Msg::ValidationKappa)}},
                         .stacks = true};
    draw_card(o, {.title = in(Msg::ValidationByItem)}, [&] {
      draw_table(o, head, [&](Rows& rows) {
        for (const auto& item : v_.reading.items)
          rows.row([&](Row& row) {
            row.name(item.item->label.in(lang_));
            row.cell(number(item.same) + "/" + number(item.compared));
            row.cell(format::percent(lang_, item.same, item.compared));
            row.cell(item.kappa.n == 0 ? std::string(format::kNone) : kappa_words(lang_, item.kappa));
          });
      });
    });
  }

  void draw_differences(html::Out& o) const {
    const bool may_read = visit_.scope->may(Right::ReadRecords, v_.reference->organisation, v_.node->key);
    draw_card(o, {.title = in(Msg::ValidationDifferences)}, [&] {
      if (!may_read) return draw_empty(o, in(Msg::ValidationDifferencesHidden));
      if (v_.reading.differences.empty()) return draw_empty(o, in(Msg::ValidationDifferencesNone));
      const TableHead head{.caption = in(Msg::ValidationDifferences),
                           .columns = {{in(Msg::ValidationRow)},
                                       {in(Msg::ValidationItem)},
                                       {in(Msg::ValidationFirst)},
                                       {in(Msg::ValidationSecond)},
                                       {in(Msg::ValidationCorrect)}},
                           .stacks = true};
      draw_table(o, head, [&](Rows& rows) {
        for (const auto& one : v_.reading.differences) rows.row([&](Row& row) { draw_difference(o, row, one); });
      });
    });
  }

  void draw_difference(html::Out& o, Row& row, const app::AnswerDifference& one) const {
    const auto* version = v_.reference->find(one.row->version);
    const auto form = version == nullptr ? std::string() : version->form.key;
    row.name(number(one.row->place), record_href(form, one.row->record, *v_.node));
    row.cell(one.item->label.in(lang_));
    row.cell(answer_words(lang_, *one.item, one.first, v_.node->zone));
    row.cell(answer_words(lang_, *one.item, one.second, v_.node->zone));
    row.cell([&] { draw_cure(o, one, form); });
  }

  void draw_cure(html::Out& o, const app::AnswerDifference& one, const std::string& form) const {
    const auto now = v_.revisions.find(one.row->place);
    if (now == v_.revisions.end()) return o.text(format::kNone);
    if (now->second == 0) return o.text(in(Msg::ValidationVoided));
    if (now->second > one.row->revision) o.el("small", {}, in(Msg::ValidationCorrected));
    if (visit_.scope->may(Right::CorrectRecords, v_.reference->organisation, v_.node->key, one.row->unit))
      o.el("a", {{"href", record_href(form, one.row->record, *v_.node, "/koreksi")}}, in(Msg::ValidationCorrect));
  }

  const Visit& visit_;
  Lang lang_;
  const app::ValidationView& v_;
};

}  // namespace

std::string draw_validation(const Visit& visit, const app::ValidationView& view) { return ValidationPage(visit, view).draw(); }

}  // namespace pilar::web
