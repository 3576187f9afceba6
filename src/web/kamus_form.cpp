#include "web/kamus_form.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "domain/place.h"
#include "i18n/format.h"
#include "i18n/words/answer.h"
#include "i18n/words/indicator.h"
#include "i18n/words/result.h"
#include "web/forms.h"
#include "web/kamus_codes.h"
#include "web/kamus_formula.h"
#include "web/kamus_words.h"
#include "web/words.h"

namespace pilar::web {
namespace {

/// A text of the profile in two languages; the English one has "_en" behind its name.
struct TextRow {
  std::string_view name;
  Message label;
  Words Indicator::* member;
  int rows;
};
constexpr std::array kMeaning{TextRow{"title", Msg::KamusIndicator, &Indicator::title, 0},
                              TextRow{"aim", Msg::KamusAim, &Indicator::aim, 2},
                              TextRow{"definition", Msg::KamusDefinition, &Indicator::definition, 3},
                              TextRow{"rationale", Msg::KamusRationale, &Indicator::rationale, 3},
                              TextRow{"numerator", Msg::KamusNumerator, &Indicator::numerator, 2},
                              TextRow{"denominator", Msg::KamusDenominator, &Indicator::denominator, 2},
                              TextRow{"inclusion", Msg::KamusInclusion, &Indicator::inclusion, 2},
                              TextRow{"exclusion", Msg::KamusExclusion, &Indicator::exclusion, 2}};
constexpr std::array kCollection{TextRow{"method", Msg::KamusMethod, &Indicator::method, 2},
                                 TextRow{"data_source", Msg::KamusDataSource, &Indicator::data_source, 0},
                                 TextRow{"sample", Msg::KamusSample, &Indicator::sample, 0},
                                 TextRow{"sampling", Msg::KamusSampling, &Indicator::sampling, 0},
                                 TextRow{"presentation", Msg::KamusPresentation, &Indicator::presentation, 0},
                                 TextRow{"responsible", Msg::KamusResponsible, &Indicator::responsible, 0},
                                 TextRow{"mark", Msg::ResultMark, &Indicator::mark, 0}};
constexpr std::array<std::pair<std::string_view, Message>, 11> kOtherLabels{{{"key", Msg::KamusKey},
                                                                             {"source", Msg::KamusSource},
                                                                             {"target", Msg::KamusTarget},
                                                                             {"valid_from", Msg::KamusValidFrom},
                                                                             {"efforts", Msg::KamusEfforts},
                                                                             {"tags", Msg::KamusTags},
                                                                             {"reason", Msg::KamusReason},
                                                                             {"type", Msg::KamusType},
                                                                             {"area", Msg::KamusArea},
                                                                             {"pillar", Msg::KamusPillar},
                                                                             {"stage", Msg::KamusStage}}};
constexpr std::array kMonthChoices{1, 3, 6, 12};
constexpr int kLongestText = 4000, kMostEffortRows = 20, kGoals = 6;

std::string effort_field(const char* part, std::size_t number) { return "effort_" + std::string(part) + "_" + std::to_string(number); }

class ProfileDrawing {
 public:
  ProfileDrawing(html::Out& o, const Visit& visit, const ProfileForm& form)
      : o_(o),
        visit_(visit),
        lang_(visit.lang),
        form_(form),
        profile_(form.profile) {}

  void draw() {
    draw_problems(o_, lang_, form_.problems, [&](std::string_view field) { return label_of_profile(lang_, field); });
    for (const auto& row : kMeaning) text(row, Lang::Id);
    if (form_.is_new) plain("key", Msg::KamusKey, {}, profile_.key);
    order();
    formula();
    efforts(Lang::Id);
    for (const auto& row : kCollection) text(row, Lang::Id);
    rhythm();
    plain("source", Msg::KamusSource, {}, profile_.source);
    english();
    draw_code_fields(o_, visit_, profile_, form_.problems);
    if (form_.needs_date) day("valid_from", Msg::KamusValidFrom, profile_.valid_from);
  }

