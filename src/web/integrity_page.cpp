#include "web/integrity_page.h"

#include <algorithm>

#include "i18n/format.h"
#include "i18n/words/indicator.h"
#include "i18n/words/integrity.h"
#include "i18n/words/place_page.h"
#include "i18n/words/result.h"
#include "i18n/words/table.h"
#include "web/decision.h"
#include "web/entry_address.h"
#include "web/forms.h"
#include "web/frame.h"
#include "web/integrity_words.h"
#include "web/list_file.h"
#include "web/month_address.h"
#include "web/words.h"

namespace pilar::web {
namespace {

constexpr std::string_view kOpenSigns = "belum", kCheckedSigns = "sudah";
constexpr std::size_t kShownRecords = 10;

class SignPage {
 public:
  SignPage(const Visit& visit, const app::IntegrityView& view) : visit_(visit), lang_(visit.lang), view_(view) {
    kind_ = find_value(sign_kinds(), visit.request.param("jenis"));
    severity_ = find_value(severities(), visit.request.param("tingkat"));
    state_ = visit.request.param("periksa");
    std::vector<std::string> who;
    for (const auto& one : view.signs) {
      if (!is_wanted(one)) continue;
      kept_.push_back(&one);
      if (one.checked) who.push_back(one.checked->actor);
    }
    names_ = app::audit_names(visit.context, who);
  }

  std::string draw() const {
    auto frame = staff_page(visit_, Place::Indicators, in(Msg::IntegrityTitle));
    frame.place = view_.node->name + " · " + format::month(lang_, view_.month);
    frame.path = {{in(Msg::IndicatorPageTitle), "/indikator?tempat=" + http::percent_encode(view_.node->code)}};
    frame.as_of = as_of(lang_, view_.as_of, view_.node->zone);
    if (visit_.request.param("sudah") == "periksa") frame.notice = in(Msg::IntegrityWasChecked);
    frame.actions = [&](html::Out& o) { draw_sign_actions(o); };
    return draw_staff_page(frame, [&](html::Out& o) {
      o.el("p", {{"class", "note"}}, in(Msg::IntegrityNote));
      if (!(view_.month < view_.running)) o.el("p", {{"class", "note"}}, in(Msg::IntegrityRunning));
      if (view_.cut) o.el("p", {{"class", "note"}}, say(lang_, Msg::IntegrityCut, {format::number(lang_, app::kMostLooked)}));
      draw_filters(o, lang_, filters());
      if (kept_.empty()) return draw_empty(o, in(view_.signs.empty() ? Msg::IntegrityNone : Msg::IntegrityNoneLikeThis));
      draw_card(o, {.title = say(lang_, Msg::IntegrityCount, {format::number(lang_, std::ssize(kept_))})}, [&] { draw_list(o); });
    });
  }

  Table table() const {
    Table out{.caption = in(Msg::IntegrityTitle) + ", " + view_.node->name};
    out.notes = {{in(Msg::ResultMonth), format::month(lang_, view_.month)},
                 {in(Msg::TableAsOf), as_of(lang_, view_.as_of, view_.node->zone)}};
    out.columns = {{in(Msg::IntegritySeverity)}, {in(Msg::IntegritySign)},     {in(Msg::IntegrityWhere)},
                   {in(Msg::IntegrityEvidence)}, {in(Msg::IntegrityByChance)}, {in(Msg::IntegrityLooked)}};
    out.rows = [this](const OnTableRow& write) {
      for (const auto* one : kept_)
        write(std::vector<TableCell>{in(title_of(severities(), one->sign.severity)), sign_words(lang_, one->kind),
                                     sign_subject(lang_, view_, *one), evidence_words(lang_, *one), chance_words(lang_, *one),
                                     one->checked ? checked_words(lang_, names_, view_, *one->checked) : std::string()});
    };
    return out;
  }

 private:
  std::string in(Message message) const { return words(lang_, message); }

  bool is_wanted(const app::FoundSign& one) const {
    if (kind_ && one.kind != *kind_) return false;
    if (severity_ && one.sign.severity != *severity_) return false;
    if (state_ == kOpenSigns) return !one.checked;
    return state_ != kCheckedSigns || one.checked.has_value();
  }

  std::string filtered_href(std::string_view below) const {
    auto out = integrity_href(*view_.node, view_.month, below);
    for (const auto* name : {"jenis", "tingkat", "periksa"})
      if (const auto value = visit_.request.param(name); !value.empty()) out += "&" + std::string(name) + "=" + http::percent_encode(value);
    return out;
  }

  void draw_sign_actions(html::Out& o) const { draw_file_actions(o, lang_, filtered_href("/data.xlsx"), filtered_href("/data.csv")); }

