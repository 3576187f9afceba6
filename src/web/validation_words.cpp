#include "web/validation_words.h"

#include "i18n/format.h"
#include "i18n/messages.h"
#include "i18n/words/validation.h"
#include "web/answer_words.h"
#include "web/words.h"

namespace pilar::web {
namespace {

constexpr int kKappaDigits = 2;

}  // namespace

std::string validation_href(const Node& facility, const std::optional<Uuid>& id, std::string_view below) {
  std::string out = "/indikator/validasi";
  if (id) out += "/" + text(*id);
  return out + std::string(below) + "?tempat=" + http::percent_encode(facility.code);
}

ValidationTold tell_validation(Lang lang, const app::ValidationView& view) {
  if (!view.is_closed()) return {Mark::Open, words(lang, Msg::ValidationRunning)};
  const auto good = view.reading.is_good(view.row.threshold);
  if (!good) return {Mark::Open, words(lang, Msg::ValidationNothing)};
  return *good ? ValidationTold{Mark::Done, words(lang, Msg::ValidationGood)}
               : ValidationTold{Mark::Concern, words(lang, Msg::ValidationPoor)};
}

std::string agreement_words(Lang lang, const app::ValidationReading& reading) {
  return format::percent(lang, reading.same, reading.compared);
}

std::string kappa_words(Lang lang, const math::Agreement& kappa) {
  if (kappa.n == 0) return words(lang, Msg::ValidationKappaNone);
  if (!kappa.kappa) return words(lang, Msg::ValidationKappaConstant);
  const auto number = [&](double value) { return format::number(lang, value, kKappaDigits); };
  const auto n = format::number(lang, kappa.n);
  if (!kappa.ci) return say(lang, Msg::ValidationKappaNoRange, {number(*kappa.kappa), n});
  return say(lang, Msg::ValidationKappaRange, {number(*kappa.kappa), format::range(number(kappa.ci->low), number(kappa.ci->high)), n});
}

std::string short_validation(Lang lang, const app::ValidationView& view) {
  if (!view.is_closed() || view.reading.compared == 0) return {};
  const auto same = agreement_words(lang, view.reading);
  if (!view.reading.kappa.kappa) return say(lang, Msg::ValidationShort, {same});
  return say(lang, Msg::ValidationShortKappa, {same, format::number(lang, *view.reading.kappa.kappa, kKappaDigits)});
}

Table validation_table(const Visit& visit, const app::ValidationView& view) {
  using enum TableColumn::Kind;
  const auto lang = visit.lang;
  const auto in = [&](Message message) { return words(lang, message); };
  Table out{.caption =
                say(lang, Msg::ValidationOf, {view.title.in(lang)}) + ", " + format::month(lang, view.row.month) + ", " + view.node->name};
  out.notes = {{in(Msg::ValidationAgreement), agreement_words(lang, view.reading)},
               {in(Msg::ValidationKappa), kappa_words(lang, view.reading.kappa)},
               {in(Msg::ValidationSeed), view.row.seed}};
  out.columns = {{in(Msg::ValidationRow), Number},
                 {in(Msg::ValidationWhen), Moment},
                 {in(Msg::ValidationItem)},
                 {in(Msg::ValidationFirst)},
                 {in(Msg::ValidationSecond)}};
  out.rows = [lang, &view](const OnTableRow& write) {
    const auto zone = view.node->zone;
    for (const auto& one : view.reading.differences) {
      const TableCell cells[] = {Decimal::whole(one.row->place), ZonedTime{one.row->at, zone}, one.item->label.in(lang),
                                 answer_words(lang, *one.item, one.first, zone), answer_words(lang, *one.item, one.second, zone)};
      write(cells);
    }
  };
  return out;
}

}  // namespace pilar::web
