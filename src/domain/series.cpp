#include "domain/series.h"

#include "base/text.h"

namespace pilar {
namespace {

/// Letters and digits in lower case: a mended comma or capital is not a change of meaning.
std::string gist(std::string_view wording) {
  std::string out;
  for (const char c : wording)
    if (static_cast<unsigned char>(c) >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) out += c;
  return lower_ascii(out);
}

/// Everything that gives a number of this item its meaning.
std::string meaning_of(const Item& item) {
  auto out = item.key + "\x1f" + std::to_string(static_cast<int>(item.kind)) + "\x1f" + std::to_string(item.digits) + "\x1f" + item.unit +
             "\x1f" + gist(item.label.id) + "\x1f" + item.calculation.source;
  for (const auto& option : item.options)
    out +=
        "\x1e" + option.key + "\x1f" + std::to_string(option.code) + "\x1f" + gist(option.label.id) + (option.not_applicable ? "-" : "+");
  return out;
}

bool is_counted(ItemKind kind) { return is_coded(kind) || is_numeric(kind) || kind == ItemKind::Multiple || kind == ItemKind::Text; }

Series series_of(const Item& item, std::size_t index) {
  Series series;
  series.key = item.key;
  series.definition = sha256(meaning_of(item));
  series.digits = is_numeric(item.kind) ? item.digits : 0;
  series.item = index;
  return series;
}

void append_breakdowns(std::vector<Series>& all, const Instrument& instrument, std::size_t index, std::span<const std::size_t> breakdowns) {
  const auto& item = instrument.items[index];
  for (const auto by : breakdowns) {
    const auto& other = instrument.items[by];
    for (const auto& option : other.options) {
      auto series = series_of(item, index);
      series.key += "@" + other.key + "=" + option.key;
      series.definition = sha256(meaning_of(item), "\x1d" + meaning_of(other) + "\x1d" + option.key);
      series.by_item = by;
      series.by_code = option.code;
      all.push_back(std::move(series));
    }
  }
}

/// Calls `add(bucket, cell)` for everything one answer contributes to its item's series.
template <class Add>
void cells_of(const Item& item, const Answer& answer, const Add& add) {
  if (const auto* empty = std::get_if<Empty>(&answer)) {
    if (*empty == Empty::NotObserved) add(kBucketNotObserved, Cell::count());
    if (*empty == Empty::NotApplicable) add(kBucketNotApplicable, Cell::count());
  } else if (const auto* code = std::get_if<Code>(&answer)) {
    const auto* option = find_option(item, code->value);
    add(code->value, option != nullptr && option->not_applicable ? Cell::count() : Cell::of(code->value));
  } else if (const auto* codes = std::get_if<Codes>(&answer)) {
    add(kBucketAnswered, Cell::count());
    for (const auto one : *codes) add(one, Cell::count());
  } else if (const auto* number = std::get_if<Decimal>(&answer)) {
    const auto scaled = number->scaled(item.digits);
    require(scaled.has_value(), "a stored number has no more digits than its item");
    add(0, Cell::of(*scaled));
  } else if (std::holds_alternative<std::string>(answer)) {
    add(0, Cell::count());
  }
}

template <class Breakdowns>
std::vector<Series> all_series(const Instrument& instrument, const Breakdowns& breakdowns_of) {
  std::vector<Series> all;
  Series records;
  records.key = kRecords;
  records.definition = sha256(kRecords);
  all.push_back(std::move(records));
  for (std::size_t i = 0; i < instrument.items.size(); ++i) {
    if (!is_counted(instrument.items[i].kind)) continue;
    all.push_back(series_of(instrument.items[i], i));
    append_breakdowns(all, instrument, i, breakdowns_of(i));
  }
  return all;
}

bool applies(const Series& series, const Answers& answers) {
  if (!series.by_item) return true;
  const auto* code = std::get_if<Code>(&answers[*series.by_item]);
  return code != nullptr && code->value == series.by_code;
}

}  // namespace

std::vector<Series> series_of(const Instrument& instrument) {
  return all_series(instrument, [&](std::size_t item) { return instrument.items[item].by; });
}

std::vector<Series> possible_series(const Instrument& instrument) {
  std::vector<std::size_t> choices;
  for (std::size_t i = 0; i < instrument.items.size(); ++i)
    if (instrument.items[i].kind == ItemKind::Choice) choices.push_back(i);
  return all_series(instrument, [&](std::size_t item) {
    auto others = choices;
    std::erase(others, item);
    return others;
  });
}

std::vector<Delta> observe(const Instrument& instrument, std::span<const Series> series, const Answers& answers) {
  require(answers.size() == instrument.items.size(), "answers fit their instrument version");
  std::vector<Delta> deltas;
  deltas.reserve(series.size());
  for (const auto& one : series) {
    if (!one.item) {
      deltas.push_back({one.id, 0, Cell::count()});
    } else if (applies(one, answers)) {
      cells_of(instrument.items[*one.item], answers[*one.item],
               [&](std::int32_t bucket, const Cell& cell) { deltas.push_back({one.id, bucket, cell}); });
    }
  }
  return deltas;
}

}  // namespace pilar
