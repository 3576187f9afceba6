#include "web/drawings.h"

#include <algorithm>
#include <cmath>

#include "base/json.h"
#include "base/result.h"
#include "i18n/format.h"

namespace pilar::web {
namespace {

/// A length as a share of the drawing's width; geometry in attributes needs no style and stretches without bending text.
std::string across(double share) {
  const auto hundredths = std::llround(std::clamp(share, 0.0, 1.0) * 10'000);
  const auto rest = std::to_string(hundredths % 100);
  return std::to_string(hundredths / 100) + "." + (rest.size() < 2 ? "0" : "") + rest + "%";
}

double place(const Axis& axis, double value) {
  require(axis.low < axis.high, "an axis goes from low to high");
  return std::clamp((value - axis.low) / (axis.high - axis.low), 0.0, 1.0);
}

std::string_view path_of(Mark mark) {
  switch (mark) {
    case Mark::Common:
      return "M5 1.5a3.5 3.5 0 1 1 0 7a3.5 3.5 0 1 1 0-7z";
    case Mark::Improvement:
      return "M5 0l5 5-5 5-5-5z";
    case Mark::Concern:
      return "M.75.75h8.5v8.5H.75z";
    case Mark::Neutral:
      return "M5 .5l5 9H0z";
    case Mark::Open:
      return "M5 1.25a3.75 3.75 0 1 1 0 7.5a3.75 3.75 0 1 1 0-7.5z";
    case Mark::Done:
      return "M1 5.5l2.75 3L9 2";
    case Mark::None:
      break;
  }
  return {};
}

std::string_view class_of(Tone tone) {
  switch (tone) {
    case Tone::Step1:
      return "tone-1";
    case Tone::Step2:
      return "tone-2";
    case Tone::Step3:
      return "tone-3";
    case Tone::Step4:
      return "tone-4";
    case Tone::Step5:
      return "tone-5";
    case Tone::Kept:
      return "tone-kept";
    case Tone::Broken:
      return "tone-broken";
    case Tone::Outside:
      return "tone-outside";
  }
  return {};
}

void draw_part(html::Out& o, Tone tone, const std::string& x, const std::string& width, int height) {
  o.el("rect", {{"class", class_of(tone)}, {"x", x}, {"width", width}, {"height", height}});
  if (tone == Tone::Broken) o.el("rect", {{"fill", "url(#hatch)"}, {"x", x}, {"width", width}, {"height", height}});
}

/// The ring with something small in it, then words.
void draw_trend(html::Out& o, std::string_view colour, std::string_view words, std::string_view note, auto inside) {
  o.el("span", {{"class", "trend"}}, [&] {
    o.el("svg", {{"class", colour}, {"viewBox", "0 0 32 32"}, {"width", 32}, {"height", 32}, {"aria-hidden", "true"}}, [&] {
      o.el("circle", {{"class", "ring"}, {"cx", 16}, {"cy", 16}, {"r", 14.5}});
      inside();
    });
    o.el("span", {}, [&] {
      o.text(words);
      if (!note.empty()) o.el("small", {}, note);
    });
  });
}

}  // namespace

std::string_view class_of(Mark mark) {
  switch (mark) {
    case Mark::Common:
      return "is-common";
    case Mark::Improvement:
      return "is-improvement";
    case Mark::Concern:
      return "is-concern";
    case Mark::Neutral:
      return "is-neutral";
    case Mark::Open:
      return "is-open";
    case Mark::Done:
      return "is-done";
    case Mark::None:
      break;
  }
  return "is-plain";
}

void draw_mark(html::Out& o, Mark mark) {
  if (mark == Mark::None) return;
  const bool line = mark == Mark::Open || mark == Mark::Done;
  o.el("svg",
       {{"class", std::string("shape ") + std::string(class_of(mark))},
        {"viewBox", "0 0 10 10"},
        {"width", 10},
        {"height", 10},
        {"aria-hidden", "true"}},
       [&] {
         o.el("path", {{"d", path_of(mark)},
                       {"fill", line ? "none" : "currentColor"},
                       {"stroke", "currentColor", line},
                       {"stroke-width", 1.5, line}});
       });
}

void draw_variation(html::Out& o, Variation variation, std::string_view words, std::string_view note) {
  constexpr Mark kMarks[] = {Mark::Common, Mark::Improvement, Mark::Concern, Mark::Neutral};
  constexpr std::string_view kLines[] = {"M7 17l4-4 4 6 4-6 5 4", "M8 21l5-2 4 1 6-10", "M8 11l5 2 4-1 6 10", "M8 18h7l3-5h7"};
  constexpr std::string_view kEnds[] = {"", "M23 6l4 4-4 4-4-4z", "M19.5 18.5h7v7h-7z", "M24 8.5l4 7h-8z"};
  const auto which = static_cast<std::size_t>(variation);
  draw_trend(o, class_of(kMarks[which]), words, note, [&] {
    o.el("path", {{"class", "line"}, {"d", kLines[which]}});
    if (!kEnds[which].empty()) o.el("path", {{"fill", "currentColor"}, {"d", kEnds[which]}});
  });
}

void draw_assurance(html::Out& o, Assurance assurance, std::string_view words, std::string_view note) {
  constexpr Mark kMarks[] = {Mark::Improvement, Mark::Common, Mark::Concern};
  constexpr int kTargets[] = {22, 16, 10};
  constexpr std::string_view kLines[] = {"M7 15l5-4 5 4 4-4 4 3", "M7 21l5-9 5 8 4-8 4 6", "M7 21l5-4 5 4 4-4 4 3"};
  const auto which = static_cast<std::size_t>(assurance);
  draw_trend(o, class_of(kMarks[which]), words, note, [&] {
    o.el("path", {{"class", "target"}, {"d", "M6 " + std::to_string(kTargets[which]) + "h20"}});
    o.el("path", {{"class", "line"}, {"d", kLines[which]}});
  });
}

void draw_stacked_bar(html::Out& o, Lang lang, std::span<const Part> parts) {
  constexpr int kHeight = 22;
  constexpr double kNarrowest = 0.05;  // of the width; a count in less would touch its neighbours
  std::int64_t all = 0;
  std::string alternative;
  for (const auto& part : parts) {
    require(part.count >= 0, "a part of a bar is a count");
    all += part.count;
    alternative += (alternative.empty() ? "" : ", ") + part.label + " " + format::number(lang, part.count);
  }
  o.el("svg", {{"class", "stacked"}, {"width", "100%"}, {"height", kHeight}, {"role", "img"}, {"aria-label", alternative}}, [&] {
    if (all == 0) return o.el("rect", {{"class", "tone-outside"}, {"width", "100%"}, {"height", kHeight}});
    double at = 0;
    for (const auto& part : parts) {
      const auto share = static_cast<double>(part.count) / static_cast<double>(all);
      if (part.count > 0) draw_part(o, part.tone, across(at), across(share), kHeight);
      if (part.count >= 4 && share >= kNarrowest)
        o.el("text", {{"class", class_of(part.tone)}, {"x", across(at + share / 2)}, {"y", 15.5}, {"text-anchor", "middle"}},
             format::number(lang, part.count));
      at += share;
    }
  });
}

void draw_legend(html::Out& o, std::span<const Part> parts) {
  o.el("ul", {{"class", "keys"}}, [&] {
    for (const auto& part : parts)
      o.el("li", {}, [&] {
        o.el("svg", {{"width", 11}, {"height", 11}, {"aria-hidden", "true"}}, [&] { draw_part(o, part.tone, "0", "11", 11); });
        o.text(part.label);
      });
  });
}

void draw_bar(html::Out& o, double share) {
  o.el("svg", {{"class", "bar"}, {"width", "100%"}, {"height", 8}, {"aria-hidden", "true"}}, [&] {
    o.el("rect", {{"class", "rest"}, {"width", "100%"}, {"height", 8}, {"rx", 2}});
    o.el("rect", {{"class", "full"}, {"width", across(std::isfinite(share) ? share : 0)}, {"height", 8}, {"rx", 2}});
  });
}

void draw_interval(html::Out& o, const Axis& axis, const Interval& interval, std::string_view alternative) {
  constexpr int kMiddle = 14;
  o.el("svg",
       {{"class", interval.few ? "interval few" : "interval"},
        {"width", "100%"},
        {"height", 2 * kMiddle},
        {"role", "img"},
        {"aria-label", alternative}},
       [&] {
         if (interval.target) {
           const auto x = across(place(axis, *interval.target));
           o.el("line", {{"class", "target"}, {"x1", x}, {"x2", x}, {"y1", 0}, {"y2", 2 * kMiddle}});
         }
         o.el("line", {{"class", "reach"},
                       {"x1", across(place(axis, interval.low))},
                       {"x2", across(place(axis, interval.high))},
                       {"y1", kMiddle},
                       {"y2", kMiddle}});
         o.el("circle", {{"cx", across(place(axis, interval.point))}, {"cy", kMiddle}, {"r", 4.5}});
       });
}

namespace {

/// Places of a sparkline's values in its drawing.
struct Sparkline {
  static constexpr double kWidth = 92, kHeight = 24, kMargin = 4;
  const Axis& axis;
  std::span<const std::optional<double>> values;

