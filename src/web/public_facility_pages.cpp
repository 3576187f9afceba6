#include "web/public_facility_pages.h"

#include <algorithm>
#include <array>

#include "app/published.h"
#include "domain/place.h"
#include "domain/small_counts.h"
#include "i18n/format.h"
#include "i18n/messages.h"
#include "i18n/words/common.h"
#include "i18n/words/public.h"
#include "i18n/words/result.h"
#include "web/forms.h"
#include "web/frame.h"
#include "web/layout.h"
#include "web/result_control.h"
#include "web/result_parts.h"
#include "web/result_words.h"
#include "web/site.h"
#include "web/words.h"

namespace pilar::web {
namespace {

class FacilitySheet {
 public:
  FacilitySheet(Lang lang, const app::Published& published) : lang_(lang), published_(published) {}

  void draw(html::Out& o) const {
    const auto& node = *published_.node;
    o.el("h1", {}, node.name);
    const auto* type = find_facility_type(node.facility_type);
    if (type != nullptr) o.el("p", {{"class", "hint"}}, say(lang_, type->title));
    draw_rating(o);
    draw_invitation(o);
    draw_promises(o);
    draw_index(o);
    draw_meaning(o);
  }

 private:
  const MeasureReading& rating() const { return published_.rating->measures.front(); }

  void draw_rating(html::Out& o) const {
    o.el("h2", {}, say(lang_, Msg::PublicRating));
    if (!published_.rating || rating().rating.n < kSmallest) return o.el("p", {{"class", "note"}}, say(lang_, Msg::PublicFew));
    const auto told = tell(lang_, published_.rating->version->form, rating());
    const auto axis = axis_of(published_.rating->version->form, *rating().measure, 0);
    const auto reach =
        told.reach ? say(lang_, Msg::PublicAbout, {format::number(lang_, told.reach->low, 1), format::number(lang_, told.reach->high, 1)})
                   : std::string();
    draw_figure(o, lang_, {"", told.value, "", say(lang_, Msg::ResultOutOf, {format::number(lang_, axis.high, 0)}), reach});
    const auto period = period_words(lang_, published_.rating->period);
    o.el("p", {{"class", "note"}},
         say(lang_, told.n < kFew ? Msg::PublicNotEnough : Msg::PublicEnough,
             {format::number(lang_, told.n), period, std::to_string(kFew)}));
    draw_bars(o);
    draw_trend_words(o);
  }

  /// Best first, neighbours with few answers together.
  void draw_bars(html::Out& o) const {
    const auto& form = published_.rating->version->form;
    const auto& item = *form.find(rating().measure->items.front());
    const auto* reading = find_reading(*published_.rating, item.key);
    if (reading == nullptr) return;
    std::vector<const pilar::Option*> options;
    for (const auto& option : item.options)
      if (!option.not_applicable) options.push_back(&option);
    std::ranges::sort(options, std::ranges::greater{}, &pilar::Option::code);
    std::vector<std::int64_t> counts;
    for (const auto* option : options) {
      const auto at = reading->options.find(option->code);
      counts.push_back(at == reading->options.end() ? 0 : at->second);
    }
    const auto merged = merge_small(counts);
    std::int64_t all = 0;
    for (const auto& one : merged) all += one.count;
    for (const auto& one : merged)
      draw_count(o, bar_label(*options[one.first], *options[one.last]), format::number(lang_, one.count),
                 static_cast<double>(one.count) / static_cast<double>(all));
  }

  std::string bar_label(const pilar::Option& best, const pilar::Option& worst) const {
    const auto code = [&](const pilar::Option& option) { return format::number(lang_, static_cast<std::int64_t>(option.code)); };
    if (&best == &worst) return code(best) + " " + best.label.in(lang_);
    return say(lang_, Msg::PublicAndBelow, {code(worst), code(best), best.label.in(lang_)});
  }

  static void draw_count(html::Out& o, const std::string& label, const std::string& shown, double share) {
    o.el("div", {{"class", "labelled"}}, [&] {
      o.el("p", {}, [&] {
        o.el("span", {}, label);
        o.el("b", {}, shown);
      });
      draw_bar(o, share);
    });
  }

  /// Only what the rules call a change.
  void draw_trend_words(html::Out& o) const {
    const auto& view = *published_.rating;
    const auto control = control_of(*rating().measure, view);
    if (!control.is_judged()) return;
    o.el("p", {{"class", "note"}}, finding_words(lang_, control_view(*rating().measure, control, view)) + ".");
  }

  void draw_invitation(html::Out& o) const {
    if (published_.survey.empty()) return;
    const auto href = "/s/" + published_.survey + (lang_ == Lang::En ? "?bahasa=en" : "");
    draw_link_button(o, {words(lang_, Msg::PublicRate), href}, Button::Primary);
    o.el("p", {{"class", "hint"}}, say(lang_, Msg::PublicRateNote));
  }

