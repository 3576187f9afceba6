#include "web/faskes_pages.h"

#include <algorithm>
#include <array>

#include "app/record_list.h"
#include "domain/place.h"
#include "i18n/format.h"
#include "i18n/messages.h"
#include "i18n/words/access.h"
#include "i18n/words/comments.h"
#include "i18n/words/faskes.h"
#include "i18n/words/result.h"
#include "i18n/words/table.h"
#include "web/comment_pages.h"
#include "web/faskes_waiting.h"
#include "web/forms.h"
#include "web/frame.h"
#include "web/month_address.h"
#include "web/result_parts.h"
#include "web/result_words.h"
#include "web/site.h"
#include "web/words.h"

namespace pilar::web {
namespace {

constexpr int kTrendMonths = 24, kQuarter = 3;
constexpr std::size_t kMostSurveys = 3, kCommentsShown = 6;
constexpr std::int32_t kCommentDaysShown = 28;

/// One survey of the facility in the chosen month.
struct Survey {
  app::ResultView view;
  ResultAddress address;
};

class FacilityPage {
 public:
  FacilityPage(const Visit& visit, const Node& node, Month month) : visit_(visit), lang_(visit.lang), node_(node), month_(month) {
    now_ = visit.context.clock.now();
    for (const auto* version : visit.reference->latest_of_all()) {
      if (surveys_.size() == kMostSurveys || !version->form.is_public || version->form.measures.empty()) continue;
      add_survey(version->form.key);
    }
  }

  std::string draw() const {
    auto frame = staff_page(visit_, Place::Region, node_.name);
    frame.place = kind_words() + " · " + format::month(lang_, month_);
    frame.as_of = as_of(lang_, now_, node_.zone);
    frame.path = path();
    frame.charts = true;
    frame.actions = [&](html::Out& o) {
      draw_link_button(o, {words(lang_, Msg::FaskesPublic), "/f/" + node_.code});
      draw_action_button(o, "print", words(lang_, Msg::ResultPrint));
    };
    return draw_staff_page(frame, [&](html::Out& o) {
      draw_tabs(o, lang_, tabs(), 0);
      draw_months(o);
      for (const auto& survey : surveys_) draw_survey(o, survey);
      if (surveys_.empty()) draw_waiting(o, visit_, node_, month_);
      o.el("div", {{"class", "grid"}}, [&] {
        draw_comments(o);
        draw_profile(o);
      });
    });
  }

 private:
  void add_survey(const std::string& instrument) {
    // The first survey is asked all the time, others once a quarter.
    const Month from{surveys_.empty() ? month_.value : month_.value - kQuarter + 1};
    const Period period{first_day(from), first_day({month_.value + 1})};
    app::ResultQuery query{instrument, node_.key, {}, period};
    query.trend_months = kTrendMonths;
    query.with_marks = surveys_.empty();
    auto view = app::read_result(visit_.context, *visit_.scope, query);
    if (!view) return;
    surveys_.push_back({*std::move(view), {.instrument = instrument, .place = node_.code, .period = period}});
  }

  std::string kind_words() const {
    const auto* type = find_facility_type(node_.facility_type);
    return type == nullptr ? std::string() : std::string(say(lang_, type->title));
  }

  std::vector<Link> path() const {
    std::vector<Link> path;
    for (const auto* above : visit_.reference->organisation.path_to(node_.key, visit_.scope->root()))
      if (above->key != node_.key) path.push_back({above->name, "/wilayah?tempat=" + http::percent_encode(above->code)});
    return path;
  }

  std::vector<Link> tabs() const {
    std::vector<Link> tabs{{words(lang_, Msg::FaskesOverview), "/faskes/" + node_.code}};
    for (const auto& survey : surveys_) tabs.push_back({survey.view.version->form.title.in(lang_), survey.address.href()});
    return tabs;
  }

  void draw_months(html::Out& o) const {
    const auto running = month_of(civil_day(now_, node_.zone));
    draw_filters(o, lang_, {"/faskes/" + node_.code, format::month(lang_, month_), {month_choice(lang_, month_, running)}, {}});
  }

  void draw_survey(html::Out& o, const Survey& survey) const {
    const auto& view = survey.view;
    ResultPage page{lang_, view, survey.address, view.measures.empty() ? nullptr : view.measures.data()};
    const bool first = &survey == surveys_.data();
    o.el("h2", {}, view.version->form.title.in(lang_));
    if (view.records == 0)
      draw_card(o, {}, [&] {
        draw_empty(o, say(lang_, Msg::FaskesNone, {period_words(lang_, view.period)}),
                   {words(lang_, Msg::ResultOpen), survey.address.href()});
      });
    else
      draw_headline(o, page);
    if (first) draw_trend(o, page);
    if (view.records > 0) draw_unsur(o, page);
    if (!first) return;
    if (view.records == 0) return draw_waiting(o, visit_, node_, month_);
    // Units side by side are the longest: what is short stands beside them, one below the other.
    o.el("div", {{"class", "grid"}}, [&] {
      o.el("div", {}, [&] {
        draw_distribution(o, page);
        draw_waiting(o, visit_, node_, month_);
      });
      o.el("div", {}, [&] { draw_parts(o, page); });
    });
  }

