#include "web/kamus_formula.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "i18n/format.h"
#include "i18n/words/answer.h"
#include "i18n/words/formula.h"
#include "i18n/words/indicator.h"
#include "web/entry_address.h"
#include "web/forms.h"
#include "web/kamus_words.h"
#include "web/words.h"

namespace pilar::web {
namespace {

constexpr std::string_view kWay = "way", kMeasureWay = "measure", kRecordsWay = "records", kTallyWay = "tally", kSumWay = "sum";
constexpr std::array<std::pair<std::string_view, Message>, 13> kFormulaLabels{{{"way", Msg::FormulaWay},
                                                                               {"records/over", Msg::FormulaOver},
                                                                               {"records/kind", Msg::FormulaKindLabel},
                                                                               {"records/numerator", Msg::FormulaNumerator},
                                                                               {"records/denominator", Msg::FormulaDenominator},
                                                                               {"records/include", Msg::FormulaInclude},
                                                                               {"records/exclude", Msg::FormulaExclude},
                                                                               {"records/within", Msg::FormulaLimit},
                                                                               {"records/per", Msg::FormulaPer},
                                                                               {"records/unit", Msg::FormulaUnit},
                                                                               {"records/better", Msg::KamusDirection},
                                                                               {"sum_of", Msg::FormulaSumOf},
                                                                               {"formula", Msg::KamusFormula}}};
constexpr int kMostPer = 1'000'000;

std::string way_of(const Indicator& profile) {
  if (profile.records) return std::string(kRecordsWay);
  if (profile.tally) return std::string(kTallyWay);
  return std::string(profile.sum_of.empty() ? kMeasureWay : kSumWay);
}

std::string joined(const std::vector<std::string>& parts) {
  std::string out;
  for (const auto& part : parts) out += (out.empty() ? "" : ", ") + part;
  return out;
}

class FormulaDrawing {
 public:
  FormulaDrawing(html::Out& o, const Visit& visit, const app::KamusView& view, const Indicator& profile, const Problems& problems)
      : o_(o),
        visit_(visit),
        lang_(visit.lang),
        view_(view),
        profile_(profile),
        formula_(profile.records.value_or(Formula{})),
        problems_(problems) {}

  void draw() {
    select(kWay, way_of(profile_),
           {{std::string(kMeasureWay), in(Msg::FormulaWayMeasure)},
            {std::string(kRecordsWay), in(Msg::FormulaWayRecords)},
            {std::string(kTallyWay), in(Msg::FormulaWayTally)},
            {std::string(kSumWay), in(Msg::FormulaWaySum)}},
           in(Msg::FormulaWayHint));
    measure();
    part(kRecordsWay, Msg::FormulaWayRecords, [&] { records(); });
    part(kTallyWay, Msg::FormulaWayTally, [&] { o_.el("p", {}, say(lang_, Msg::FormulaTallyNote)); });
    part(kSumWay, Msg::FormulaWaySum, [&] { text("sum_of", joined(profile_.sum_of), in(Msg::FormulaSumOfHint)); });
  }

 private:
  std::string in(Message message) const { return words(lang_, message); }
  bool is_sent() const { return !visit_.form.empty(); }

  Field field(std::string_view name, std::string value, std::string hint) const {
    Field one{std::string(name), label_of_formula(lang_, name), std::move(hint)};
    one.value = is_sent() ? std::string(visit_.field(name)) : std::move(value);
    one.problem = problem_of(lang_, problems_, name);
    return one;
  }

  void text(std::string_view name, std::string value, std::string hint = {}, int rows = 0) {
    auto one = field(name, std::move(value), std::move(hint));
    one.rows = rows;
    one.max_length = static_cast<int>(kLongestFormulaPart);
    draw_field(o_, lang_, one);
  }

  void select(std::string_view name, std::string value, const std::vector<Option>& options, std::string hint = {}) {
    draw_select(o_, lang_, field(name, std::move(value), std::move(hint)), options);
  }

  /// Open where it is the chosen way, or where something in it is wrong.
  template <class Body>
  void part(std::string_view way, Message title, Body&& body) {
    const auto chosen = is_sent() ? std::string(visit_.field(kWay)) : way_of(profile_);
    o_.el("details", {{"open", chosen == way}}, [&] {
      o_.el("summary", {}, say(lang_, title));
      body();
    });
  }

  void measure() {
    std::vector<Option> measures{{"", ""}};
    for (const auto* version : view_.reference->latest_of_all())
      for (const auto& measure : version->form.measures)
        measures.push_back({version->form.key + "/" + measure.key, version->form.title.in(lang_) + ": " + measure.title.in(lang_)});
    part(kMeasureWay, Msg::FormulaWayMeasure, [&] { select("formula", profile_.formula, measures, in(Msg::KamusChooseMeasure)); });
  }