  FilterBar filters() const {
    std::vector<Option> kinds{{"", in(Msg::IntegrityAnySign)}}, grave{{"", in(Msg::IntegrityAnySeverity)}};
    for (const auto& row : sign_kinds()) kinds.push_back({std::string(row.key), in(row.title)});
    for (const auto& row : severities()) grave.push_back({std::string(row.key), in(row.title)});
    std::vector<Option> states{{"", in(Msg::IntegrityAnyState)},
                               {std::string(kOpenSigns), in(Msg::IntegrityOpen)},
                               {std::string(kCheckedSigns), in(Msg::IntegrityChecked)}};
    FilterBar bar{"/indikator/keutuhan", format::month(lang_, view_.month), {}, {{"tempat", view_.node->code}}};
    bar.filters = {
        month_choice(lang_, view_.month, view_.running),
        {"jenis", in(Msg::IntegritySign), kind_ ? std::string(key_of(sign_kinds(), *kind_)) : "", std::move(kinds)},
        {"tingkat", in(Msg::IntegritySeverity), severity_ ? std::string(key_of(severities(), *severity_)) : "", std::move(grave)},
        {"periksa", in(Msg::IntegrityLooked), std::string(state_), std::move(states)}};
    return bar;
  }

  void draw_list(html::Out& o) const {
    const TableHead head{
        .caption = in(Msg::IntegrityTitle),
        .columns = {{in(Msg::IntegritySign)}, {in(Msg::IntegrityWhere)}, {in(Msg::IntegrityEvidence)}, {in(Msg::IntegrityLooked)}},
        .stacks = true};
    draw_table(o, head, [&](Rows& rows) {
      for (const auto* one : kept_) rows.row([&](Row& row) { draw_sign(o, row, *one); });
    });
  }

  void draw_sign(html::Out& o, Row& row, const app::FoundSign& one) const {
    row.cell([&] {
      o.text(sign_words(lang_, one.kind) + " ");
      draw_severity(o, lang_, one.sign.severity);
    });
    row.cell(sign_subject(lang_, view_, one));
    row.cell([&] { draw_evidence(o, one); });
    row.cell([&] { draw_state(o, one); });
  }

  void draw_evidence(html::Out& o, const app::FoundSign& one) const {
    o.el("p", {}, evidence_words(lang_, one));
    if (const auto chance = chance_words(lang_, one); !chance.empty()) o.el("small", {}, chance);
    const auto link = sign_link(lang_, view_, one);
    o.el("p", {}, [&] { o.el("a", {{"href", link.href}}, link.text); });
    if (one.records.empty()) return;
    o.el("details", {}, [&] {
      o.el("summary", {}, say(lang_, Msg::IntegrityRecords, {format::number(lang_, std::ssize(one.records))}));
      o.el("ul", {}, [&] {
        for (std::size_t i = 0; i < std::min(one.records.size(), kShownRecords); ++i)
          o.el("li", {}, [&] {
            o.el("a", {{"href", record_href(one.version->form.key, one.records[i].id, *view_.node)}},
                 say(lang_, Msg::IntegrityRecord,
                     {format::number(lang_, static_cast<std::int64_t>(i + 1)), format::date(lang_, one.records[i].day)}));
          });
      });
    });
  }

  void draw_state(html::Out& o, const app::FoundSign& one) const {
    if (one.checked) {
      draw_badge(o, Mark::Done, in(Msg::IntegrityChecked));
      o.el("small", {}, checked_words(lang_, names_, view_, *one.checked));
      return;
    }
    if (!app::may_check_signs(*visit_.scope, view_.reference->organisation, view_.node->key)) return o.text(in(Msg::IntegrityOpen));
    o.el("a", {{"href", integrity_href(*view_.node, view_.month, "/periksa") + "&tanda=" + http::percent_encode(one.key())}},
         in(Msg::IntegrityCheck));
  }

  const Visit& visit_;
  Lang lang_;
  const app::IntegrityView& view_;
  std::optional<SignKind> kind_{};
  std::optional<Severity> severity_{};
  std::string_view state_{};
  std::vector<const app::FoundSign*> kept_{};
  app::AuditNames names_{};
};

class OfficePage {
 public:
  OfficePage(const Visit& visit, const app::OfficeIntegrity& office)
      : visit_(visit),
        lang_(visit.lang),
        office_(office),
        state_(visit.request.param("periksa")) {
    for (const auto& row : office.rows)
      if (is_asked_for(row)) kept_.push_back(&row);
  }