  /// The last ones that may be read, the newest first; of the first survey that asks for words.
  void draw_comments(html::Out& o) const {
    if (!visit_.scope->may(Right::ReadRecords, visit_.reference->organisation, node_.key)) return;
    for (const auto& survey : surveys_) {
      const auto& form = survey.view.version->form;
      const auto item = std::ranges::find(form.items, ItemKind::Text, &Item::kind);
      if (item != form.items.end()) return draw_comments_of(o, survey, *item);
    }
  }

  void draw_comments_of(html::Out& o, const Survey& survey, const Item& item) const {
    const auto today = civil_day(now_, node_.zone);
    const Period days{{today.value - app::kCommentDays - kCommentDaysShown + 1}, {today.value - app::kCommentDays + 1}};
    app::RecordListQuery query{survey.address.instrument, node_.key, {}, days.from, days.to, item.key, {}, 1'000};
    auto list = app::list_records(visit_.context, *visit_.scope, query);
    if (!list) return;
    std::ranges::reverse(list->lines);
    auto address = survey.address;
    address.period = days;
    const Link all{words(lang_, Msg::FaskesAllComments), address.records_href(item.key)};
    draw_card(o, {.title = words(lang_, Msg::FaskesComments), .link = all, .note = words(lang_, Msg::FaskesCommentsNote)}, [&] {
      std::size_t shown = 0;
      o.el("ul", {{"class", "voices"}}, [&] {
        for (const auto& line : list->lines) {
          const auto* said =
              line.answers.empty() || !line.answers.front().answer ? nullptr : std::get_if<std::string>(&*line.answers.front().answer);
          if (said == nullptr || shown == kCommentsShown) continue;
          ++shown;
          o.el("li", {}, [&] {
            o.el("q", {}, *said);
            o.el("small", {}, say(lang_, Msg::FaskesWeekOf, {format::date(lang_, {line.day.value - (line.day.value + 3) % 7})}));
          });
        }
      });
      if (shown == 0) draw_empty(o, words(lang_, Msg::FaskesNoComments));
      const CommentAddress low{.place = node_.code, .days = app::unread_days(today)};
      o.el("p", {{"class", "note"}}, [&] { o.el("a", {{"href", low.href()}}, words(lang_, Msg::CommentsLow)); });
    });
  }

  void draw_profile(html::Out& o) const {
    const auto& organisation = visit_.reference->organisation;
    std::vector<Fact> facts{{words(lang_, Msg::FaskesType), kind_words()}, {words(lang_, Msg::TableCode), node_.code}};
    for (const auto above : {node_.parent, node_.supervisor})
      if (const auto* node = above ? organisation.find(*above) : nullptr)
        facts.push_back({std::string(say(lang_, title(node->kind))), node->name});
    std::string units;
    for (const auto& unit : organisation.units(node_.key))
      if (!unit.valid_to) units += (units.empty() ? "" : ", ") + unit.name;
    if (!units.empty()) facts.push_back({words(lang_, Msg::FaskesUnits), units});
    draw_card(o, {.title = words(lang_, Msg::FaskesProfile)}, [&] { draw_facts(o, facts); });
  }

  const Visit& visit_;
  Lang lang_;
  const Node& node_;
  Month month_;
  Instant now_;
  std::vector<Survey> surveys_;
};

http::Reply get_facility_page(const Visit& visit) {
  const auto* node = visit.reference->organisation.find(visit.args.at(0));
  if (node == nullptr || node->kind != NodeKind::Facility)
    return refuse_result(visit, {{Problem::Kind::NotFound, Msg::ResultUnknownPlace, "tempat", {}}});
  if (!visit.scope->may(Right::ReadResults, visit.reference->organisation, node->key))
    return refuse_result(visit, {{Problem::Kind::Forbidden, Msg::AccessMayNotRead, "tempat", {}}});
  const auto month = read_asked_month(visit, *node);
  if (!month) return refuse_result(visit, month.error());
  return html_page(200, FacilityPage(visit, *node, *month).draw());
}

constexpr std::array kFaskesRoutes{
    Route{http::Method::Get, "/faskes/:arg", May::ReadResults, Work::Blocking, &get_facility_page, "All about one facility in a month."},
};

}  // namespace

std::span<const Route> faskes_routes() { return kFaskesRoutes; }

}  // namespace pilar::web
