#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "app/chart_mark.h"
#include "web/components.h"
#include "web/result_address.h"
#include "web/route.h"

/// The form of a mark on a control chart.
namespace pilar::web {

/// What a form lays down.
enum class MarkForm : std::uint8_t { Event, Baseline, Rebase };
/// "kejadian", "dasar", "batas"; empty for what is no such word.
std::optional<MarkForm> parse_mark_form(std::string_view key);
MarkForm form_of(ChartMarkKind kind);

/// The mark as the form was filled in, for the chart of `list`. Problems: what cannot be read.
Result<ChartMark> read_mark_form(const Visit& visit, const app::MarkList& list, MarkForm form, std::int32_t number);
/// The fields: as sent where there are problems, else those of `mark`, else empty.
struct MarkFormPage {
  MarkForm form = MarkForm::Event;
  const ChartMark* mark = nullptr;  ///< that is changed; null: a new one
  std::string action{};             ///< where the form is sent
  Link back{};
  Problems problems{};
  std::size_t seen = 0;  ///< how many revisions the mark had; 0: a new one
};
/// The field that carries it.
inline constexpr std::string_view kSeenMark = "terlihat";
std::string draw_mark_form(const Visit& visit, const app::MarkList& list, const MarkFormPage& page);

}  // namespace pilar::web