  void records() {
    o_.el("p", {{"class", "note"}}, say(lang_, Msg::FormulaRecordsNote));
    std::vector<Option> forms{{"", ""}};
    for (const auto* version : view_.reference->latest_of_all())
      if (!version->form.is_public) forms.push_back({version->form.key, version->form.title.in(lang_)});
    select("records/over", formula_.over, forms);
    items();
    std::vector<Option> kinds;
    for (const auto& kind : formula_kinds()) kinds.push_back({std::string(kind.key), in(kind.title)});
    select("records/kind", std::string(key_of(formula_kinds(), formula_.kind)), kinds);
    text("records/numerator", formula_.numerator, in(Msg::FormulaNumeratorHint), 2);
    text("records/denominator", formula_.denominator, in(Msg::FormulaDenominatorHint), 2);
    text("records/include", formula_.include, in(Msg::FormulaIncludeHint), 2);
    text("records/exclude", formula_.exclude, {}, 2);
    text("records/within", formula_.within ? format::number(lang_, *formula_.within) : std::string(), in(Msg::FormulaLimitHint));
    text("records/per", std::to_string(formula_.per), in(Msg::FormulaPerHint));
    text("records/unit", formula_.unit, in(Msg::FormulaUnitHint));
    std::vector<Option> ways{{"", in(Msg::FormulaBetterByKind)}};
    for (const auto& direction : directions()) ways.push_back({std::string(direction.key), in(direction.title)});
    select("records/better", formula_.better ? std::string(key_of(directions(), *formula_.better)) : std::string(), ways);
  }

  /// What an expression may name, once the instrument is chosen.
  void items() {
    const auto over = is_sent() ? std::string(visit_.field("records/over")) : formula_.over;
    const auto* version = over.empty() ? nullptr : view_.reference->latest(over);
    if (version == nullptr) return;
    o_.el("details", {}, [&] {
      o_.el("summary", {}, say(lang_, Msg::FormulaItems, {version->form.title.in(lang_)}));
      const TableHead head{.caption = say(lang_, Msg::FormulaItems, {version->form.title.in(lang_)}),
                           .columns = {{in(Msg::FormulaItemName)}, {in(Msg::FormulaItemMeaning)}, {in(Msg::FormulaItemChoices)}},
                           .stacks = true};
      draw_table(o_, head, [&](Rows& rows) {
        for (const auto& item : version->form.items) rows.row([&](Row& row) { item_row(row, item); });
      });
    });
  }

  void item_row(Row& row, const Item& item) const {
    std::string choices = item.unit;
    if (item.kind != ItemKind::Scale)
      for (const auto& option : item.options) choices += (choices.empty() ? "'" : ", '") + option.key + "'";
    row.name("${" + item.key + "}");
    row.cell(item.label.in(lang_));
    row.cell(choices);
  }

  html::Out& o_;
  const Visit& visit_;
  Lang lang_;
  const app::KamusView& view_;
  const Indicator& profile_;
  Formula formula_;
  const Problems& problems_;
};

class FormulaReading {
 public:
  FormulaReading(const Visit& visit, Problems& wrong) : visit_(visit), wrong_(wrong) {}

  Formula records() {
    Formula out;
    out.over = typed("records/over");
    out.kind = find_value(formula_kinds(), visit_.field("records/kind")).value_or(out.kind);
    out.numerator = typed("records/numerator");
    out.denominator = typed("records/denominator");
    out.include = typed("records/include");
    out.exclude = typed("records/exclude");
    out.unit = typed("records/unit");
    out.better = find_value(directions(), visit_.field("records/better"));
    read_limit(out);
    read_per(out);
    return out;
  }

  std::vector<std::string> sum_of() {
    std::vector<std::string> out;
    for (const auto part : split(visit_.field("sum_of"), ','))
      if (!trim(part).empty()) out.emplace_back(trim(part));
    if (std::ranges::any_of(out, [](const std::string& name) { return !is_utf8(name); })) {
      refuse_field(Msg::AnswerBadText, "sum_of");
      out.clear();
    }
    return out;
  }

  std::string typed(std::string_view name) {
    const auto text = trim(visit_.field(name));
    if (is_utf8(text)) return std::string(text);
    refuse_field(Msg::AnswerBadText, name);
    return {};
  }

 private:
  void refuse_field(Message message, std::string_view name) { wrong_.push_back({Problem::Kind::Invalid, message, std::string(name), {}}); }

  void read_limit(Formula& out) {
    auto limit = typed("records/within");
    if (limit.empty()) return;
    std::ranges::replace(limit, ',', '.');
    out.within = parse_decimal(limit);
    if (!out.within) refuse_field(Msg::FormulaBadLimit, "records/within");
  }

