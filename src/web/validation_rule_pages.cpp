#include <array>

#include "base/text.h"
#include "i18n/messages.h"
#include "i18n/words/result.h"
#include "i18n/words/validation.h"
#include "web/decision.h"
#include "web/frame.h"
#include "web/kamus_words.h"
#include "web/result_address.h"
#include "web/site.h"
#include "web/validation_pages.h"
#include "web/validation_words.h"
#include "web/words.h"

namespace pilar::web {
namespace {

constexpr int kLongestRuleText = 300;
constexpr std::string_view kSeenRule = "terlihat";

struct AskedRule {
  const Node* node = nullptr;
  app::RuleInForce now{};
};

Result<AskedRule> read_asked_rule(const Visit& visit) {
  const auto* node = asked_place(visit);
  if (node == nullptr) return refuse(Problem::Kind::NotFound, Msg::ResultUnknownPlace, "tempat");
  const auto rule = app::read_validation_rule(visit.context, *visit.scope, node->key);
  if (!rule) return std::unexpected(rule.error());
  return AskedRule{node, *rule};
}

Message rule_label(std::string_view field) {
  if (field == "percent") return Msg::ValidationRulePercent;
  if (field == "least") return Msg::ValidationRuleLeast;
  if (field == "threshold") return Msg::ValidationRuleThreshold;
  return field == "mark" ? Msg::ValidationRuleMark : Msg::ValidationRuleSource;
}

std::string draw_rule(const Visit& visit, const AskedRule& asked, const Problems& problems) {
  const auto lang = visit.lang;
  const auto& rule = asked.now.rule;
  auto frame = staff_page(visit, Place::Indicators, words(lang, Msg::ValidationRuleTitle));
  frame.place = asked.node->name;
  if (asked.node->kind == NodeKind::Facility) frame.path = {{words(lang, Msg::ValidationTitle), validation_href(*asked.node)}};
  if (visit.request.param("sudah") == "aturan") frame.notice = words(lang, Msg::ValidationRuleSaved);
  const auto field = [&](html::Out& o, const char* name, std::string value, std::string unit) {
    Field one{name, words(lang, rule_label(name)), "", problems.empty() ? std::move(value) : std::string(visit.field(name))};
    one.required = std::string_view(name) != "mark";
    one.unit = std::move(unit);
    if (one.unit.empty()) one.max_length = kLongestRuleText;
    if (!one.unit.empty()) one.inputmode = "numeric";
    one.problem = problem_of(lang, problems, name);
    draw_field(o, lang, one);
  };
  return draw_staff_page(frame, [&](html::Out& o) {
    o.el("p", {{"class", "note"}}, say(lang, Msg::ValidationRuleNote, {asked.node->name}));
    draw_card(o, {}, [&] {
      const auto seen = problems.empty() ? std::to_string(asked.now.at.micros) : std::string(visit.field(kSeenRule));
      draw_post_form(o, visit, "/indikator/validasi/aturan", {{"tempat", asked.node->code}, {std::string(kSeenRule), seen}}, [&] {
        draw_problems(o, lang, problems, [&](std::string_view name) { return words(lang, rule_label(name)); });
        field(o, "percent", std::to_string(rule.percent), "%");
        field(o, "least", std::to_string(rule.least), words(lang, Msg::ValidationRuleRecords));
        field(o, "threshold", std::to_string(rule.threshold), "%");
        field(o, "source", rule.source, "");
        field(o, "mark", rule.mark, "");
        draw_button(o, words(lang, Msg::ValidationRuleSave), Button::Primary);
      });
    });
  });
}

http::Reply get_rule(const Visit& visit) {
  const auto asked = read_asked_rule(visit);
  if (!asked) return refuse_result(visit, asked.error());
  return html_page(200, draw_rule(visit, *asked, {}));
}

/// 0, which no rule has, where it is no number.
int whole_field(const Visit& visit, std::string_view name) {
  const auto value = parse_int(trim(visit.field(name))).value_or(0);
  constexpr std::int64_t kTooMuch = 1'000'000;
  return static_cast<int>(value < 0 || value > kTooMuch ? 0 : value);
}

/// Both rules that two people set for one place.
std::string draw_rule_conflict(const Visit& visit, const AskedRule& asked, const ValidationRule& mine) {
  const auto& theirs = asked.now.rule;
  const auto title = words(visit.lang, Msg::ValidationRuleTitle);
  Conflict conflict{title, {}, "/indikator/validasi/aturan", {}, {}};
  conflict.hidden = {{"tempat", asked.node->code}, {std::string(kSeenRule), std::to_string(asked.now.at.micros)}};
  const auto field = [&](const char* name, std::string given, std::string there) {
    conflict.hidden.emplace_back(name, given);
    conflict.fields.push_back({words(visit.lang, rule_label(name)), std::move(given), std::move(there)});
  };
  field("percent", std::to_string(mine.percent), std::to_string(theirs.percent));
  field("least", std::to_string(mine.least), std::to_string(theirs.least));
  field("threshold", std::to_string(mine.threshold), std::to_string(theirs.threshold));
  field("source", mine.source, theirs.source);
  field("mark", mine.mark, theirs.mark);
  conflict.back = {title, validation_href(*asked.node, {}, "/aturan")};
  return draw_conflict(visit, conflict);
}

http::Reply post_rule(const Visit& visit) {
  const auto asked = read_asked_rule(visit);
  if (!asked) return refuse_result(visit, asked.error());
  const ValidationRule rule{whole_field(visit, "percent"), whole_field(visit, "least"), whole_field(visit, "threshold"),
                            std::string(visit.field("source")), std::string(visit.field("mark"))};
  // A form that does not say what it was typed over was typed over what the program brings.
  const Instant seen{parse_int(visit.field(kSeenRule)).value_or(0)};
  const auto saved = app::save_validation_rule(visit.context, *visit.scope, asked->node->key, rule, seen);
  if (!saved && saved.error().front().message == Msg::ValidationRuleChanged) return html_page(409, draw_rule_conflict(visit, *asked, rule));
  if (!saved) return html_page(status_of(saved.error()), draw_rule(visit, *asked, saved.error()));
  return redirect(validation_href(*asked->node, {}, "/aturan") + "&sudah=aturan");
}

constexpr std::array kValidationRuleRoutes{
    Route{http::Method::Get, "/indikator/validasi/aturan", May::ManageIndicators, Work::Blocking, &get_rule,
          "How large a sample is and what agreement is wanted."},
    Route{http::Method::Post, "/indikator/validasi/aturan", May::ManageIndicators, Work::Blocking, &post_rule, "Sets a place's own rule."},
};

}  // namespace

std::span<const Route> validation_rule_routes() { return kValidationRuleRoutes; }

}  // namespace pilar::web
