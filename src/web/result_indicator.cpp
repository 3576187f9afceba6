#include "web/result_indicator.h"

#include "i18n/messages.h"
#include "i18n/words/indicator.h"
#include "i18n/words/sasaran.h"
#include "web/kamus_words.h"
#include "web/words.h"

namespace pilar::web {
namespace {

void draw_indicator_card(html::Out& o, Lang lang, const app::KamusView& kamus, const app::KamusLine& line) {
  const auto& profile = line.profile();
  const Link more{words(lang, Msg::KamusAbout), entry_href(kamus, line)};
  draw_card(o, {.title = words(lang, Msg::KamusIndicator) + ": " + profile.title.in(lang), .link = more}, [&] {
    std::vector<Fact> facts;
    if (const auto target = target_of_indicator(lang, line, line.target); !target.empty())
      facts.push_back({words(lang, Msg::KamusTarget), target, {}});
    facts.push_back(
        {words(lang, Msg::KamusResponsible), line.use.responsible.empty() ? profile.responsible.in(lang) : line.use.responsible, {}});
    for (const auto& effort : profile.efforts)
      facts.push_back({words(lang, Msg::KamusEfforts), effort.what.in(lang) + " (" + effort.who.in(lang) + ")", {}});
    if (line.measure != nullptr && is_cumulative(line.form->form, *line.measure))
      facts.push_back({words(lang, Msg::SasaranTitle),
                       "",
                       {words(lang, Msg::SasaranCourses), "/indikator/sasaran?tempat=" + http::percent_encode(kamus.node->code)}});
    draw_facts(o, facts);
  });
}

}  // namespace

std::optional<app::KamusView> kamus_behind(const Visit& visit, const ResultPage& page) {
  if (page.headline == nullptr || page.view.node->kind != NodeKind::Facility) return {};
  auto kamus = app::read_kamus_of(visit.context, *visit.scope, page.view.node->key);
  if (!kamus) return {};
  return *std::move(kamus);
}

void draw_indicators_of(html::Out& o, const ResultPage& page, const std::optional<app::KamusView>& kamus) {
  if (!kamus) return;
  const auto& measure = page.headline->measure->key;
  for (const auto& line : kamus->lines)
    if (line.used && line.measure != nullptr && line.form->form.key == page.form().key && line.measure->key == measure)
      draw_indicator_card(o, page.lang, *kamus, line);
}

}  // namespace pilar::web
