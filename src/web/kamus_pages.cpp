#include "web/kamus_pages.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "i18n/format.h"
#include "i18n/words/common.h"
#include "i18n/words/indicator.h"
#include "i18n/words/result.h"
#include "web/forms.h"
#include "web/frame.h"
#include "web/kamus_formula.h"
#include "web/kamus_words.h"
#include "web/list_file.h"
#include "web/result_address.h"
#include "web/site.h"
#include "web/table_reply.h"
#include "web/words.h"

namespace pilar::web {
namespace {

constexpr std::string_view kInUse = "ya", kNotInUse = "belum";

/// ?cari=nyeri&bidang=ukp&jenis=proses&tanda=dimensi-mutu/efektif&pakai=ya: what cannot be read is left out.
struct KamusAddress {
  std::string search{}, area{}, type{}, tag{}, use{};

  http::Fields fields() const { return {{"cari", search}, {"bidang", area}, {"jenis", type}, {"tanda", tag}, {"pakai", use}}; }
};

KamusAddress read_kamus_address(const Visit& visit, const app::KamusView& view) {
  KamusAddress address;
  address.search = trim(visit.request.param("cari"));
  if (!is_utf8(address.search)) address.search.clear();
  if (find_value(service_areas(), visit.request.param("bidang"))) address.area = visit.request.param("bidang");
  if (find_value(indicator_types(), visit.request.param("jenis"))) address.type = visit.request.param("jenis");
  if (find_tag(view.reference->tag_sets, visit.request.param("tanda")) != nullptr) address.tag = visit.request.param("tanda");
  const auto use = visit.request.param("pakai");
  if (use == kInUse || use == kNotInUse) address.use = use;
  return address;
}

bool is_kept(Lang lang, const app::KamusLine& line, const KamusAddress& address) {
  const auto& profile = line.profile();
  if (!address.area.empty() && key_of(service_areas(), profile.area) != address.area) return false;
  if (!address.type.empty() && key_of(indicator_types(), profile.type) != address.type) return false;
  if (!address.tag.empty() && std::ranges::find(profile.tags, address.tag) == profile.tags.end()) return false;
  if (!address.use.empty() && line.used != (address.use == kInUse)) return false;
  if (address.search.empty()) return true;
  const auto wanted = lower_ascii(address.search);
  for (const auto& text : {profile.title.in(lang), profile.definition.in(lang), profile.key, profile.source})
    if (lower_ascii(text).find(wanted) != std::string::npos) return true;
  return false;
}

class KamusPage {
 public:
  KamusPage(const Visit& visit, const app::KamusView& view)
      : visit_(visit),
        lang_(visit.lang),
        view_(view),
        address_(read_kamus_address(visit, view)) {
    for (const auto& line : view.lines)
      if (is_kept(lang_, line, address_)) kept_.push_back(&line);
  }

  std::string draw() const {
    auto frame = staff_page(visit_, Place::Indicators, in(Msg::KamusTitle));
    frame.place = kamus_place(lang_, view_);
    frame.notice = visit_.request.param("sudah") == "hapus" ? in(Msg::KamusUseSaved) : std::string();
    frame.actions = [&](html::Out& o) { draw_kamus_actions(o); };
    return draw_staff_page(frame, [&](html::Out& o) {
      draw_not_a_target(o, lang_);
      if (view_.lines.empty()) return draw_empty(o, in(Msg::KamusNone));
      draw_filters(o, lang_, filters());
      if (kept_.empty()) return draw_empty(o, in(Msg::KamusNoneFound), {in(Msg::KamusShowAll), kamus_href(view_, "")});
      draw_card(o, {.title = heading()}, [&] { draw_list(o); });
    });
  }

  /// The same lines behind CSV and workbook.
  Table table() const {
    Table out{.caption = in(Msg::KamusTitle) + ", " + kamus_place(lang_, view_)};
    out.notes = {{in(Msg::CommonState), heading()}};
    for (const auto title : {Msg::KamusKey, Msg::KamusIndicator, Msg::KamusArea, Msg::KamusType, Msg::KamusStage, Msg::KamusPillar,
                             Msg::KamusTags, Msg::KamusDefinition, Msg::KamusNumerator, Msg::KamusDenominator, Msg::KamusFormula,
                             Msg::KamusTarget, Msg::KamusResponsible, Msg::KamusUse, Msg::ResultVersion, Msg::KamusSource})
      out.columns.push_back({in(title)});
    out.rows = [this](const OnTableRow& write) {
      for (const auto* line : kept_) write(row_of(*line));
    };
    return out;
  }

 private:
  std::string in(Message message) const { return words(lang_, message); }

  std::string heading() const {
    const auto all = format::number(lang_, std::ssize(view_.lines));
    if (kept_.size() == view_.lines.size()) return say(lang_, Msg::KamusCount, {all});
    return say(lang_, Msg::KamusFound, {format::number(lang_, std::ssize(kept_)), all});
  }