  void read_per(Formula& out) {
    if (out.kind != FormulaKind::Rate) return;
    const auto per = parse_int(typed("records/per"));
    if (!per || *per < 2 || *per > kMostPer) return refuse_field(Msg::FormulaBadPer, "records/per");
    out.per = static_cast<int>(*per);
  }

  const Visit& visit_;
  Problems& wrong_;
};

}  // namespace

void draw_formula_fields(html::Out& o, const Visit& visit, const app::KamusView& view, const Indicator& profile, const Problems& problems) {
  FormulaDrawing(o, visit, view, profile, problems).draw();
}

void read_formula_fields(const Visit& visit, Indicator& profile, Problems& wrong) {
  FormulaReading reading(visit, wrong);
  const auto way = visit.field(kWay);
  profile.formula = way == kMeasureWay || way.empty() ? reading.typed("formula") : std::string();
  profile.records.reset();
  if (way == kRecordsWay) profile.records = reading.records();
  profile.tally = way == kTallyWay;
  profile.sum_of.clear();
  if (way == kSumWay) profile.sum_of = reading.sum_of();
}

std::string label_of_formula(Lang lang, std::string_view field) {
  for (const auto& [name, label] : kFormulaLabels)
    if (name == field) return words(lang, label);
  return {};
}

std::string formula_words(const Indicator& profile) {
  if (profile.tally) return std::string(kDailyCount);
  if (!profile.sum_of.empty()) return joined(profile.sum_of);
  if (!profile.records) return profile.formula;
  const auto& formula = *profile.records;
  auto out = formula.over + ": " + formula.numerator;
  if (!formula.denominator.empty()) out += " ÷ " + formula.denominator;
  if (!formula.include.empty()) out += "; + " + formula.include;
  if (!formula.exclude.empty()) out += "; − " + formula.exclude;
  return out;
}

Link evidence_link(const Visit& visit, const app::KamusView& view, const app::KamusLine& line) {
  if (view.node == nullptr || line.form == nullptr) return {};
  if (line.profile().tally) return {words(visit.lang, Msg::CountTitle), daily_count_href(*view.node)};
  if (!line.profile().sum_of.empty()) return {line.profile().title.in(visit.lang), entry_href(view, line)};
  const auto& form = line.form->form;
  const auto* filled = view.reference->latest(form.over.empty() ? form.key : form.over);
  if (filled == nullptr) return {};
  return {filled->form.title.in(visit.lang), fill_in_link(visit, *view.node, filled->form.key).href};
}

std::vector<Fact> formula_facts(Lang lang, const app::KamusView& view, const app::KamusLine& line) {
  const auto& profile = line.profile();
  std::vector<Fact> facts;
  const auto add = [&](Message term, std::string text, Link link = {}) {
    if (!text.empty() || !link.text.empty()) facts.push_back({words(lang, term), std::move(text), std::move(link)});
  };
  if (profile.tally) {
    add(Msg::KamusFormula, "", {words(lang, Msg::FormulaWayTally), view.node == nullptr ? "/sensus" : daily_count_href(*view.node)});
  } else if (!profile.sum_of.empty()) {
    for (const auto& key : profile.sum_of) {
      const auto* part = view.find(key);
      add(Msg::FormulaSumOf, part == nullptr ? key : "",
          part == nullptr ? Link{} : Link{part->profile().title.in(lang), entry_href(view, *part)});
    }
  } else if (profile.records) {
    const auto& formula = *profile.records;
    const auto* form = view.reference->latest(formula.over);
    add(Msg::FormulaOver, form == nullptr ? formula.over : "",
        form == nullptr ? Link{} : Link{form->form.title.in(lang), "/instrumen/" + formula.over});
    add(Msg::FormulaKindLabel, words(lang, title_of(formula_kinds(), formula.kind)));
    add(Msg::FormulaNumerator, formula.numerator);
    add(Msg::FormulaDenominator, formula.denominator);
    add(Msg::FormulaInclude, formula.include);
    add(Msg::FormulaExclude, formula.exclude);
    if (formula.within) add(Msg::FormulaLimit, format::number(lang, *formula.within) + (formula.unit.empty() ? "" : " " + formula.unit));
  } else if (line.measure == nullptr) {
    add(Msg::KamusFormula, profile.formula);
  } else {
    add(Msg::KamusFormula, "",
        {say(lang, Msg::KamusFormulaNote, {line.measure->title.in(lang), line.form->form.title.in(lang)}),
         "/instrumen/" + line.form->form.key});
  }
  return facts;
}

}  // namespace pilar::web
