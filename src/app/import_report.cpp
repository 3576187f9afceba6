#include "app/import_report.h"

#include <algorithm>
#include <array>

#include "app/json_problem.h"
#include "i18n/words/access.h"
#include "i18n/words/answer.h"
#include "i18n/words/import.h"
#include "i18n/words/period.h"

namespace pilar::app {
namespace {

struct AdviceRow {
  Message problem, advice;
};
constexpr std::array kAdvice{
    AdviceRow{Msg::AnswerNotANumber, Msg::ImportMendNumber},       AdviceRow{Msg::AnswerNotADate, Msg::ImportMendDate},
    AdviceRow{Msg::AnswerNotATime, Msg::ImportMendTime},           AdviceRow{Msg::AnswerNotAnInstant, Msg::ImportMendMoment},
    AdviceRow{Msg::AnswerNotAnOption, Msg::ImportMendOption},      AdviceRow{Msg::AnswerRequired, Msg::ImportMendRequired},
    AdviceRow{Msg::AnswerChooseRequired, Msg::ImportMendRequired}, AdviceRow{Msg::ImportUnknownPlace, Msg::ImportMendPlace},
    AdviceRow{Msg::RecordUnknownUnit, Msg::ImportMendUnit},        AdviceRow{Msg::ImportRagged, Msg::ImportMendRagged},
    AdviceRow{Msg::RecordFuture, Msg::ImportMendFuture},           AdviceRow{Msg::AccessMayNotWrite, Msg::ImportMendRight},
    AdviceRow{Msg::AccessOwnUnit, Msg::ImportMendRight},           AdviceRow{Msg::ImportRepeatedKey, Msg::ImportMendKey},
    AdviceRow{Msg::PeriodLockedByHead, Msg::ImportAskOpening},     AdviceRow{Msg::PeriodLockedByOffice, Msg::ImportAskOpening},
    AdviceRow{Msg::ImportLocked, Msg::ImportAskOpening},           AdviceRow{Msg::AnswerNotRelevant, Msg::ImportMendEmpty},
    AdviceRow{Msg::AnswerTooManyDigits, Msg::ImportMendNumber},    AdviceRow{Msg::AnswerFuture, Msg::ImportMendFuture},
    AdviceRow{Msg::ImportSerialDay, Msg::ImportMendSerial},
};

std::int64_t report_whole(const json::Value& value, std::string_view name) {
  const auto* member = value.find(name);
  return member == nullptr ? 0 : member->to_int().value_or(0);
}
std::string report_words_of(const json::Value& value, std::string_view name) {
  const auto* member = value.find(name);
  return member != nullptr && member->is_string() ? member->string() : std::string();
}
Problem report_problem_in(const json::Value& value) {
  const auto* member = value.find("problem");
  if (member == nullptr) return {};
  auto problems = problems_from_json(json::Value(json::Array{*member}));
  return problems.empty() ? Problem{} : std::move(problems.front());
}
const json::Array& report_list_in(const json::Value& value, std::string_view name) {
  static const json::Array none;
  const auto* member = value.find(name);
  return member != nullptr && member->is_array() ? member->array() : none;
}

json::Object group_json(const ImportFaultGroup& group) {
  json::Array lines;
  for (const auto line : group.lines) lines.emplace_back(line);
  return {{"column", group.column}, {"count", group.count}, {"lines", std::move(lines)}, {"problem", to_json(group.example)}};
}
ImportFaultGroup report_group_in(const json::Value& group) {
  ImportFaultGroup one{report_words_of(group, "column"), report_problem_in(group), report_whole(group, "count"), {}};
  for (const auto& line : report_list_in(group, "lines")) one.lines.push_back(line.to_int().value_or(0));
  return one;
}

}  // namespace

std::string shortened(std::string text) {
  constexpr std::string_view kMore = "…";
  if (text.size() <= kMostText) return text;
  auto end = kMostText - kMore.size();
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  text.resize(end);
  return text.append(kMore);
}

void ImportReport::note(ImportFault fault) {
  fault.column = shortened(std::move(fault.column));
  for (auto& arg : fault.problem.args) arg = shortened(std::move(arg));
  const auto same = [&](const ImportFaultGroup& group) {
    return group.example.message == fault.problem.message && group.column == fault.column;
  };
  auto group = std::ranges::find_if(groups, same);
  if (group == groups.end() && groups.size() < kMostGroups) group = groups.insert(groups.end(), {fault.column, fault.problem, 0, {}});
  if (group != groups.end()) {
    ++group->count;
    if (group->lines.size() < kMostLines && (group->lines.empty() || group->lines.back() != fault.line)) group->lines.push_back(fault.line);
  }
  if (faults.size() < kMostFaults) faults.push_back(std::move(fault));
}

void ImportReport::warn(const Problem& problem, std::int64_t line) {
  auto group = std::ranges::find(warnings, problem.args, [](const ImportFaultGroup& one) -> const auto& { return one.example.args; });
  if (group == warnings.end() && warnings.size() < kMostGroups) group = warnings.insert(warnings.end(), {"", problem, 0, {}});
  if (group == warnings.end()) return;
  ++group->count;
  if (group->lines.size() < kMostLines) group->lines.push_back(line);
}

json::Value to_json(const ImportReport& report) {
  json::Array faults, groups, places, warnings;
  for (const auto& fault : report.faults)
    faults.emplace_back(
        json::Object{{"line", fault.line}, {"column", fault.column}, {"cell", fault.cell}, {"problem", to_json(fault.problem)}});
  for (const auto& group : report.groups) groups.emplace_back(group_json(group));
  for (const auto& group : report.warnings) warnings.emplace_back(group_json(group));
  for (const auto& place : report.unknown_places) places.emplace_back(place);
  return json::Object{{"rows", report.rows},
                      {"good", report.good},
                      {"added", report.added},
                      {"repeated", report.repeated},
                      {"changed", report.changed},
                      {"left_out", report.left_out},
                      {"refused", report.refused},
                      {"faults", std::move(faults)},
                      {"groups", std::move(groups)},
                      {"unknown_places", std::move(places)},
                      {"warnings", std::move(warnings)}};
}

ImportReport report_from_json(std::string_view text) {
  ImportReport report;
  if (text.empty()) return report;
  const auto read = json::parse(text);
  const auto* value = std::get_if<json::Value>(&read);
  if (value == nullptr) return report;
  report.rows = report_whole(*value, "rows");
  report.good = report_whole(*value, "good");
  report.added = report_whole(*value, "added");
  report.repeated = report_whole(*value, "repeated");
  report.changed = report_whole(*value, "changed");
  report.left_out = report_whole(*value, "left_out");
  report.refused = report_whole(*value, "refused");
  for (const auto& fault : report_list_in(*value, "faults"))
    report.faults.push_back(
        {report_whole(fault, "line"), report_words_of(fault, "column"), report_words_of(fault, "cell"), report_problem_in(fault)});
  for (const auto& group : report_list_in(*value, "groups")) report.groups.push_back(report_group_in(group));
  for (const auto& group : report_list_in(*value, "warnings")) report.warnings.push_back(report_group_in(group));
  for (const auto& place : report_list_in(*value, "unknown_places"))
    if (place.is_string()) report.unknown_places.insert(place.string());
  return report;
}

Message advice_for(Message problem) {
  const auto* found = std::ranges::find(kAdvice, problem, &AdviceRow::problem);
  return found == kAdvice.end() ? Msg::ImportMendCell : found->advice;
}

}  // namespace pilar::app
