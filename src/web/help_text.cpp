#include "web/help_text.h"

#include <algorithm>

#include "base/embedded.h"
#include "base/text.h"

namespace pilar::web {
namespace {

constexpr std::string_view kHeading = "## ", kBullet = "- ", kStep = "1. ", kFence = "```";

/// The end of what opens at `at` with `open` and closes with `close`; npos where it does not close.
struct Span {
  std::string_view inside;
  std::size_t end = std::string_view::npos;
};
Span span_at(std::string_view line, std::size_t at, std::string_view open, std::string_view close) {
  if (line.substr(at, open.size()) != open) return {};
  const auto end = line.find(close, at + open.size());
  if (end == std::string_view::npos) return {};
  return {line.substr(at + open.size(), end - at - open.size()), end + close.size()};
}

/// One line with its stressed words and links.
void draw_line(html::Out& o, std::string_view line) {
  std::size_t from = 0;
  for (std::size_t at = 0; at < line.size();) {
    const auto stressed = span_at(line, at, "**", "**");
    const auto label = span_at(line, at, "[", "]");
    const auto address = label.end < line.size() ? span_at(line, label.end, "(", ")") : Span{};
    const auto end = stressed.end != std::string_view::npos ? stressed.end : address.end;
    if (end == std::string_view::npos) {
      ++at;
      continue;
    }
    o.text(line.substr(from, at - from));
    if (stressed.end != std::string_view::npos)
      o.el("strong", {}, stressed.inside);
    else
      o.el("a", {{"href", address.inside}}, label.inside);
    from = at = end;
  }
  o.text(line.substr(from));
}

/// The lines up to the next one that does not begin with `mark`.
std::size_t end_of_list(const std::vector<std::string_view>& lines, std::size_t from, std::string_view mark) {
  auto end = from;
  while (end < lines.size() && lines[end].starts_with(mark)) ++end;
  return end;
}

void draw_items(html::Out& o, const std::vector<std::string_view>& lines, std::size_t from, std::size_t to, std::string_view mark) {
  const auto items = [&] {
    for (auto i = from; i < to; ++i) o.el("li", {}, [&] { draw_line(o, lines[i].substr(mark.size())); });
  };
  if (mark == kBullet)
    o.el("ul", {}, items);
  else
    o.el("ol", {}, items);
}

/// The lines up to the next fence as they are written; the line behind it.
std::size_t draw_fenced(html::Out& o, const std::vector<std::string_view>& lines, std::size_t from) {
  auto end = from;
  std::string code;
  for (; end < lines.size() && !lines[end].starts_with(kFence); ++end) code.append(lines[end]).append("\n");
  o.el("pre", {{"class", "code"}, {"tabindex", 0}}, [&] { o.el("code", {}, code); });
  return std::min(end + 1, lines.size());
}

}  // namespace

std::vector<HelpTopic> help_topics(Lang lang) {
  const std::string_view folder = lang == Lang::Id ? "help/id/" : "help/en/";
  std::vector<std::string_view> names;
  for (const auto& file : embedded_files())
    if (file.name.starts_with(folder) && file.name.ends_with(".md")) names.push_back(file.name);
  std::ranges::sort(names);
  std::vector<HelpTopic> topics;
  for (const auto name : names) {
    const auto file = std::ranges::find(embedded_files(), name, &EmbeddedFile::name);
    const auto end = std::min(file->bytes.find('\n'), file->bytes.size());
    const auto key = name.substr(folder.size(), name.size() - folder.size() - 3);
    topics.push_back({std::string(key.substr(key.find('-') + 1)), std::string(file->bytes.substr(2, end - 2)), file->bytes.substr(end)});
  }
  return topics;
}

void draw_help(html::Out& o, std::string_view text) {
  const auto lines = split(text, '\n');
  for (std::size_t i = 0; i < lines.size();) {
    const auto line = lines[i];
    if (line.starts_with(kHeading)) {
      o.el("h2", {}, line.substr(kHeading.size()));
      ++i;
    } else if (line.starts_with(kFence)) {
      i = draw_fenced(o, lines, i + 1);
    } else if (line.starts_with(kBullet) || line.starts_with(kStep)) {
      const auto mark = line.starts_with(kBullet) ? kBullet : kStep;
      const auto end = end_of_list(lines, i, mark);
      draw_items(o, lines, i, end, mark);
      i = end;
    } else {
      if (!trim(line).empty()) o.el("p", {}, [&] { draw_line(o, line); });
      ++i;
    }
  }
}

std::string plain_help(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (c != '*' && c != '[' && c != ']') out += c;
  return out;
}

}  // namespace pilar::web