 private:
  std::string in(Message message) const { return words(lang_, message); }
  bool is_sent() const { return !visit_.form.empty(); }

  void field(Field one, std::string value) {
    one.value = is_sent() ? std::string(visit_.field(one.name)) : std::move(value);
    one.problem = problem_of(lang_, form_.problems, one.name);
    draw_field(o_, lang_, one);
  }

  void text(const TextRow& row, Lang language) {
    const auto& value = profile_.*row.member;
    Field one{language == Lang::Id ? std::string(row.name) : std::string(row.name) + "_en", in(row.label)};
    one.rows = row.rows;
    one.max_length = kLongestText;
    one.required = language == Lang::Id && row.name == "title";
    field(std::move(one), language == Lang::Id ? value.id : value.en);
  }

  void plain(std::string name, Message label, std::string hint, std::string value) {
    Field one{std::move(name), in(label), std::move(hint)};
    one.max_length = kLongestText;
    field(std::move(one), std::move(value));
  }

  void day(std::string name, Message label, const std::optional<Day>& value) {
    Field one{std::move(name), in(label)};
    one.type = "date";
    field(std::move(one), value ? iso(*value) : std::string());
  }

  void select(std::string name, Message label, std::string value, std::span<const Option> options, std::string hint = {}) {
    Field one{std::move(name), in(label), std::move(hint)};
    one.value = is_sent() ? std::string(visit_.field(one.name)) : std::move(value);
    one.problem = problem_of(lang_, form_.problems, one.name);
    draw_select(o_, lang_, one, options);
  }

  template <class T>
  std::vector<Option> options_of(std::span<const NamedValue<T>> table) const {
    std::vector<Option> options;
    for (const auto& row : table) options.push_back({std::string(row.key), in(row.title)});
    return options;
  }

  std::vector<std::string> chosen(std::string_view name, const std::vector<std::string>& value) const {
    if (!is_sent()) return value;
    std::vector<std::string> out;
    for (const auto& [key, one] : visit_.form)
      if (key == name) out.push_back(one);
    return out;
  }

  void order() {
    select("area", Msg::KamusArea, std::string(key_of(service_areas(), profile_.area)), options_of(service_areas()));
    select("type", Msg::KamusType, std::string(key_of(indicator_types(), profile_.type)), options_of(indicator_types()));
    auto stages = options_of(indicator_stages());
    stages.insert(stages.begin(), {"", std::string(format::kNone)});
    select("stage", Msg::KamusStage, profile_.stage ? std::string(key_of(indicator_stages(), *profile_.stage)) : "", stages);
    select("pillar", Msg::KamusPillar, std::string(key_of(pillars(), profile_.pillar)), options_of(pillars()));
    select("level", Msg::KamusLevel, std::string(key_of(indicator_levels(), profile_.level)), options_of(indicator_levels()));
    std::vector<Option> goals{{"0", in(Msg::KamusNoGoal)}};
    for (int goal = 1; goal <= kGoals; ++goal)
      goals.push_back({std::to_string(goal), say(lang_, Msg::KamusGoalNumber, {std::to_string(goal)})});
    select("safety_goal", Msg::KamusSafety, std::to_string(profile_.safety_goal), goals);
    tags();
    types();
  }

  void tags() {
    const auto value = chosen("tags", profile_.tags);
    for (const auto& set : form_.view.reference->tag_sets) {
      Choice choice{.name = "tags", .label = set.title.in(lang_), .hint = in(Msg::KamusTagHint)};
      for (const auto& tag : set.tags) choice.options.push_back({set.key + "/" + tag.key, tag.label.in(lang_)});
      choice.chosen = value;
      choice.several = true;
      draw_choice(o_, choice);
    }
  }

