#include "web/help_text.h"

#include <algorithm>
#include <array>

#include "base/embedded.h"
#include "base/result.h"
#include "base/text.h"
#include "i18n/messages.h"
#include "i18n/words/help.h"
#include "web/components.h"
#include "web/words.h"

namespace pilar::web {
namespace {

constexpr std::string_view kHeading = "## ", kSmallHeading = "### ", kBullet = "- ", kFence = "```", kGoesOn = "  ";

struct Manual {
  std::string_view key, file;
  Message title;
};
constexpr std::array kManuals{Manual{"operator", "operating.md", Msg::HelpOperator},
                              Manual{"penyusun-instrumen", "packs.md", Msg::HelpPackAuthor},
                              Manual{"pengaturan", "settings.md", Msg::HelpSettings}, Manual{"keamanan", "security.md", Msg::HelpSecurity}};

const Manual* find_manual(std::string_view file) {
  const auto* at = std::ranges::find(kManuals, file, &Manual::file);
  return at == kManuals.end() ? nullptr : at;
}

/// What opens at `at` with `open` and closes with `close`; `end` is npos where it does not close.
struct Span {
  std::string_view inside;
  std::size_t end = std::string_view::npos;
  bool is_closed() const { return end != std::string_view::npos; }
};
Span span_at(std::string_view line, std::size_t at, std::string_view open, std::string_view close) {
  if (line.substr(at, open.size()) != open) return {};
  const auto end = line.find(close, at + open.size());
  if (end == std::string_view::npos) return {};
  return {line.substr(at + open.size(), end - at - open.size()), end + close.size()};
}

void draw_link(html::Out& o, Lang lang, std::string_view label, std::string_view address) {
  if (const auto* manual = find_manual(address))
    o.el("a", {{"href", "/bantuan/" + std::string(manual->key)}}, say(lang, manual->title));
  else if (address.ends_with(".md"))
    o.text(label);
  else
    o.el("a", {{"href", address}}, label);
}

enum class Manner : std::uint8_t { Plain, Code, Strong, Named, Link };

/// What is marked somewhere in a line.
struct Marked {
  Manner manner = Manner::Plain;
  std::string_view inside{};
  std::size_t end = 0;
  std::string_view address{};  ///< of a link
};

Marked marked_at(std::string_view line, std::size_t at) {
  if (const auto code = span_at(line, at, "`", "`"); code.is_closed()) return {Manner::Code, code.inside, code.end};
  if (const auto strong = span_at(line, at, "**", "**"); strong.is_closed()) return {Manner::Strong, strong.inside, strong.end};
  if (const auto named = span_at(line, at, "*", "*"); named.is_closed() && !named.inside.empty() && named.inside.front() != ' ')
    return {Manner::Named, named.inside, named.end};
  if (const auto bare = span_at(line, at, "<http", ">"); bare.is_closed())
    return {Manner::Code, line.substr(at + 1, bare.end - at - 2), bare.end};
  const auto label = span_at(line, at, "[", "]");
  const auto address = label.end < line.size() ? span_at(line, label.end, "(", ")") : Span{};
  return address.is_closed() ? Marked{Manner::Link, label.inside, address.end, address.inside} : Marked{};
}

void draw_marked(html::Out& o, Lang lang, const Marked& marked) {
  switch (marked.manner) {
    case Manner::Plain:
      return o.text(marked.inside);
    case Manner::Code:
      return o.el("code", {}, marked.inside);
    case Manner::Strong:
      return o.el("strong", {}, marked.inside);
    case Manner::Named:
      return o.el("em", {}, marked.inside);
    case Manner::Link:
      return draw_link(o, lang, marked.inside, marked.address);
  }
}

/// Words with their marks.
void draw_words(html::Out& o, Lang lang, std::string_view line) {
  std::size_t from = 0;
  for (std::size_t at = 0; at < line.size();) {
    const auto marked = marked_at(line, at);
    if (marked.manner == Manner::Plain) {
      ++at;
      continue;
    }
    o.text(line.substr(from, at - from));
    draw_marked(o, lang, marked);
    from = at = marked.end;
  }
  o.text(line.substr(from));
}

/// Where the words of a list's item begin, behind "- " or "12. "; 0: the line begins no item.
std::size_t item_words(std::string_view line) {
  if (line.starts_with(kBullet)) return kBullet.size();
  const auto digits = std::min(line.find_first_not_of("0123456789"), line.size());
  return digits > 0 && line.substr(digits, 2) == ". " ? digits + 2 : 0;
}

/// "| a | `b|c` |": what stands between bars that are not in code.
std::vector<std::string_view> bar_cells(std::string_view line) {
  std::vector<std::string_view> cells;
  bool in_code = false;
  std::size_t from = 1;
  for (std::size_t at = 1; at < line.size(); ++at) {
    if (line[at] == '`') in_code = !in_code;
    if (line[at] != '|' || in_code) continue;
    cells.push_back(trim(line.substr(from, at - from)));
    from = at + 1;
  }
  return cells;
}

class HelpDrawing {
 public:
  HelpDrawing(html::Out& o, Lang lang, std::string_view text)
      : o_(o),
        lang_(lang),
        lines_(split(text, '\n')),
        heading_(words(lang, Msg::HelpTitle)) {}