  double x(std::size_t i) const {
    const auto share = values.size() < 2 ? 1.0 : static_cast<double>(i) / static_cast<double>(values.size() - 1);
    return kMargin + (kWidth - 2 * kMargin) * share;
  }
  double y(double value) const { return kHeight - kMargin - (kHeight - 2 * kMargin) * place(axis, value); }
  std::string path() const;
};

std::string tenths(double value) { return json::number_text(std::round(value * 10) / 10); }

std::string Sparkline::path() const {
  std::string out;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!values[i]) continue;
    const bool starts = i == 0 || !values[i - 1];
    out += (starts ? "M" : "L") + tenths(x(i)) + " " + tenths(y(*values[i]));
    if (starts) out += "h0";  // a lone point between gaps shows as a dot
  }
  return out;
}

}  // namespace

void draw_sparkline(html::Out& o, const Axis& axis, std::span<const std::optional<double>> values, std::optional<double> mean,
                    std::string_view alternative) {
  using S = Sparkline;
  const S line{axis, values};
  const auto path = line.path();
  o.el("svg", {{"class", "spark"}, {"width", S::kWidth}, {"height", S::kHeight}, {"role", "img"}, {"aria-label", alternative}}, [&] {
    if (mean)
      o.el("line", {{"class", "mean"}, {"x1", S::kMargin}, {"x2", S::kWidth - S::kMargin}, {"y1", line.y(*mean)}, {"y2", line.y(*mean)}});
    if (!path.empty()) o.el("path", {{"d", path}});
    if (!values.empty() && values.back()) o.el("circle", {{"cx", line.x(values.size() - 1)}, {"cy", line.y(*values.back())}, {"r", 2.5}});
  });
}

