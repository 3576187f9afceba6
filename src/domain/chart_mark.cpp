#include "domain/chart_mark.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "i18n/words/answer.h"
#include "i18n/words/mark.h"

namespace pilar {
namespace {

constexpr std::array kMarkKinds{
    NamedValue<ChartMarkKind>{ChartMarkKind::Action, "tindakan", Msg::MarkAction},
    NamedValue<ChartMarkKind>{ChartMarkKind::Audit, "audit", Msg::MarkAudit},
    NamedValue<ChartMarkKind>{ChartMarkKind::Incident, "insiden", Msg::MarkIncident},
    NamedValue<ChartMarkKind>{ChartMarkKind::Document, "dokumen", Msg::MarkDocument},
    NamedValue<ChartMarkKind>{ChartMarkKind::Other, "lain", Msg::MarkOther},
    NamedValue<ChartMarkKind>{ChartMarkKind::Baseline, "dasar", Msg::MarkBaseline},
    NamedValue<ChartMarkKind>{ChartMarkKind::Rebase, "batas", Msg::MarkRebase},
};

void add_problem(Problems& to, Message message, const char* field, std::vector<std::string> args = {}) {
  to.push_back({Problem::Kind::Invalid, message, field, std::move(args)});
}

/// A page of this program or of the web; nothing that a browser would run.
bool is_link(std::string_view link) {
  if (std::ranges::any_of(link, [](unsigned char c) { return c <= ' '; })) return false;
  if (link.starts_with("https://") || link.starts_with("http://")) return true;
  return link.starts_with('/') && !link.starts_with("//") && link.find('\\') == std::string_view::npos;
}

void check_texts(Problems& wrong, const ChartMark& mark) {
  if (mark.text.empty())
    add_problem(wrong, Msg::MarkNeedsText, "text");
  else if (!is_utf8(mark.text))
    add_problem(wrong, Msg::AnswerBadText, "text");
  else if (mark.text.size() > kLongestMark)
    add_problem(wrong, Msg::MarkTooLong, "text", {std::to_string(kLongestMark)});
  if (!mark.link.empty() && (!is_utf8(mark.link) || !is_link(mark.link) || mark.link.size() > kLongestMark))
    add_problem(wrong, Msg::MarkBadLink, "link");
}

void check_baseline(Problems& wrong, const ChartMark& mark, std::span<const ChartMark> others, Day today) {
  const auto from = month_of(mark.day);
  if (!mark.to || mark.to->value - from.value + 1 < static_cast<std::int32_t>(kControlMonths))
    add_problem(wrong, Msg::MarkBaselineShort, "to", {std::to_string(kControlMonths)});
  else if (month_of(today) <= *mark.to)
    add_problem(wrong, Msg::MarkBaselineRunning, "to");
  const bool taken = mark.to && std::ranges::any_of(others, [&](const ChartMark& other) {
                       return other.kind == ChartMarkKind::Baseline && other.number != mark.number && other.to &&
                              month_of(other.day) <= *mark.to && from <= *other.to;
                     });
  if (taken) add_problem(wrong, Msg::MarkBaselineTaken, "day");
}

void check_rebase(Problems& wrong, const ChartMark& mark, std::span<const ChartMark> others) {
  const auto at = std::ranges::find(others, mark.action, &ChartMark::number);
  if (mark.action == 0 || at == others.end() || at->kind != ChartMarkKind::Action) add_problem(wrong, Msg::MarkNeedsAction, "action");
  const bool taken = std::ranges::any_of(others, [&](const ChartMark& other) {
    return other.kind == ChartMarkKind::Rebase && other.number != mark.number && month_of(other.day) == month_of(mark.day);
  });
  if (taken) add_problem(wrong, Msg::MarkMonthTaken, "day");
}

}  // namespace

std::span<const NamedValue<ChartMarkKind>> chart_mark_kinds() { return kMarkKinds; }

bool is_event(ChartMarkKind kind) { return kind != ChartMarkKind::Baseline && kind != ChartMarkKind::Rebase; }

Problems check_chart_mark(const ChartMark& mark, std::span<const ChartMark> others, Day today) {
  Problems wrong;
  if (today < mark.day) add_problem(wrong, Msg::MarkInFuture, "day");
  check_texts(wrong, mark);
  if (mark.kind == ChartMarkKind::Baseline) check_baseline(wrong, mark, others, today);
  if (mark.kind == ChartMarkKind::Rebase) check_rebase(wrong, mark, others);
  return wrong;
}

bool changes_meaning(const Indicator& before, const Indicator& after) {
  return before.path() != after.path() || before.sum_of != after.sum_of || before.definition != after.definition ||
         before.numerator != after.numerator || before.denominator != after.denominator || before.inclusion != after.inclusion ||
         before.exclusion != after.exclusion;
}

std::vector<ChartMark> ChartMarks::of(std::string_view formula) const {
  std::vector<ChartMark> out;
  std::ranges::copy_if(marks, std::back_inserter(out), [&](const ChartMark& mark) { return mark.formula == formula; });
  return out;
}

std::vector<ProfileBreak> ChartMarks::breaks_of(std::string_view formula) const {
  std::vector<ProfileBreak> out;
  std::ranges::copy_if(breaks, std::back_inserter(out), [&](const ProfileBreak& one) { return one.formula == formula; });
  return out;
}

ControlChoice ChartMarks::choice(std::string_view formula) const {
  ControlChoice out;
  for (const auto& mark : marks) {
    if (mark.formula != formula) continue;
    if (mark.kind == ChartMarkKind::Baseline && mark.to) out.baselines.push_back({month_of(mark.day), *mark.to});
    if (mark.kind == ChartMarkKind::Rebase) out.starts.push_back(month_of(mark.day));
  }
  for (const auto& one : breaks)
    if (one.formula == formula && one.new_meaning) out.starts.push_back(month_of(one.day));
  std::ranges::sort(out.starts);
  return out;
}

std::vector<ChartMark> marks_for(std::span<const ChartMark> all, UnitKey unit) {
  std::vector<ChartMark> out;
  for (const auto& mark : all)
    if (mark.unit == unit || (mark.unit == UnitKey{} && is_event(mark.kind))) out.push_back(mark);
  std::ranges::stable_sort(out, {}, &ChartMark::day);
  return out;
}

}  // namespace pilar