  void draw_promises(html::Out& o) const {
    if (!published_.rating) return;
    const auto& view = *published_.rating;
    for (const auto& measure : view.version->form.measures) {
      if (measure.kind != MeasureKind::Share || measure.key != "janji") continue;
      o.el("h2", {}, measure.title.in(lang_));
      o.el("p", {{"class", "hint"}}, say(lang_, Msg::PublicPromises, {period_words(lang_, view.period)}));
      for (const auto& key : measure.items) draw_promise(o, view, measure, key);
    }
  }

  void draw_promise(html::Out& o, const app::ResultView& view, const Measure& measure, const std::string& key) const {
    const auto& item = *view.version->form.find(key);
    const auto* reading = find_reading(view, key);
    if (reading == nullptr) return;
    Share share{0, reading->answered};
    for (const auto& option : item.options)
      if (std::ranges::find(measure.positive, option.key) != measure.positive.end())
        if (const auto at = reading->options.find(option.code); at != reading->options.end()) share.numerator += at->second;
    const auto said = say_share(share);
    if (said == PublicShare::Hidden) return draw_hidden(o, item);
    const auto all = say(lang_, Msg::PublicOf, {format::number(lang_, share.denominator)});
    draw_count(o, item.label.in(lang_), share_words(said, share), drawn_share(said, share));
    o.el("p", {{"class", "hint"}}, all);
  }

  void draw_hidden(html::Out& o, const Item& item) const {
    o.el("div", {{"class", "labelled"}}, [&] {
      o.el("p", {}, [&] {
        o.el("span", {}, item.label.in(lang_));
        o.el("b", {}, say(lang_, Msg::PublicFewShort));
      });
    });
  }

  std::string share_words(PublicShare said, const Share& share) const {
    if (said == PublicShare::NearlyAll) return words(lang_, Msg::PublicNearlyAll);
    if (said == PublicShare::NearlyNone) return words(lang_, Msg::PublicNearlyNone);
    return format::percent(lang_, share.numerator, share.denominator, 0);
  }

  /// The length of a bar tells as much as a number would.
  static double drawn_share(PublicShare said, const Share& share) {
    if (said == PublicShare::NearlyAll) return 0.97;
    if (said == PublicShare::NearlyNone) return 0.03;
    return share.value().value_or(0);
  }

  void draw_index(html::Out& o) const {
    if (!published_.index) return;
    const auto& view = *published_.index;
    const auto& reading = view.measures.front();
    if (!reading.skm || !reading.skm->ikm_2dec || reading.respondents < kFew) return;
    o.el("h2", {}, reading.measure->title.in(lang_));
    draw_figure(o, lang_, {"", format::number(lang_, *reading.skm->ikm_2dec, 2), "", grade_words(lang_, reading.skm->grade.value()), ""});
    o.el("p", {{"class", "note"}},
         say(lang_, Msg::PublicIndex, {format::number(lang_, reading.respondents), period_words(lang_, view.period)}));
  }

  void draw_meaning(html::Out& o) const {
    if (!published_.rating) return;
    o.el("details", {}, [&] {
      o.el("summary", {}, say(lang_, Msg::CommonWhy));
      o.el("p", {}, rating().measure->meaning.in(lang_));
      o.el("p", {}, say(lang_, Msg::PublicHow));
    });
  }

  Lang lang_;
  const app::Published& published_;
};

http::Reply get_facility(const Visit& visit) {
  const auto lang = visit.lang;
  PublicPage frame;
  frame.lang = lang;
  frame.owner = "Pilar";
  frame.other_language_href = other_language_href(visit.request, lang);
  const auto published = app::read_published(visit.context, visit.args.at(0));
  if (!published) {
    frame.title = words(lang, Msg::PublicUnknown);
    return html_page(404, draw_public_page(frame, [&](html::Out& o) {
                       o.el("h1", {}, frame.title);
                       o.el("p", {}, say(lang, Msg::PublicUnknownLead));
                     }));
  }
  frame.title = published->node->name;
  if (published->above != nullptr) frame.region = published->above->name;
  frame.footer = {say(lang, Msg::CommonAsOf, {as_of(lang, published->as_of, published->node->zone)}), words(lang, Msg::PublicPrivacy)};
  if (published->rating) {
    const auto& form = published->rating->version->form;
    frame.footer.push_back(version_words(lang, form) + (form.mark.empty() ? "" : ", " + form.mark.in(lang)));
  }
  return html_page(200, draw_public_page(frame, [&](html::Out& o) { FacilitySheet(lang, *published).draw(o); }));
}

constexpr std::array kPublicFacilityRoutes{
    Route{http::Method::Get, "/f/:arg", May::Anyone, Work::Blocking, &get_facility, "What everybody may read about a facility."},
};

}  // namespace

std::span<const Route> public_facility_routes() { return kPublicFacilityRoutes; }

}  // namespace pilar::web
