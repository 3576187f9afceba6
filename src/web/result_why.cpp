#include <algorithm>

#include "domain/yearly.h"
#include "i18n/format.h"
#include "i18n/messages.h"
#include "i18n/words/common.h"
#include "i18n/words/result.h"
#include "web/result_parts.h"
#include "web/result_words.h"
#include "web/words.h"

namespace pilar::web {
namespace {

/// Answers of the measure's items that stand outside the count.
struct Outside {
  std::int64_t not_applicable = 0, not_observed = 0, blank = 0;
};

Outside outside_of(const ResultPage& page) {
  Outside out;
  for (const auto& reading : page.view.items) {
    const auto& key = page.form().items[reading.item].key;
    if (std::ranges::find(page.headline->measure->items, key) == page.headline->measure->items.end()) continue;
    out.not_applicable += reading.not_applicable;
    out.not_observed += reading.not_observed;
    if (page.headline->measure->items.size() == 1 || page.headline->measure->kind == MeasureKind::Skm)
      out.blank += std::max<std::int64_t>(0, page.view.records - reading.answered - reading.not_applicable - reading.not_observed);
  }
  return out;
}

std::string outside_words(const ResultPage& page) {
  const auto outside = outside_of(page);
  std::string out;
  const auto add = [&](std::int64_t count, Message message) {
    if (count > 0) out += (out.empty() ? "" : ", ") + say(page.lang, message, {format::number(page.lang, count)});
  };
  add(outside.not_applicable, Msg::ResultOutsideNotApplicable);
  add(outside.not_observed, Msg::ResultOutsideNotObserved);
  add(outside.blank, Msg::ResultOutsideBlank);
  return out.empty() ? words(page.lang, Msg::ResultOutsideNothing) : out;
}

std::string options_of(const ResultPage& page, const Measure& measure) {
  const auto& item = *page.form().find(measure.items.front());
  std::string out;
  for (const auto& key : measure.positive)
    if (const auto* option = find_option(item, key)) out += (out.empty() ? "“" : ", “") + option->label.in(page.lang) + "”";
  return out;
}

void add_rating(std::vector<Fact>& facts, const ResultPage& page) {
  const auto lang = page.lang;
  const auto* reading = find_reading(page.view, page.headline->measure->items.front());
  if (reading == nullptr || !page.headline->rating.mean) return;
  std::int64_t sum = 0;
  std::string parts;
  for (const auto& [code, count] : reading->options) {
    sum += code * count;
    parts += (parts.empty() ? "" : " + ") + std::to_string(code) + " × " + format::number(lang, count);
  }
  const auto n = format::number(lang, page.headline->rating.n);
  facts.push_back({words(lang, Msg::ResultNumerator), say(lang, Msg::ResultRatingNumerator, {format::number(lang, sum), parts})});
  facts.push_back({words(lang, Msg::ResultDenominator), say(lang, Msg::ResultRatingDenominator, {n})});
  facts.push_back({words(lang, Msg::ResultFormula),
                   format::number(lang, sum) + " ÷ " + n + " = " + format::ratio(lang, sum, page.headline->rating.n, 4) + ", " +
                       say(lang, Msg::ResultShownAs, {format::ratio(lang, sum, page.headline->rating.n, 1)})});
  facts.push_back({words(lang, Msg::ResultIntervalLabel), words(lang, Msg::ResultIntervalMean)});
}

void add_skm(std::vector<Fact>& facts, const ResultPage& page) {
  const auto& skm = page.headline->skm;
  if (!skm || !skm->ikm_2dec) return;
  const auto lang = page.lang;
  double nrr = 0;
  std::int64_t used = 0;
  for (const auto& unsur : skm->unsur)
    if (unsur) {
      nrr += unsur->nrr;
      ++used;
    }
  const auto n = format::number(lang, used);
  facts.push_back({words(lang, Msg::ResultNumerator), say(lang, Msg::ResultSkmNumerator, {n})});
  facts.push_back({words(lang, Msg::ResultDenominator), say(lang, Msg::ResultSkmDenominator, {n})});
  facts.push_back({words(lang, Msg::ResultFormula), format::number(lang, nrr, 4) + " × 1/" + n +
                                                        " × 25 = " + format::number(lang, *skm->ikm, 4) + ", " +
                                                        say(lang, Msg::ResultShownAs, {format::number(lang, *skm->ikm_2dec, 2)})});
  facts.push_back({words(lang, Msg::ResultSkmFormLabel), words(lang, Msg::ResultSkmForm)});
  facts.push_back({words(lang, Msg::ResultGrade), words(lang, Msg::ResultSkmGrades)});
}

void add_share(std::vector<Fact>& facts, const ResultPage& page) {
  const auto lang = page.lang;
  const auto& measure = *page.headline->measure;
  const auto& share = page.headline->share;
  const auto numerator = format::number(lang, share.numerator), denominator = format::number(lang, share.denominator);
  const bool ratio = measure.kind == MeasureKind::Ratio;
  const auto item_label = [&](const std::string& key) { return page.form().find(key)->label.in(lang); };
  if (ratio) {
    const auto what = item_label(measure.numerator);
    facts.push_back(
        {words(lang, Msg::ResultNumerator),
         numerator + " (" + (measure.complement ? say(lang, Msg::ResultComplement, {item_label(measure.denominator), what}) : what) + ")"});
    facts.push_back({words(lang, Msg::ResultDenominator), denominator + " (" + item_label(measure.denominator) + ")"});
    if (is_cumulative(page.form(), measure)) facts.push_back({words(lang, Msg::ResultCounted), words(lang, Msg::ResultCumulativeNote)});
  } else {
    facts.push_back({words(lang, Msg::ResultNumerator), say(lang, Msg::ResultShareNumerator, {numerator, options_of(page, measure)})});
    facts.push_back({words(lang, Msg::ResultDenominator), say(lang, Msg::ResultShareDenominator, {denominator})});
  }
  if (share.denominator == 0) return;
  if (!is_share(measure)) {
    const auto told = tell(lang, page.form(), *page.headline);
    facts.push_back({words(lang, Msg::ResultFormula),
                     numerator + " ÷ " + denominator + " × " + format::number(lang, measure.per) + " = " + told.value});
    return;
  }
  facts.push_back({words(lang, Msg::ResultFormula),
                   numerator + " ÷ " + denominator + " × 100% = " + format::percent(lang, share.numerator, share.denominator, 3) + ", " +
                       say(lang, Msg::ResultShownAs, {format::percent(lang, share.numerator, share.denominator)}) +
                       (is_over(share) ? "; " + words(lang, Msg::ResultOver) : std::string())});
  const bool single = ratio || measure.items.size() == 1;
  facts.push_back({words(lang, Msg::ResultIntervalLabel), words(lang, single ? Msg::ResultIntervalShare : Msg::ResultIntervalNone)});
}

void add_duration(std::vector<Fact>& facts, const ResultPage& page) {
  const auto lang = page.lang;
  const auto& reading = *page.headline;
  const auto& item = first_item(page.form(), *reading.measure);
  if (reading.measure->within) {
    const auto numerator = format::number(lang, reading.share.numerator), denominator = format::number(lang, reading.share.denominator);
    facts.push_back(
        {words(lang, Msg::ResultNumerator),
         say(lang, Msg::ResultWithinNumerator, {numerator, item.label.in(lang), within_words(lang, page.form(), *reading.measure)})});
    facts.push_back({words(lang, Msg::ResultDenominator), say(lang, Msg::ResultWithinDenominator, {denominator, item.label.in(lang)})});
    if (reading.share.denominator > 0)
      facts.push_back({words(lang, Msg::ResultFormula), numerator + " ÷ " + denominator + " × 100% = " +
                                                            format::percent(lang, reading.share.numerator, reading.share.denominator, 3)});
    facts.push_back({words(lang, Msg::ResultIntervalLabel), words(lang, Msg::ResultIntervalShare)});
  }
  facts.push_back({words(lang, Msg::ResultMedian), duration_words(lang, item, reading.duration.median)});
  facts.push_back({words(lang, Msg::ResultP90), duration_words(lang, item, reading.duration.p90)});
  facts.push_back({words(lang, Msg::ResultMeanLabel), duration_words(lang, item, reading.duration.mean)});
  facts.push_back({words(lang, Msg::ResultAccuracy), words(lang, Msg::ResultAccuracyNote)});
}

void add_kept_sum(std::vector<Fact>& facts, const ResultPage& page, const Item& item) {
  const auto lang = page.lang;
  const auto message = item.aggregation == Aggregation::State ? Msg::ResultStateFormula : Msg::ResultYearlyFormula;
  facts.push_back(
      {words(lang, Msg::ResultFormula),
       say(lang, message, {item.label.in(lang), format::number(lang, page.headline->reports), total_words(lang, page.headline->total)})});
}

void add_sum(std::vector<Fact>& facts, const ResultPage& page) {
  const auto lang = page.lang;
  const auto& item = first_item(page.form(), *page.headline->measure);
  if (is_kept(item.aggregation)) return add_kept_sum(facts, page, item);
  if (item.kind == ItemKind::Person) facts.push_back({words(lang, Msg::ResultCounted), words(lang, Msg::ResultPersonsNote)});
  facts.push_back({words(lang, Msg::ResultFormula), say(lang, Msg::ResultSumFormula,
                                                        {item.label.in(lang), records_words(lang, page.form(), page.headline->respondents),
                                                         total_words(lang, page.headline->total)})});
}

void add_numbers(std::vector<Fact>& facts, const ResultPage& page) {
  switch (page.headline->measure->kind) {
    case MeasureKind::Rating:
      return add_rating(facts, page);
    case MeasureKind::Skm:
      return add_skm(facts, page);
    case MeasureKind::Sum:
      return add_sum(facts, page);
    case MeasureKind::Duration:
      return add_duration(facts, page);
    case MeasureKind::Share:
    case MeasureKind::Ratio:
      return add_share(facts, page);
  }
}

}  // namespace

std::vector<Fact> why_facts(const ResultPage& page) {
  std::vector<Fact> facts;
  if (page.headline == nullptr) return facts;
  const auto lang = page.lang;
  const auto& form = page.form();
  if (const auto& meaning = page.headline->measure->meaning; !meaning.empty())
    facts.push_back({words(lang, Msg::ResultMeaning), meaning.in(lang)});
  add_numbers(facts, page);
  facts.push_back({words(lang, Msg::ResultOutside), outside_words(page)});
  auto version = version_words(lang, form);
  if (form.valid_from) version += ", " + say(lang, Msg::ResultValidFrom, {format::date(lang, *form.valid_from)});
  facts.push_back({words(lang, Msg::ResultVersion), version, {words(lang, Msg::ResultReadForm), form_href(form)}});
  facts.push_back({words(lang, Msg::ResultSource), form.source});
  if (!form.mark.empty()) facts.push_back({words(lang, Msg::ResultMark), form.mark.in(lang)});
  if (page.last_day) facts.push_back({words(lang, Msg::ResultLastRecord), format::date(lang, *page.last_day)});
  if (!page.entered.empty()) facts.push_back({words(lang, Msg::ResultEnteredBy), page.entered});
  facts.push_back({words(lang, Msg::ResultReadAt), format::moment(lang, page.view.as_of, page.view.node->zone)});
  if (!page.reader.empty()) facts.push_back({words(lang, Msg::ResultReadBy), page.reader});
  return facts;
}

void draw_why(html::Out& o, const ResultPage& page) {
  if (page.headline == nullptr) return;
  const auto lang = page.lang;
  auto records = page.address;
  if (!page.form().over.empty()) records.instrument = page.form().over;
  draw_card(o,
            {.title = words(lang, Msg::CommonWhy),
             .link = page.alone ? Link{} : Link{words(lang, Msg::ResultWhyPage), page.address.href("/mengapa")},
             .id = "mengapa"},
            [&] {
              draw_facts(o, why_facts(page));
              if (page.may_read_records && page.view.node->kind == NodeKind::Facility)
                o.el("p", {}, [&] {
                  o.el("a",
                       {{"class", "btn"},
                        {"href", records.records_href(page.form().is_public && !page.headline->measure->items.empty()
                                                          ? page.headline->measure->items.front()
                                                          : std::string())}},
                       say(lang, Msg::ResultOpenRecords));
                });
            });
}

}  // namespace pilar::web
