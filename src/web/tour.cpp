#include "web/tour.h"

#include <array>

#include "base/text.h"
#include "i18n/format.h"
#include "i18n/messages.h"
#include "i18n/words/common.h"
#include "i18n/words/help.h"
#include "web/forms.h"
#include "web/words.h"

namespace pilar::web {
namespace {

/// The branch of the demonstration: where it is missing there is nothing to show.
constexpr std::string_view kBranch = "cabang-contoh";

/// One page of the tour, for whoever may read results at its place. {0} in an address is the last complete month.
struct TourRow {
  std::string_view place, href;
  Message words;
};
constexpr std::array kTour{
    TourRow{{}, "/beranda", Msg::TourHome},
    TourRow{kBranch, "/wilayah?bulan={0}", Msg::TourTable},
    TourRow{"melati-contoh", "/hasil/kessan?tempat=melati-contoh&bulan={0}", Msg::TourBetter},
    TourRow{"melati-contoh", "/hasil/kunjungan?tempat=melati-contoh&bulan={0}", Msg::TourWaiting},
    TourRow{"melati-contoh", "/faskes/melati-contoh?bulan={0}", Msg::TourFacility},
    TourRow{"kenanga-contoh", "/hasil/kessan?tempat=kenanga-contoh&bulan={0}", Msg::TourFalseAlarm},
    TourRow{"kamboja-contoh", "/hasil/kessan?tempat=kamboja-contoh&bulan={0}", Msg::TourWorse},
    TourRow{"teratai-contoh", "/hasil/skm?tempat=teratai-contoh", Msg::TourSlow},
    TourRow{"dahlia-contoh", "/hasil/skm?tempat=dahlia-contoh", Msg::TourCold},
    TourRow{"mawar-contoh", "/hasil/kessan?tempat=mawar-contoh&bulan={0}", Msg::TourWrong},
    TourRow{"cempaka-contoh", "/hasil/kessan?tempat=cempaka-contoh&bulan={0}", Msg::TourMissing},
    TourRow{"aster-contoh", "/hasil/kessan?tempat=aster-contoh&bulan={0}", Msg::TourSmall},
    TourRow{"melati-contoh", "/hasil/kessan/mengapa?tempat=melati-contoh&bulan={0}", Msg::TourWhy},
};

std::vector<const TourRow*> steps_of(const Visit& visit) {
  std::vector<const TourRow*> steps;
  const auto& organisation = visit.reference->organisation;
  if (organisation.find(kBranch) == nullptr || !visit.scope || !visit.scope->may(Right::ReadResults)) return steps;
  for (const auto& row : kTour) {
    const auto* node = row.place.empty() ? nullptr : organisation.find(row.place);
    if (row.place.empty() || (node != nullptr && visit.scope->may(Right::ReadResults, organisation, node->key))) steps.push_back(&row);
  }
  return steps;
}

std::string href_of(const Visit& visit, const TourRow& row, std::size_t number) {
  std::string href(row.href);
  const auto running = month_of(civil_day(visit.context.clock.now(), Zone::Wib));
  if (const auto at = href.find("{0}"); at != std::string::npos) href.replace(at, 3, iso(Month{running.value - 1}));
  return href + (href.find('?') == std::string::npos ? "?" : "&") + "tur=" + std::to_string(number);
}

}  // namespace

std::optional<TourStep> tour_step(const Visit& visit) {
  const auto asked = parse_int(visit.request.param("tur"));
  if (!asked) return {};
  const auto steps = steps_of(visit);
  if (*asked < 1 || *asked > std::ssize(steps)) return {};
  const auto at = static_cast<std::size_t>(*asked);
  TourStep step;
  step.title = say(visit.lang, Msg::TourStepOf, {std::to_string(at), std::to_string(steps.size())});
  step.text = words(visit.lang, steps[at - 1]->words);
  if (at > 1) step.back = {words(visit.lang, Msg::CommonPrevious), href_of(visit, *steps[at - 2], at - 1)};
  if (at < steps.size())
    step.next = {words(visit.lang, Msg::CommonNext), href_of(visit, *steps[at], at + 1)};
  else
    step.next = {words(visit.lang, Msg::TourEnd), "/bantuan"};
  return step;
}

void draw_tour_start(html::Out& o, const Visit& visit) {
  const auto steps = steps_of(visit);
  if (steps.empty()) return;
  o.el("div", {{"class", "tour-start"}}, [&] {
    draw_card(o, {.title = words(visit.lang, Msg::TourTitle)}, [&] {
      o.el("p", {}, say(visit.lang, Msg::TourLead, {std::to_string(steps.size())}));
      draw_link_button(o, {words(visit.lang, Msg::TourStart), href_of(visit, *steps.front(), 1)});
    });
  });
}

}  // namespace pilar::web
