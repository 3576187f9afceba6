#pragma once
#include "app/result.h"
#include "domain/event_gap.h"
#include "web/components.h"
#include "web/result_address.h"

namespace pilar::web {

/// A result page on its way: what was read, where it stands, and which measure comes first.
struct ResultPage {
  Lang lang = Lang::Id;
  const app::ResultView& view;
  const ResultAddress& address;
  const MeasureReading* headline = nullptr;  ///< nullptr: an instrument without measures, or a breakdown that has none
  bool may_read_records = false;
  const GapChart* gaps = nullptr;  ///< the distances between events, where the reader chose their chart
  bool may_mark = false;  ///< lay down notes and lines on the control chart
  bool alone = false;  ///< the explanation on a page of its own
  std::optional<Day> last_day{};  ///< of the latest record, where known
  std::string entered{};          ///< who entered the records and when, where the reader may know
  std::string reader{};           ///< "Sari, Ketua Tim Mutu": who reads it, on an explanation that may be printed

  const Instrument& form() const { return view.version->form; }
};

/// How the item of this key was answered; nullptr when it is not counted.
const ItemReading* find_reading(const app::ResultView& view, std::string_view key);
/// The reading of this measure; nullptr where there is none.
const MeasureReading* find_measure(const std::vector<MeasureReading>& readings, const Measure* measure);

// The parts of the page, each a card or two; those with nothing to say draw nothing.
void draw_headline(html::Out& o, const ResultPage& page);
void draw_needs(html::Out& o, const ResultPage& page);         ///< month by month, for a longer period
void draw_trend(html::Out& o, const ResultPage& page);
void draw_unsur(html::Out& o, const ResultPage& page);         ///< the table of SKM
void draw_distribution(html::Out& o, const ResultPage& page);  ///< of the items of the first measure
void draw_other_items(html::Out& o, const ResultPage& page);   ///< of items that no measure reads
void draw_parts(html::Out& o, const ResultPage& page);         ///< units or places side by side, as page.address.parts says
void draw_other_measures(html::Out& o, const ResultPage& page);  ///< each with its own figure and bars
void draw_why(html::Out& o, const ResultPage& page);

/// "Mengapa angka ini?", term by term; numbers filled into the formula.
std::vector<Fact> why_facts(const ResultPage& page);

}  // namespace pilar::web