  std::string draw() const {
    auto frame = staff_page(visit_, Place::Indicators, in(Msg::IntegrityTitle));
    frame.place = office_.node->name + " · " + format::month(lang_, office_.month);
    if (const auto done = visit_.request.param("sudah"); !done.empty())
      frame.notice = say(lang_, Msg::IntegrityCounted, {std::string(done)});
    frame.actions = [&](html::Out& o) { draw_file_actions(o, lang_, kept_href("/data.xlsx"), kept_href("/data.csv")); };
    return draw_staff_page(frame, [&](html::Out& o) {
      o.el("p", {{"class", "note"}}, in(Msg::IntegrityNote));
      FilterBar bar{"/indikator/keutuhan", format::month(lang_, office_.month), {}, {{"tempat", office_.node->code}}};
      bar.filters = {month_choice(lang_, office_.month, office_.running),
                     {"periksa",
                      in(Msg::IntegrityLooked),
                      std::string(state_),
                      {{"", in(Msg::IntegrityAnyState)}, {std::string(kOpenSigns), in(Msg::IntegrityWithOpen)}}}};
      draw_filters(o, lang_, bar);
      if (office_.rows.empty()) return draw_empty(o, in(Msg::IntegrityNoFacility), {in(Msg::PlacesTitle), "/tempat"});
      draw_counting(o);
      if (kept_.empty()) return draw_empty(o, in(Msg::IntegrityNoFacilityLikeThis));
      draw_card(o, {.note = in(Msg::IntegrityOfficeNote)}, [&] { draw_facilities(o); });
    });
  }

  Table table() const {
    using enum TableColumn::Kind;
    Table out{.caption = in(Msg::IntegrityTitle) + ", " + office_.node->name};
    out.notes = {{in(Msg::ResultMonth), format::month(lang_, office_.month)}};
    out.columns = {{in(Msg::IntegrityFacility)},   {in(Msg::SeverityHigh), Number},     {in(Msg::SeverityMiddle), Number},
                   {in(Msg::SeverityLow), Number}, {in(Msg::IntegrityChecked), Number}, {in(Msg::TableAsOf)}};
    out.rows = [this](const OnTableRow& write) {
      for (const auto* one : kept_) {
        const auto& row = *one;
        const auto count = [&](std::int32_t value) { return row.count ? TableCell(Decimal::whole(value)) : TableCell(); };
        const auto known = row.count.value_or(store::StoredCount{});
        write(std::vector<TableCell>{row.node->name, count(known.high), count(known.middle), count(known.low), count(known.looked),
                                     counted_at(row)});
      }
    };
    return out;
  }

 private:
  std::string in(Message message) const { return words(lang_, message); }
  bool is_asked_for(const app::IntegrityRow& row) const {
    return state_ != kOpenSigns || (row.count && row.count->high + row.count->middle + row.count->low > 0);
  }
  std::string kept_href(std::string_view below) const {
    return integrity_href(*office_.node, office_.month, below) + (state_ == kOpenSigns ? "&periksa=" + std::string(kOpenSigns) : "");
  }
  std::string counted_at(const app::IntegrityRow& row) const {
    return row.count ? as_of(lang_, row.count->as_of, row.node->zone) : in(Msg::IntegrityNotCounted);
  }

  void draw_counting(html::Out& o) const {
    draw_post_form(o, visit_, "/indikator/keutuhan/hitung", {{"tempat", office_.node->code}, {"bulan", iso(office_.month)}}, [&] {
      draw_button(o, say(lang_, Msg::IntegrityCountNow, {format::number(lang_, static_cast<std::int64_t>(app::kCountedAtOnce))}));
    });
  }

  void draw_facilities(html::Out& o) const {
    const TableHead head{.caption = in(Msg::IntegrityTitle),
                         .columns = {{in(Msg::IntegrityFacility)},
                                     {in(Msg::SeverityHigh), true},
                                     {in(Msg::SeverityMiddle), true},
                                     {in(Msg::SeverityLow), true},
                                     {in(Msg::IntegrityChecked), true},
                                     {in(Msg::TableAsOf)}},
                         .stacks = true};
    draw_table(o, head, [&](Rows& rows) {
      for (const auto* one : kept_)
        rows.row([&](Row& row) {
          row.name(one->node->name, integrity_href(*one->node, office_.month));
          const auto known = one->count.value_or(store::StoredCount{});
          for (const auto value : {known.high, known.middle, known.low, known.looked})
            row.cell(one->count ? format::number(lang_, value) : std::string(format::kNone));
          row.cell(counted_at(*one));
        });
    });
  }

  const Visit& visit_;
  Lang lang_;
  const app::OfficeIntegrity& office_;
  std::string_view state_;
  std::vector<const app::IntegrityRow*> kept_{};
};

}  // namespace

std::string draw_integrity(const Visit& visit, const app::IntegrityView& view) { return SignPage(visit, view).draw(); }
http::Reply integrity_file(const Visit& visit, const app::IntegrityView& view, FileKind kind) {
  const SignPage page(visit, view);
  return table_reply("keutuhan-" + view.node->code + "-" + iso(view.month), page.table(), kind);
}

std::string draw_office_integrity(const Visit& visit, const app::OfficeIntegrity& office) { return OfficePage(visit, office).draw(); }
http::Reply office_integrity_file(const Visit& visit, const app::OfficeIntegrity& office, FileKind kind) {
  const OfficePage page(visit, office);
  return table_reply("keutuhan-" + office.node->code + "-" + iso(office.month), page.table(), kind);
}

}  // namespace pilar::web
