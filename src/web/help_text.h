#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "i18n/lang.h"
#include "web/html.h"

/// The user's guide, which is built into the program (help/LANGUAGE/NN-topic.md).
namespace pilar::web {

struct HelpTopic {
  std::string key{};          ///< "grafik": what stands in the address
  std::string title{};        ///< its first line
  std::string_view text{};    ///< what follows, lives as long as the program
};
/// In their order; the same keys in every language.
std::vector<HelpTopic> help_topics(Lang lang);

/// Draws a small part of Markdown: paragraphs, "## " headings, "- " and "1. " lists, code between lines of ```, **stressed**,
/// [words](/address). Anything else stands as it is written.
void draw_help(html::Out& o, std::string_view text);
/// The text without marks, for searching.
std::string plain_help(std::string_view text);

}  // namespace pilar::web
