#include "web/list_file.h"

#include "i18n/format.h"
#include "i18n/words/entry.h"
#include "i18n/words/result.h"
#include "web/frame.h"
#include "web/words.h"

namespace pilar::web {

Table list_table(const Visit& visit, std::string caption, const FilterBar& filters, std::int64_t rows) {
  Table table;
  table.caption = std::move(caption);
  for (const auto& filter : filters.filters)
    if (!filter.value.empty()) table.notes.emplace_back(filter.label, shown_value(filter));
  table.notes.emplace_back(words(visit.lang, Msg::ResultCsvLines), std::to_string(rows));
  table.notes.emplace_back(words(visit.lang, Msg::RecordListAsOf), format::moment(visit.lang, visit.context.clock.now(), home_zone(visit)));
  return table;
}

void draw_file_links(html::Out& o, Lang lang, const std::string& workbook, const std::string& csv) {
  draw_link_button(o, {words(lang, Msg::ResultWorkbook), workbook});
  draw_link_button(o, {words(lang, Msg::ResultDownload), csv});
}

void draw_file_actions(html::Out& o, Lang lang, const std::string& workbook, const std::string& csv) {
  draw_file_links(o, lang, workbook, csv);
  draw_action_button(o, "print", words(lang, Msg::ResultPrint));
}

}  // namespace pilar::web