  void draw() {
    while (at_ < lines_.size()) draw_block(lines_[at_]);
  }

 private:
  void draw_block(std::string_view line) {
    if (trim(line).empty()) {
      ++at_;
    } else if (line.starts_with(kHeading)) {
      o_.el("h2", {}, heading_ = line.substr(kHeading.size()));
      ++at_;
    } else if (line.starts_with(kSmallHeading)) {
      o_.el("h3", {}, heading_ = line.substr(kSmallHeading.size()));
      ++at_;
    } else if (line.starts_with(kFence)) {
      draw_fenced();
    } else if (line.starts_with('|')) {
      draw_bars();
    } else if (item_words(line) > 0) {
      draw_items(line.starts_with(kBullet));
    } else {
      const auto paragraph = take_words(0, "");
      o_.el("p", {}, [&] { draw_words(o_, lang_, paragraph); });
    }
  }

  static bool begins_block(std::string_view line) {
    return line.starts_with(kHeading) || line.starts_with(kSmallHeading) || line.starts_with(kFence) || line.starts_with('|') ||
           item_words(line) > 0;
  }

  /// The words of this line from there on, with those of the lines that go on with it.
  std::string take_words(std::size_t from, std::string_view indent) {
    std::string out(trim(lines_[at_++].substr(from)));
    for (; at_ < lines_.size() && !trim(lines_[at_]).empty() && !begins_block(lines_[at_]) && lines_[at_].starts_with(indent); ++at_)
      out.append(" ").append(trim(lines_[at_]));
    return out;
  }

  void draw_items(bool bullets) {
    const auto items = [&] {
      while (at_ < lines_.size() && item_words(lines_[at_]) > 0 && lines_[at_].starts_with(kBullet) == bullets) {
        const auto item = take_words(item_words(lines_[at_]), kGoesOn);
        o_.el("li", {}, [&] { draw_words(o_, lang_, item); });
      }
    };
    if (bullets)
      o_.el("ul", {}, items);
    else
      o_.el("ol", {}, items);
  }

  /// The lines up to the next fence as they are written.
  void draw_fenced() {
    std::string code;
    for (++at_; at_ < lines_.size() && !lines_[at_].starts_with(kFence); ++at_) code.append(lines_[at_]).append("\n");
    o_.el("pre", {{"class", "code"}, {"tabindex", 0}}, [&] { o_.el("code", {}, code); });
    ++at_;
  }

  /// Titles, a line of hyphens, and rows.
  void draw_bars() {
    TableHead head{.caption = heading_, .stacks = true};
    for (const auto title : bar_cells(lines_[at_])) head.columns.push_back({std::string(title)});
    at_ += 2;
    draw_table(o_, head, [&](Rows& rows) {
      for (; at_ < lines_.size() && lines_[at_].starts_with('|'); ++at_)
        rows.row([&](Row& row) {
          auto cells = bar_cells(lines_[at_]);
          cells.resize(head.columns.size());
          for (const auto cell : cells) row.cell([&] { draw_words(o_, lang_, cell); });
        });
    });
  }

  html::Out& o_;
  Lang lang_;
  std::vector<std::string_view> lines_;
  std::string heading_;
  std::size_t at_ = 0;
};

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
    topics.push_back(
        {std::string(key.substr(key.find('-') + 1)), std::string(file->bytes.substr(2, end - 2)), file->bytes.substr(end), lang});
  }
  return topics;
}

std::vector<HelpTopic> manuals(Lang lang) {
  std::vector<HelpTopic> out;
  for (const auto& manual : kManuals) {
    const auto files = embedded_files();
    const auto file = std::ranges::find(files, "docs/" + std::string(manual.file), &EmbeddedFile::name);
    require(file != files.end(), "every manual is built in");
    const auto end = std::min(file->bytes.find('\n'), file->bytes.size());
    out.push_back({std::string(manual.key), words(lang, manual.title), file->bytes.substr(end), Lang::En});
  }
  return out;
}

void draw_help(html::Out& o, Lang lang, std::string_view text) { HelpDrawing(o, lang, text).draw(); }

std::string plain_help(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (c != '*' && c != '[' && c != ']' && c != '`') out += c;
  return out;
}

}  // namespace pilar::web