  void types() {
    Choice choice{.name = "facility_types", .label = in(Msg::KamusTypesOfFacility), .hint = in(Msg::KamusAllTypes)};
    for (const auto& type : facility_types()) choice.options.push_back({std::string(type.key), in(type.title)});
    choice.chosen = chosen("facility_types", profile_.facility_types);
    choice.several = true;
    draw_choice(o_, choice);
  }

  void formula() {
    draw_formula_fields(o_, visit_, form_.view, profile_, form_.problems);
    Field target{"target", in(Msg::KamusTarget)};
    target.inputmode = "decimal";
    field(std::move(target), profile_.target ? format::number(lang_, *profile_.target) : std::string());
  }

  void efforts(Lang language) {
    const auto rows = std::min<std::size_t>(profile_.efforts.size() + (language == Lang::Id ? 2 : 0), kMostEffortRows);
    for (std::size_t i = 0; i < rows; ++i) {
      const auto effort = i < profile_.efforts.size() ? profile_.efforts[i] : Effort{};
      const auto number = say(lang_, Msg::KamusEffortNumber, {std::to_string(i + 1)});
      Field what{effort_field(language == Lang::Id ? "what" : "what_en", i + 1), number + ": " + in(Msg::KamusWhat)};
      what.rows = 2;
      field(std::move(what), language == Lang::Id ? effort.what.id : effort.what.en);
      Field who{effort_field(language == Lang::Id ? "who" : "who_en", i + 1), number + ": " + in(Msg::KamusWho)};
      field(std::move(who), language == Lang::Id ? effort.who.id : effort.who.en);
    }
  }

  void rhythm() {
    const auto one = [&](const char* name, Message label, int value) {
      std::vector<Option> options;
      for (const int months : kMonthChoices) options.push_back({std::to_string(months), months_words(lang_, months)});
      select(name, label, std::to_string(value), options);
    };
    one("collect_months", Msg::KamusCollect, profile_.rhythm.collect);
    one("analyse_months", Msg::KamusAnalyse, profile_.rhythm.analyse);
    one("report_months", Msg::KamusReport, profile_.rhythm.report);
  }

  void english() {
    o_.el("details", {}, [&] {
      o_.el("summary", {}, "English");
      o_.el("p", {{"class", "note"}}, in(Msg::KamusBilingualHint));
      for (const auto& row : kMeaning) text(row, Lang::En);
      efforts(Lang::En);
      for (const auto& row : kCollection) text(row, Lang::En);
    });
  }

  html::Out& o_;
  const Visit& visit_;
  Lang lang_;
  const ProfileForm& form_;
  const Indicator& profile_;
};

class ProfileReading {
 public:
  ProfileReading(const Visit& visit, const Indicator& before) : visit_(visit), out_(before) {}

  Result<Indicator> read() {
    for (const auto& row : kMeaning) read_words(row);
    for (const auto& row : kCollection) read_words(row);
    read_names();
    read_numbers();
    read_efforts();
    read_code_fields(visit_, out_, wrong_);
    out_.source = typed("source");
    out_.content.clear();
    if (!wrong_.empty()) return std::unexpected(std::move(wrong_));
    return std::move(out_);
  }

 private:
  std::string typed(std::string_view name) {
    const auto text = trim(visit_.field(name));
    if (is_utf8(text)) return std::string(text);
    wrong_.push_back({Problem::Kind::Invalid, Msg::AnswerBadText, std::string(name), {}});
    return {};
  }

  void read_words(const TextRow& row) { out_.*row.member = {typed(row.name), typed(std::string(row.name) + "_en")}; }

  template <class T>
  T one(std::string_view name, std::span<const NamedValue<T>> table, T usual) const {
    return find_value(table, visit_.field(name)).value_or(usual);
  }

  void read_names() {
    out_.area = one("area", service_areas(), out_.area);
    out_.type = one("type", indicator_types(), out_.type);
    out_.stage = find_value(indicator_stages(), visit_.field("stage"));
    out_.pillar = one("pillar", pillars(), out_.pillar);
    out_.level = one("level", indicator_levels(), out_.level);
    read_formula_fields(visit_, out_, wrong_);
    out_.tags.clear();
    out_.facility_types.clear();
    for (const auto& [name, value] : visit_.form) {
      if (name == "tags" && is_utf8(value)) out_.tags.push_back(value);
      if (name == "facility_types" && find_facility_type(value) != nullptr) out_.facility_types.push_back(value);
    }
  }