  std::vector<TableCell> row_of(const app::KamusLine& line) const {
    const auto& profile = line.profile();
    std::string tags;
    for (const auto& tag : profile.tags) tags += (tags.empty() ? "" : "; ") + tag_words(lang_, view_.reference->tag_sets, tag);
    return {profile.key,
            profile.title.in(lang_),
            in(title_of(service_areas(), profile.area)),
            in(title_of(indicator_types(), profile.type)),
            profile.stage ? in(title_of(indicator_stages(), *profile.stage)) : std::string(),
            in(title_of(pillars(), profile.pillar)),
            std::move(tags),
            profile.definition.in(lang_),
            profile.numerator.in(lang_),
            profile.denominator.in(lang_),
            formula_words(profile),
            target_of_indicator(lang_, line, line.target),
            line.use.responsible.empty() ? profile.responsible.in(lang_) : line.use.responsible,
            badge_of(lang_, view_, line).words,
            std::to_string(profile.version),
            profile.source};
  }

  void draw_kamus_actions(html::Out& o) const {
    draw_link_button(o, {in(Msg::KamusCoverage), kamus_href(view_, "/cakupan")});
    draw_file_actions(o, lang_, kamus_href(view_, "/data.xlsx", address_.fields()), kamus_href(view_, "/data.csv", address_.fields()));
    if (app::may_manage_indicators(*visit_.scope, view_.reference->organisation, view_.place()))
      draw_link_button(o, {in(Msg::KamusAdd), kamus_href(view_, "/tambah")}, Button::Primary);
  }

  template <class T>
  std::vector<Option> options_of(Message any, std::span<const NamedValue<T>> table) const {
    std::vector<Option> options{{"", in(any)}};
    for (const auto& row : table) options.push_back({std::string(row.key), in(row.title)});
    return options;
  }

  FilterBar filters() const {
    std::vector<Option> tags{{"", in(Msg::KamusAnyTag)}};
    for (const auto& set : view_.reference->tag_sets)
      for (const auto& tag : set.tags)
        tags.push_back({set.key + "/" + tag.key, tag_words(lang_, view_.reference->tag_sets, set.key + "/" + tag.key)});
    FilterBar bar{"/kamus", heading(), {}, {}};
    bar.filters = {{"cari", in(Msg::KamusSearch), address_.search, {}},
                   {"bidang", in(Msg::KamusArea), address_.area, options_of(Msg::KamusAnyArea, service_areas())},
                   {"jenis", in(Msg::KamusType), address_.type, options_of(Msg::KamusAnyType, indicator_types())},
                   {"tanda", in(Msg::KamusTags), address_.tag, std::move(tags)}};
    if (view_.is_of_facility())
      bar.filters.push_back(
          {"pakai",
           in(Msg::KamusUse),
           address_.use,
           {{"", in(Msg::KamusAnyUse)}, {std::string(kInUse), in(Msg::KamusUsed)}, {std::string(kNotInUse), in(Msg::KamusUnused)}}});
    if (view_.node != nullptr) bar.kept.emplace_back("tempat", view_.node->code);
    return bar;
  }

  void draw_list(html::Out& o) const {
    const TableHead head{.caption = in(Msg::KamusTitle),
                         .columns = {{in(Msg::KamusIndicator)},
                                     {in(Msg::KamusArea)},
                                     {in(Msg::KamusType)},
                                     {in(Msg::KamusTarget)},
                                     {in(Msg::KamusUse)},
                                     {in(Msg::KamusSource)}},
                         .stacks = true};
    draw_table(o, head, [&](Rows& rows) {
      for (const auto* line : kept_) rows.row([&](Row& row) { draw_line(o, row, *line); });
    });
  }

  void draw_line(html::Out& o, Row& row, const app::KamusLine& line) const {
    const auto& profile = line.profile();
    row.name(profile.title.in(lang_), entry_href(view_, line));
    row.cell(in(title_of(service_areas(), profile.area)));
    row.cell(in(title_of(indicator_types(), profile.type)));
    row.cell(target_of_indicator(lang_, line, line.target));
    row.cell([&] {
      if (const auto badge = badge_of(lang_, view_, line); !badge.words.empty()) draw_badge(o, badge.mark, badge.words);
    });
    row.cell([&] {
      o.text(profile.source);
      if (!profile.mark.empty()) o.el("small", {}, profile.mark.in(lang_));
    });
  }

