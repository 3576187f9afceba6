#include "web/chart_mark_words.h"

#include <algorithm>

#include "i18n/format.h"
#include "i18n/messages.h"
#include "i18n/words/mark.h"
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

std::vector<SpcNote> mark_notes(Lang lang, std::span<const ChartMark> marks, std::span<const ProfileBreak> breaks,
                                const PlaceOfDay& place_of) {
  std::vector<DatedNote> dated;
  for (const auto& mark : marks) {
    if (mark.kind == ChartMarkKind::Baseline) continue;
    const auto open = mark.link.empty() ? Link{} : Link{words(lang, Msg::MarkOpenLink), mark.link};
    dated.push_back({mark.day, mark_words(lang, mark, marks), open});
  }
  for (const auto& one : breaks) dated.push_back({one.day, break_words(lang, one), {}});
  std::ranges::stable_sort(dated, {}, &DatedNote::day);
  std::vector<SpcNote> notes;
  for (auto& one : dated)
    if (const auto at = place_of(one.day)) notes.push_back({*at, std::move(one.text), std::move(one.link)});
  return notes;
}

std::vector<SpcNote> mark_notes(Lang lang, const ControlView& view) {
  return mark_notes(lang, view.marks, view.breaks, [&](Day day) -> std::optional<std::size_t> {
    const auto at = std::ranges::find(view.months, month_of(day), &app::ResultMonth::month);
    if (at == view.months.end()) return {};
    return static_cast<std::size_t>(at - view.months.begin());
  });
}

std::string notes_at(const std::vector<SpcNote>& notes, std::size_t at) {
  std::string out;
  for (const auto& note : notes)
    if (note.at == at) out += (out.empty() ? "" : "; ") + note.text;
  return out;
}

}  // namespace pilar::web
