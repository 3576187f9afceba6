#pragma once
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "i18n/lang.h"
#include "web/drawings.h"
#include "web/html.h"

namespace pilar::web {

using Body = std::function<void()>;

struct Link {
  std::string text{}, href{};
};

/// A frame with a title, an optional link at its right and a note below; then `body`.
struct CardHead {
  std::string title{};
  Link link{};
  std::string note{}, id{};
};
void draw_card(html::Out& o, const CardHead& head, const Body& body);

/// The big number. Its dotted underline opens the explanation; n and interval are never left out where they exist.
struct Figure {
  std::string label{}, value{};     ///< "Oktober 2026", "86,4%"; "–" where there is none
  std::string why_href{};           ///< empty: no link
  std::string cases{}, interval{};  ///< "57 dari 66 jawaban", "selang 95%: 76,1–92,7%"
};
void draw_figure(html::Out& o, Lang lang, const Figure& figure);

/// A row of up to four answers in one card: figure, target, change, ability.
struct StripPart {
  std::string label{};
  Body body{};
};
void draw_strip(html::Out& o, std::initializer_list<StripPart> parts);
/// "Tercapai bulan ini" with a note below.
void draw_statement(html::Out& o, std::string_view words, std::string_view note);

/// Shape and word; a filled ground only for what is late or outside its limits.
enum class Ground : std::uint8_t { Clear, Filled };
void draw_badge(html::Out& o, Mark mark, std::string_view words, Ground ground = Ground::Clear);

/// One thing that waits for somebody.
struct Todo {
  Mark mark = Mark::None;  ///< Concern: late, filled
  std::string urgency{}, fact{}, reason{};
  Link verb{};
};
/// The first row has the page's one filled button. Nothing waiting: `empty` says so and what comes next.
void draw_todos(html::Out& o, std::span<const Todo> todos, std::string_view empty);

enum class Sorted : std::uint8_t { No, Up, Down };
struct Column {
  std::string title{};
  bool numeric = false;
  std::string sort_href{};  ///< empty: not sortable
  Sorted sorted = Sorted::No;
};
/// The caption names the table for those who cannot see where it stands; the sort order is said in words above it.
struct TableHead {
  std::string caption{};
  std::vector<Column> columns{};
  std::string order{};
  bool stacks = false;  ///< on phones every line stands for itself, each cell behind its column's title; others scroll sideways
  bool wide = false;    ///< may have more columns than any screen: it scrolls sideways on large ones too
};

/// One line of a table. The first cell is usually the name, which stays at the left while the rest scrolls.
class Row {
 public:
  Row(html::Out& o, const TableHead& head) : o_(o), head_(head) {}
  void name(std::string_view text, std::string_view href = {});
  void cell(std::string_view text);
  void cell(const Body& body);

 private:
  const Column* next_column();

  html::Out& o_;
  const TableHead& head_;
  std::size_t at_ = 0;
};

class Rows {
 public:
  Rows(html::Out& o, const TableHead& head) : o_(o), head_(head) {}
  void row(const std::function<void(Row&)>& cells) { draw({}, cells); }
  void total(const std::function<void(Row&)>& cells) { draw("total", cells); }
  void paper(const std::function<void(Row&)>& cells) { draw("paper", cells); }  ///< seen only in print

 private:
  void draw(std::string_view css_class, const std::function<void(Row&)>& cells);

  html::Out& o_;
  const TableHead& head_;
};

void draw_table(html::Out& o, const TableHead& head, const std::function<void(Rows&)>& rows);

/// Term and text, for "Mengapa angka ini?" and for details of one thing.
struct Fact {
  std::string term{}, text{};
  Link link{};
};
void draw_facts(html::Out& o, std::span<const Fact> facts);

/// A bar with its label above and its count at the right: "Tidak diminta fotokopi", "91%, 59 dari 65".
void draw_labelled_bar(html::Out& o, Lang lang, std::string_view label, std::string_view note, std::span<const Part> parts);

void draw_empty(html::Out& o, std::string_view words, const Link& next = {});
/// 0 <= done <= total, total > 0; `words` says it too.
void draw_progress(html::Out& o, std::string_view label, std::int64_t done, std::int64_t total, std::string_view words);
void draw_breadcrumb(html::Out& o, Lang lang, std::span<const Link> path);
/// The pages of one thing, side by side; `current` is an index.
void draw_tabs(html::Out& o, Lang lang, std::span<const Link> tabs, std::size_t current);
/// Nothing where there is one page. Pages count from 1.
void draw_pagination(html::Out& o, Lang lang, int page, int pages, const std::function<std::string(int)>& href);

}  // namespace pilar::web
