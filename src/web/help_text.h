#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "i18n/lang.h"
#include "web/html.h"

/// The user's guide (help/LANGUAGE/NN-topic.md) and the manuals (docs/), which are built into the program.
namespace pilar::web {

struct HelpTopic {
  std::string key{};          ///< "grafik": what stands in the address
  std::string title{};        ///< in the reader's language
  std::string_view text{};    ///< without its first line, lives as long as the program
  Lang written = Lang::Id;    ///< the language of the text
};
/// In their order; the same keys in every language.
std::vector<HelpTopic> help_topics(Lang lang);
/// For whoever looks after the program or writes its content: the same text for readers of every language. No key is a topic's.
std::vector<HelpTopic> manuals(Lang lang);

/// Draws a small part of Markdown: paragraphs, "## " and "### " headings, "- " and "1. " lists whose items go on indented, tables, code
/// between lines of ``` and between `, **stressed**, *named*, [words](/address). A link to the file of a manual leads to it; to another
/// file there is no way, and its words alone stand there. Anything else stands as it is written.
void draw_help(html::Out& o, Lang lang, std::string_view text);
/// The text without marks, for searching.
std::string plain_help(std::string_view text);

}  // namespace pilar::web
