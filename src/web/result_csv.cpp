#include "web/result_csv.h"

#include <cmath>

#include "base/json.h"
#include "base/text.h"
#include "i18n/format.h"
#include "i18n/messages.h"
#include "i18n/words/common.h"
#include "i18n/words/result.h"
#include "web/result_words.h"
#include "web/words.h"

namespace pilar::web {
namespace {

/// At most six digits after the point: more than any page shows.
std::string plain(double value) { return json::number_text(std::round(value * 1e6) / 1e6); }

/// One line: which part, when, where, which measure or item, which option, and the figure.
struct CsvLine {
  std::string part{}, time{}, place{}, subject{}, option{}, numerator{}, denominator{}, value{}, unit{}, low{}, high{}, count{};
};

TableCell figure(const std::string& number) {
  if (const auto value = parse_decimal(number)) return *value;
  return number;
}

class Sheet {
 public:
  Sheet(Lang lang, const app::ResultView& view) : lang_(lang), view_(view), form_(view.version->form) {}

  Table write(std::span<const app::ResultGroups> groups) {
    const auto [first, last] = period_ends(view_.period);
    const auto period = first == last ? first : first + "/" + last;
    const auto place = view_.node->name + (view_.unit == nullptr ? "" : ", " + view_.unit->name);
    for (const auto& reading : view_.measures) add_measure(Msg::ResultCsvWhole, period, place, reading);
    for (const auto& month : view_.trend)
      for (const auto& reading : month.measures) add_measure(Msg::ResultMonth, iso(month.month), place, reading);
    for (const auto& part : view_.parts)
      for (const auto& reading : part.measures)
        add_measure(Msg::ResultCsvPart, period, part.name.empty() ? words(lang_, Msg::ResultWholePlace) : part.name, reading);
    for (const auto& one : groups)
      for (const auto& group : one.groups)
        add_measure(words(lang_, Msg::ResultGroup) + ": " + group.option->label.in(lang_), period, place, group.reading);
    for (const auto& reading : view_.items) add_item(period, place, reading);
    for (const auto& [month, need] : view_.needs) add_need(iso(month), place, need);
    return finish(period, place);
  }

 private:
  void add_measure(Message part, const std::string& time, const std::string& place, const MeasureReading& reading) {
    add_measure(words(lang_, part), time, place, reading);
  }

  void add_measure(std::string part, const std::string& time, const std::string& place, const MeasureReading& reading) {
    CsvLine line{.part = std::move(part), .time = time, .place = place, .subject = reading.measure->title.in(lang_)};
    const auto told = tell(lang_, form_, reading);
    line.unit = unit_of(form_, *reading.measure).behind;
    line.count = std::to_string(told.n);
    if (has_share(*reading.measure)) {
      line.numerator = std::to_string(reading.share.numerator);
      line.denominator = std::to_string(reading.share.denominator);
    }
    if (reading.measure->kind == MeasureKind::Sum && reading.total)
      line.value = text(*reading.total);
    else if (reading.skm && reading.skm->ikm_2dec)
      line.value = text(*reading.skm->ikm_2dec);
    else if (told.point)
      line.value = plain(*told.point);
    if (reading.skm && reading.skm->grade) line.option = grade_words(lang_, *reading.skm->grade);
    if (told.reach) {
      line.low = plain(told.reach->low);
      line.high = plain(told.reach->high);
    }
    if (reading.measure->within) line.option = within_words(lang_, form_, *reading.measure);
    const CsvLine start{.part = line.part, .time = line.time, .place = line.place, .subject = line.subject};
    lines_.push_back(std::move(line));
    if (reading.measure->kind == MeasureKind::Duration) add_durations(start, reading);
  }