  int months(std::string_view name, int usual) const {
    const auto value = parse_int(visit_.field(name));
    return value && std::ranges::find(kMonthChoices, static_cast<int>(*value)) != kMonthChoices.end() ? static_cast<int>(*value) : usual;
  }

  void read_numbers() {
    out_.safety_goal = static_cast<int>(std::clamp<std::int64_t>(parse_int(visit_.field("safety_goal")).value_or(0), 0, kGoals));
    out_.rhythm = {months("collect_months", out_.rhythm.collect), months("analyse_months", out_.rhythm.analyse),
                   months("report_months", out_.rhythm.report)};
    out_.target = read_target(visit_, wrong_);
    const auto from = typed("valid_from");
    if (from.empty()) return;
    out_.valid_from = parse_day(from);
    if (!out_.valid_from) wrong_.push_back({Problem::Kind::Invalid, Msg::IndicatorBadDate, "valid_from", {}});
  }

  void read_efforts() {
    out_.efforts.clear();
    for (std::size_t number = 1; number <= kMostEffortRows; ++number) {
      Effort effort{{typed(effort_field("what", number)), typed(effort_field("what_en", number))},
                    {typed(effort_field("who", number)), typed(effort_field("who_en", number))}};
      if (effort.what.id.empty() && effort.who.id.empty()) continue;
      if (effort.what.id.empty() || effort.who.id.empty())
        wrong_.push_back({Problem::Kind::Invalid, Msg::IndicatorNoEffort, "efforts", {}});
      out_.efforts.push_back(std::move(effort));
    }
  }

  const Visit& visit_;
  Indicator out_;
  Problems wrong_{};
};

}  // namespace

void draw_profile_form(html::Out& o, const Visit& visit, const ProfileForm& form) { ProfileDrawing(o, visit, form).draw(); }

Result<Indicator> read_profile_form(const Visit& visit, const Indicator& before) { return ProfileReading(visit, before).read(); }

std::string label_of_profile(Lang lang, std::string_view field) {
  if (auto label = label_of_formula(lang, field); !label.empty()) return label;
  for (const auto& [name, label] : kOtherLabels)
    if (name == field) return words(lang, label);
  for (const auto& row : kMeaning)
    if (row.name == field) return words(lang, row.label);
  for (const auto& row : kCollection)
    if (row.name == field) return words(lang, row.label);
  for (const auto& row : code_rows())
    if (row.name == field) return words(lang, row.label);
  return {};
}

std::vector<ProfileDifference> compare_profiles(Lang lang, const Indicator& mine, const Indicator& theirs) {
  std::vector<ProfileDifference> out;
  const auto add = [&](std::string_view field, const std::string& a, const std::string& b) {
    if (a != b) out.push_back({label_of_profile(lang, field), a, b});
  };
  for (const auto& row : kMeaning) add(row.name, (mine.*row.member).in(lang), (theirs.*row.member).in(lang));
  for (const auto& row : kCollection) add(row.name, (mine.*row.member).in(lang), (theirs.*row.member).in(lang));
  const auto target = [&](const Indicator& one) { return one.target ? format::number(lang, *one.target) : std::string(); };
  add("target", target(mine), target(theirs));
  add("formula", formula_words(mine), formula_words(theirs));
  add("source", mine.source, theirs.source);
  add("valid_from", mine.valid_from ? format::date(lang, *mine.valid_from) : "",
      theirs.valid_from ? format::date(lang, *theirs.valid_from) : "");
  for (const auto& row : code_rows()) add(row.name, code_part(mine, row), code_part(theirs, row));
  return out;
}

}  // namespace pilar::web
