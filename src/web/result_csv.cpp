#include "web/result_csv.h"

#include <cmath>

#include "base/json.h"
#include "base/text.h"
#include "i18n/format.h"
#include "i18n/messages.h"
#include "interchange/csv.h"
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

class Sheet {
 public:
  Sheet(Lang lang, const app::ResultView& view) : lang_(lang), view_(view), form_(view.version->form) {}

  std::string write() {
    const auto period = iso(view_.from) + (view_.to.value - view_.from.value == 1 ? "" : "/" + iso(Month{view_.to.value - 1}));
    const auto place = view_.node->name + (view_.unit == nullptr ? "" : ", " + view_.unit->name);
    for (const auto& reading : view_.measures) add_measure(Msg::ResultCsvWhole, period, place, reading);
    for (const auto& month : view_.trend)
      for (const auto& reading : month.measures) add_measure(Msg::ResultMonth, iso(month.month), place, reading);
    for (const auto& part : view_.parts)
      for (const auto& reading : part.measures)
        add_measure(Msg::ResultCsvPart, period, part.name.empty() ? words(lang_, Msg::ResultWholePlace) : part.name, reading);
    for (const auto& reading : view_.items) add_item(period, place, reading);
    for (const auto& [month, need] : view_.needs) add_need(iso(month), place, need);
    return finish(period, place);
  }

 private:
  void add_measure(Msg part, const std::string& time, const std::string& place, const MeasureReading& reading) {
    CsvLine line{.part = words(lang_, part), .time = time, .place = place, .subject = reading.measure->title.in(lang_)};
    const auto told = tell(lang_, form_, reading);
    line.unit = unit_of(form_, *reading.measure).behind;
    line.count = std::to_string(told.n);
    if (reading.measure->kind == MeasureKind::Share || reading.measure->kind == MeasureKind::Ratio) {
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
    lines_.push_back(std::move(line));
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

  std::string finish(const std::string& period, const std::string& place) const {
    csv::Writer out;
    out.row({words(lang_, Msg::ResultVersion), version_words(lang_, form_)});
    if (!form_.mark.empty()) out.row({words(lang_, Msg::ResultMark), form_.mark.in(lang_)});
    out.row({words(lang_, Msg::ResultPlace), place});
    out.row({words(lang_, Msg::CommonPeriod), period});
    if (view_.breakdown) out.row({words(lang_, Msg::ResultBreakdown), view_.breakdown->item + " = " + view_.breakdown->option});
    out.row({words(lang_, Msg::ResultReadAt), iso(view_.as_of, view_.node->zone)});
    out.row({words(lang_, Msg::ResultCsvLines), std::to_string(lines_.size())});
    out.row({});
    std::vector<std::string> titles;
    for (const auto title : split(say(lang_, Msg::ResultCsvColumns), ',')) titles.emplace_back(title);
    out.row(titles);
    for (const auto& line : lines_)
      out.row({line.part, line.time, line.place, line.subject, line.option, line.numerator, line.denominator, line.value, line.unit,
               line.low, line.high, line.count});
    return out.take();
  }

  Lang lang_;
  const app::ResultView& view_;
  const Instrument& form_;
  std::vector<CsvLine> lines_{};
};

}  // namespace

std::string result_csv(Lang lang, const app::ResultView& view) { return Sheet(lang, view).write(); }

std::string csv_name(const app::ResultView& view) {
  return "pilar-" + view.version->form.key + "-" + view.node->code + "-" + iso(Month{view.to.value - 1}) + ".csv";
}

http::Reply csv_reply(const std::string& name, std::string body) {
  std::string safe;
  for (const char c : name) safe += (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ? c : '_';
  return {200, "text/csv; charset=utf-8", std::move(body), {{"Content-Disposition", "attachment; filename=\"" + safe + "\""}}};
}

}  // namespace pilar::web