  void add_durations(const CsvLine& start, const MeasureReading& reading) {
    const auto& duration = reading.duration;
    for (const auto& [name, value] : {std::pair(Msg::ResultMedian, duration.median), std::pair(Msg::ResultP90, duration.p90),
                                      std::pair(Msg::ResultMeanLabel, duration.mean)}) {
      auto line = start;
      line.option = words(lang_, name);
      if (value) line.value = plain(*value);
      line.unit = first_item(form_, *reading.measure).unit;
      line.count = std::to_string(duration.n);
      lines_.push_back(std::move(line));
    }
  }

  void add_item(const std::string& time, const std::string& place, const ItemReading& reading) {
    const auto& item = form_.items[reading.item];
    const CsvLine start{.part = words(lang_, Msg::ResultCsvItem), .time = time, .place = place, .subject = item.label.in(lang_)};
    auto whole = start;
    whole.count = std::to_string(reading.answered);
    if (reading.total) whole.numerator = text(*reading.total);
    if (reading.mean) whole.value = plain(*reading.mean);
    whole.unit = item.unit;
    lines_.push_back(std::move(whole));
    for (const auto& option : item.options) {
      if (option.not_applicable) continue;
      const auto at = reading.options.find(option.code);
      add_count(start, option.label.in(lang_), at == reading.options.end() ? 0 : at->second, reading.answered);
    }
    if (reading.not_applicable > 0) add_count(start, words(lang_, Msg::CommonNotApplicable), reading.not_applicable, 0);
    if (reading.not_observed > 0) add_count(start, words(lang_, Msg::CommonNotObserved), reading.not_observed, 0);
  }

  void add_count(CsvLine line, std::string option, std::int64_t count, std::int64_t answered) {
    line.option = std::move(option);
    line.count = std::to_string(count);
    if (answered > 0) {
      line.numerator = line.count;
      line.denominator = std::to_string(answered);
      line.value = plain(100.0 * static_cast<double>(count) / static_cast<double>(answered));
      line.unit = "%";
    }
    lines_.push_back(std::move(line));
  }

  void add_need(const std::string& time, const std::string& place, const Need& need) {
    CsvLine line{.part = words(lang_, Msg::ResultNeedLabel), .time = time, .place = place, .option = tell(lang_, need).words};
    line.count = std::to_string(need.answers);
    if (need.visits) line.denominator = std::to_string(*need.visits);
    lines_.push_back(std::move(line));
  }

  Table finish(const std::string& period, const std::string& place) {
    Table table{.caption = form_.title.in(lang_)};
    const auto note = [&](Message name, std::string value) { table.notes.emplace_back(words(lang_, name), std::move(value)); };
    note(Msg::ResultVersion, version_words(lang_, form_));
    if (!form_.mark.empty()) note(Msg::ResultMark, form_.mark.in(lang_));
    note(Msg::ResultPlace, place);
    note(Msg::CommonPeriod, period);
    if (view_.breakdown) note(Msg::ResultBreakdown, view_.breakdown->item + " = " + view_.breakdown->option);
    note(Msg::ResultReadAt, iso(view_.as_of, view_.node->zone));
    note(Msg::ResultCsvLines, std::to_string(lines_.size()));
    for (const auto title : split(say(lang_, Msg::ResultCsvColumns), ',')) table.columns.push_back({std::string(title)});
    table.rows = [lines = std::move(lines_)](const OnTableRow& give) {
      for (const auto& line : lines)
        give(std::vector<TableCell>{line.part, line.time, line.place, line.subject, line.option, figure(line.numerator),
                                    figure(line.denominator), figure(line.value), line.unit, figure(line.low), figure(line.high),
                                    figure(line.count)});
    };
    return table;
  }

  Lang lang_;
  const app::ResultView& view_;
  const Instrument& form_;
  std::vector<CsvLine> lines_{};
};

}  // namespace

Table result_table(Lang lang, const app::ResultView& view, std::span<const app::ResultGroups> groups) {
  return Sheet(lang, view).write(groups);
}

std::string file_name(const app::ResultView& view) {
  return "pilar-" + view.version->form.key + "-" + view.node->code + "-" + period_ends(view.period).second;
}

}  // namespace pilar::web
