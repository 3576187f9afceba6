#include "web/chart_mark_words.h"

#include <algorithm>

#include "i18n/format.h"
#include "i18n/messages.h"
#include "web/words.h"

namespace pilar::web {
namespace {

std::string action_text(const ChartMark& mark, std::span<const ChartMark> all) {
  const auto at = std::ranges::find(all, mark.action, &ChartMark::number);
  return mark.action == 0 || at == all.end() ? std::string() : at->text;
}

std::string break_words(Lang lang, const ProfileBreak& one) {
  const auto meaning = words(lang, one.new_meaning ? Msg::MarkBreakNewMeaning : Msg::MarkBreakSameMeaning);
  return say(lang, Msg::MarkBreakWords,
             {format::short_date(lang, one.day), std::to_string(one.version), one.title.in(lang) + ", " + meaning});
}

/// A note on its way to its point.
struct DatedNote {
  Day day;
  std::string text{};
  Link link{};
};

}  // namespace

std::string mark_words(Lang lang, const ChartMark& mark, std::span<const ChartMark> all) {
  const auto month = format::month(lang, month_of(mark.day));
  if (mark.kind == ChartMarkKind::Rebase) return say(lang, Msg::MarkRebaseWords, {month, mark.text, action_text(mark, all)});
  if (mark.kind == ChartMarkKind::Baseline)
    return say(lang, Msg::MarkBaselineWords, {format::range(lang, month_of(mark.day), mark.to.value_or(month_of(mark.day))), mark.text});
  return say(lang, Msg::MarkEventWords,
             {format::short_date(lang, mark.day), words(lang, title_of(chart_mark_kinds(), mark.kind)), mark.text});
}

std::vector<SpcNote> mark_notes(Lang lang, const ControlView& view) {
  std::vector<DatedNote> dated;
  for (const auto& mark : view.marks) {
    if (mark.kind == ChartMarkKind::Baseline) continue;
    const auto open = mark.link.empty() ? Link{} : Link{words(lang, Msg::MarkOpenLink), mark.link};
    dated.push_back({mark.day, mark_words(lang, mark, view.marks), open});
  }
  for (const auto& one : view.breaks) dated.push_back({one.day, break_words(lang, one), {}});
  std::ranges::stable_sort(dated, {}, &DatedNote::day);
  std::vector<SpcNote> notes;
  for (auto& one : dated) {
    const auto at = std::ranges::find(view.months, month_of(one.day), &app::ResultMonth::month);
    if (at == view.months.end()) continue;
    notes.push_back({static_cast<std::size_t>(at - view.months.begin()), std::move(one.text), std::move(one.link)});
  }
  return notes;
}

}  // namespace pilar::web