void draw_columns(html::Out& o, Lang lang, const Columns& columns) {
  constexpr double kTop = 24, kBottom = 176, kLeft = 0.09;
  require(columns.high > 0 && !columns.bars.empty(), "columns have an axis and bars");
  const auto y = [&](double value) { return kBottom - (kBottom - kTop) * place({0, columns.high}, value); };
  const auto step = (1 - kLeft) / static_cast<double>(columns.bars.size());
  o.el("svg", {{"class", "columns"}, {"width", "100%"}, {"height", kBottom + 22}, {"role", "img"}, {"aria-label", columns.alternative}},
       [&] {
         for (const double tick : columns.ticks) {
           o.el("line", {{"class", "tick"}, {"x1", across(kLeft)}, {"x2", "100%"}, {"y1", y(tick)}, {"y2", y(tick)}});
           o.el("text", {{"x", across(kLeft - 0.02)}, {"y", y(tick) + 4}, {"text-anchor", "end"}},
                format::number(lang, tick, tick == std::floor(tick) ? 0 : 1));
         }
         for (std::size_t i = 0; i < columns.bars.size(); ++i) {
           const auto& bar = columns.bars[i];
           const auto left = kLeft + step * static_cast<double>(i), middle = left + step / 2;
           const bool inside = kBottom - y(bar.value) >= 28;
           o.el("rect", {{"class", bar.stressed ? "stressed" : "plain"},
                         {"x", across(left + step * 0.11)},
                         {"width", across(step * 0.78)},
                         {"y", y(bar.value)},
                         {"height", kBottom - y(bar.value)}});
           o.el("text",
                {{"class", inside ? "inside" : "above"},
                 {"x", across(middle)},
                 {"y", y(bar.value) + (inside ? 17 : -6)},
                 {"text-anchor", "middle"}},
                bar.shown);
           o.el("text", {{"x", across(middle)}, {"y", kBottom + 17}, {"text-anchor", "middle"}}, bar.label);
         }
         o.el("line", {{"class", "ground"}, {"x1", across(kLeft)}, {"x2", "100%"}, {"y1", kBottom}, {"y2", kBottom}});
         if (!columns.limit) return;
         o.el("line", {{"class", "target"}, {"x1", across(kLeft)}, {"x2", "100%"}, {"y1", y(*columns.limit)}, {"y2", y(*columns.limit)}});
         o.el("text", {{"class", "limit"}, {"x", "100%"}, {"y", y(*columns.limit) - 6}, {"text-anchor", "end"}}, columns.limit_words);
       });
}

void draw_patterns(html::Out& o) {
  o.el("svg", {{"class", "patterns"}, {"width", 0}, {"height", 0}, {"aria-hidden", "true"}}, [&] {
    o.el("defs", {}, [&] {
      o.el("pattern",
           {{"id", "hatch"}, {"width", 5}, {"height", 5}, {"patternUnits", "userSpaceOnUse"}, {"patternTransform", "rotate(45)"}},
           [&] { o.el("rect", {{"width", 1.5}, {"height", 5}, {"fill", "#000"}, {"fill-opacity", 0.4}}); });
    });
  });
}

}  // namespace pilar::web
