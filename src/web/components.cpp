#include "web/components.h"

#include "i18n/format.h"
#include "i18n/messages.h"
#include "i18n/words/common.h"

namespace pilar::web {

void draw_card(html::Out& o, const CardHead& head, const Body& body) {
  o.el("section", {{"class", "card"}, {"id", head.id, !head.id.empty()}}, [&] {
    if (!head.title.empty())
      o.el("header", {{"class", "card-head"}}, [&] {
        o.el("h2", {}, head.title);
        if (!head.link.href.empty()) o.el("a", {{"href", head.link.href}}, head.link.text);
      });
    if (!head.note.empty()) o.el("p", {{"class", "note"}}, head.note);
    body();
  });
}

void draw_figure(html::Out& o, Lang lang, const Figure& figure) {
  o.el("div", {{"class", "number"}}, [&] {
    if (!figure.label.empty()) o.el("p", {{"class", "key"}}, figure.label);
    if (figure.why_href.empty())
      o.el("span", {{"class", "big"}}, figure.value);
    else
      o.el("a", {{"class", "big why"}, {"href", figure.why_href}, {"title", say(lang, Msg::CommonWhy)}}, figure.value);
    o.el("span", {{"class", "beside"}}, [&] {
      o.text(figure.cases);
      if (!figure.interval.empty()) o.el("small", {}, figure.interval);
    });
  });
}

void draw_strip(html::Out& o, std::initializer_list<StripPart> parts) {
  o.el("div", {{"class", "card strip"}}, [&] {
    for (const auto& part : parts)
      o.el("div", {}, [&] {
        if (!part.label.empty()) o.el("p", {{"class", "key"}}, part.label);
        part.body();
      });
  });
}

void draw_statement(html::Out& o, std::string_view words, std::string_view note) {
  o.el("p", {{"class", "statement"}}, words);
  if (!note.empty()) o.el("p", {{"class", "note"}}, note);
}

void draw_badge(html::Out& o, Mark mark, std::string_view words, Ground ground) {
  const auto css_class = std::string(ground == Ground::Filled ? "sign filled " : "sign ") + std::string(class_of(mark));
  o.el("span", {{"class", css_class}}, [&] {
    draw_mark(o, mark);
    o.text(words);
  });
}

namespace {

void draw_todo(html::Out& o, const Todo& todo, std::string_view button) {
  o.el("li", {}, [&] {
    draw_badge(o, todo.mark, todo.urgency, todo.mark == Mark::Concern ? Ground::Filled : Ground::Clear);
    o.el("p", {}, [&] {
      o.el("strong", {}, todo.fact);
      if (!todo.reason.empty()) o.text(" " + todo.reason);
    });
    if (!todo.verb.href.empty()) o.el("a", {{"class", button}, {"href", todo.verb.href}}, todo.verb.text);
  });
}

}  // namespace

void draw_todos(html::Out& o, std::span<const Todo> todos, std::string_view empty) {
  if (todos.empty()) return draw_empty(o, empty);
  o.el("ul", {{"class", "card todos"}}, [&] {
    for (const auto& todo : todos) draw_todo(o, todo, &todo == &todos.front() ? "btn btn-primary" : "btn");
  });
}

const Column* Row::next_column() {
  const auto at = at_++;
  return at < head_.columns.size() ? &head_.columns[at] : nullptr;
}

void Row::name(std::string_view text, std::string_view href) {
  const auto* column = next_column();
  o_.el("th", {{"scope", "row"}, {"class", "num", column != nullptr && column->numeric}}, [&] {
    if (href.empty())
      o_.text(text);
    else
      o_.el("a", {{"href", href}}, text);
  });
}

void Row::cell(std::string_view text) {
  cell([&] { o_.text(text); });
}

void Row::cell(const Body& body) {
  const auto* column = next_column();
  const auto title = head_.stacks && column != nullptr ? std::string_view(column->title) : std::string_view();
  o_.el("td", {{"class", "num", column != nullptr && column->numeric}, {"data-title", title, !title.empty()}}, body);
}

void Rows::draw(std::string_view css_class, const std::function<void(Row&)>& cells) {
  o_.el("tr", {{"class", css_class, !css_class.empty()}}, [&] {
    Row row(o_, head_);
    cells(row);
  });
}

namespace {

void draw_column(html::Out& o, const Column& column) {
  const std::string_view order = column.sorted == Sorted::Up ? "ascending" : "descending";
  o.el("th", {{"scope", "col"}, {"class", "num", column.numeric}, {"aria-sort", order, column.sorted != Sorted::No}}, [&] {
    if (column.sort_href.empty())
      o.text(column.title);
    else
      o.el("a", {{"href", column.sort_href}}, column.title);
  });
}

}  // namespace

void draw_table(html::Out& o, const TableHead& head, const std::function<void(Rows&)>& rows) {
  if (!head.order.empty()) o.el("p", {{"class", "note order"}}, head.order);
  o.el("div", {{"class", head.wide ? "scroll wide" : "scroll"}, {"role", "region"}, {"aria-label", head.caption}, {"tabindex", 0}}, [&] {
    o.el("table", {{"class", head.stacks ? "data stacks" : "data"}}, [&] {
      o.el("caption", {{"class", "visually-hidden"}}, head.caption);
      o.el("thead", {}, [&] {
        o.el("tr", {}, [&] {
          for (const auto& column : head.columns) draw_column(o, column);
        });
      });
      o.el("tbody", {}, [&] {
        Rows body(o, head);
        rows(body);
      });
    });
  });
}

void draw_facts(html::Out& o, std::span<const Fact> facts) {
  o.el("dl", {{"class", "facts"}}, [&] {
    for (const auto& fact : facts) {
      o.el("dt", {}, fact.term);
      o.el("dd", {}, [&] {
        o.text(fact.text);
        if (fact.link.href.empty()) return;
        if (!fact.text.empty()) o.text(" ");
        o.el("a", {{"href", fact.link.href}}, fact.link.text);
      });
    }
  });
}

void draw_labelled_bar(html::Out& o, Lang lang, std::string_view label, std::string_view note, std::span<const Part> parts) {
  o.el("div", {{"class", "labelled"}}, [&] {
    o.el("p", {}, [&] {
      o.el("span", {}, label);
      o.el("small", {}, note);
    });
    draw_stacked_bar(o, lang, parts);
  });
}

void draw_empty(html::Out& o, std::string_view words, const Link& next) {
  o.el("p", {{"class", "empty-state"}}, [&] {
    o.text(words);
    if (next.href.empty()) return;
    o.text(" ");
    o.el("a", {{"href", next.href}}, next.text);
  });
}

void draw_progress(html::Out& o, std::string_view label, std::int64_t done, std::int64_t total, std::string_view words) {
  require(total > 0 && done >= 0 && done <= total, "progress is a part of a whole");
  o.el("div", {{"class", "labelled"}}, [&] {
    o.el("p", {}, [&] {
      o.el("span", {}, label);
      o.el("small", {}, words);
    });
    o.el("progress", {{"max", total}, {"value", done}, {"aria-label", label}}, words);
  });
}

void draw_breadcrumb(html::Out& o, Lang lang, std::span<const Link> path) {
  if (path.empty()) return;
  o.el("nav", {{"class", "path"}, {"aria-label", say(lang, Msg::CommonPath)}}, [&] {
    o.el("ol", {}, [&] {
      for (const auto& link : path) o.el("li", {}, [&] { o.el("a", {{"href", link.href}}, link.text); });
    });
  });
}

void draw_tabs(html::Out& o, Lang lang, std::span<const Link> tabs, std::size_t current) {
  o.el("nav", {{"class", "tabs"}, {"aria-label", say(lang, Msg::CommonTabs)}}, [&] {
    for (std::size_t i = 0; i < tabs.size(); ++i) o.el("a", {{"href", tabs[i].href}, {"aria-current", "page", i == current}}, tabs[i].text);
  });
}

void draw_pagination(html::Out& o, Lang lang, int page, int pages, const std::function<std::string(int)>& href) {
  if (pages <= 1) return;
  o.el("nav", {{"class", "pages"}, {"aria-label", say(lang, Msg::CommonPages)}}, [&] {
    if (page > 1) o.el("a", {{"class", "btn"}, {"rel", "prev"}, {"href", href(page - 1)}}, say(lang, Msg::CommonPrevious));
    o.el("span", {}, say(lang, Msg::CommonPageOf, {format::number(lang, page), format::number(lang, pages)}));
    if (page < pages) o.el("a", {{"class", "btn"}, {"rel", "next"}, {"href", href(page + 1)}}, say(lang, Msg::CommonNext));
  });
}

}  // namespace pilar::web