  const Visit& visit_;
  Lang lang_;
  const app::KamusView& view_;
  KamusAddress address_;
  std::vector<const app::KamusLine*> kept_{};
};

http::Reply get_kamus(const Visit& visit) {
  const auto view = read_kamus_request(visit);
  if (!view) return refuse_result(visit, view.error());
  return html_page(200, KamusPage(visit, *view).draw());
}

http::Reply kamus_file(const Visit& visit, FileKind kind) {
  const auto view = read_kamus_request(visit);
  if (!view) return refuse_result(visit, view.error());
  const KamusPage page(visit, *view);
  return table_reply("kamus-indikator", page.table(), kind);
}

/// The indicators that bear a tag: those in use at a facility, all published ones elsewhere.
std::vector<const app::KamusLine*> lines_with(const app::KamusView& view, const std::string& tag) {
  const bool facility = view.is_of_facility();
  std::vector<const app::KamusLine*> out;
  for (const auto& line : view.lines)
    if (line.version->published && (line.used || !facility) && std::ranges::find(line.profile().tags, tag) != line.profile().tags.end())
      out.push_back(&line);
  return out;
}

void draw_tag_links(html::Out& o, Lang lang, const app::KamusView& view, const std::vector<const app::KamusLine*>& lines) {
  if (lines.empty()) return draw_badge(o, Mark::Concern, words(lang, Msg::KamusCoverageMissing));
  o.el("ul", {{"class", "links"}}, [&] {
    for (const auto* line : lines) o.el("li", {}, [&] { o.el("a", {{"href", entry_href(view, *line)}}, line->profile().title.in(lang)); });
  });
}

std::string like_words(Lang lang, const app::KamusView& view, const Tag& tag) {
  std::string out;
  for (const auto& path : tag.like)
    if (const auto* other = find_tag(view.reference->tag_sets, path)) out += (out.empty() ? "" : ", ") + other->label.in(lang);
  return out.empty() ? words(lang, Msg::KamusCoverageUnlike) : out;
}

void draw_coverage_of(html::Out& o, Lang lang, const app::KamusView& view, const TagSet& set) {
  const auto covered = std::ranges::count_if(set.tags, [&](const Tag& tag) { return !lines_with(view, set.key + "/" + tag.key).empty(); });
  const auto compared = std::ranges::find(view.reference->tag_sets, set.compared, &TagSet::key);
  const bool compares = compared != view.reference->tag_sets.end();
  const auto count = say(lang, Msg::KamusCoverageCount, {format::number(lang, covered), format::number(lang, std::ssize(set.tags))});
  auto note = set.source;
  if (!set.mark.empty()) note += " · " + set.mark.in(lang);
  draw_card(o, {.title = set.title.in(lang) + ": " + count, .note = note}, [&] {
    TableHead head{.caption = set.title.in(lang),
                   .columns = {{words(lang, Msg::KamusTags)}, {words(lang, Msg::KamusCoverageIndicators)}},
                   .stacks = true};
    if (compares) head.columns.push_back({say(lang, Msg::KamusCoverageLike, {compared->title.in(lang)})});
    draw_table(o, head, [&](Rows& rows) {
      for (const auto& tag : set.tags)
        rows.row([&](Row& row) {
          row.name(tag.group.empty() ? tag.label.in(lang) : tag.label.in(lang) + " (" + tag.group + ")");
          row.cell([&] { draw_tag_links(o, lang, view, lines_with(view, set.key + "/" + tag.key)); });
          if (compares) row.cell(like_words(lang, view, tag));
        });
    });
  });
}

http::Reply get_coverage(const Visit& visit) {
  const auto view = read_kamus_request(visit);
  if (!view) return refuse_result(visit, view.error());
  auto frame = staff_page(visit, Place::Indicators, words(visit.lang, Msg::KamusCoverage));
  frame.place = kamus_place(visit.lang, *view);
  frame.path = {{words(visit.lang, Msg::KamusTitle), kamus_href(*view, "")}};
  frame.actions = [&](html::Out& o) { draw_action_button(o, "print", words(visit.lang, Msg::ResultPrint)); };
  return html_page(200, draw_staff_page(frame, [&](html::Out& o) {
                     o.el("p", {{"class", "note"}}, say(visit.lang, Msg::KamusCoverageNote, {kamus_place(visit.lang, *view)}));
                     for (const auto& set : view->reference->tag_sets) draw_coverage_of(o, visit.lang, *view, set);
                   }));
}

constexpr std::array kKamusRoutes{
    Route{http::Method::Get, "/kamus", May::ReadResults, Work::Blocking, &get_kamus, "The indicators of a place, searched and filtered."},
    csv_route<kamus_file>("/kamus/data.csv", May::ReadResults),
    workbook_route<kamus_file>("/kamus/data.xlsx", May::ReadResults),
    Route{http::Method::Get, "/kamus/cakupan", May::ReadResults, Work::Blocking, &get_coverage,
          "Which dimensions and aims have an indicator, and which have none."},
};

}  // namespace

std::span<const Route> kamus_routes() { return kKamusRoutes; }

}  // namespace pilar::web
