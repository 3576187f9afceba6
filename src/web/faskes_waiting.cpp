#include "web/faskes_waiting.h"

#include <algorithm>
#include <map>

#include "app/result.h"
#include "app/station.h"
#include "i18n/format.h"
#include "i18n/messages.h"
#include "i18n/words/faskes.h"
#include "i18n/words/result.h"
#include "web/components.h"
#include "web/result_address.h"
#include "web/result_words.h"
#include "web/words.h"

namespace pilar::web {
namespace {

class WaitingTable {
 public:
  WaitingTable(const Visit& visit, const Node& node, Month month) : visit_(visit), lang_(visit.lang), node_(node), month_(month) {
    for (const auto& station : app::stations()) {
      if (views_.contains(station.instrument)) continue;
      app::ResultQuery query{std::string(station.instrument), node.key, {}, period_of(month)};
      query.trend_months = 1;
      if (auto view = app::read_result(visit.context, *visit.scope, query)) views_.emplace(station.instrument, *std::move(view));
    }
  }

  void draw(html::Out& o) const {
    const auto note = say(lang_, Msg::FaskesWaitingNote, {format::month(lang_, month_)});
    draw_card(o, {.title = in(Msg::FaskesWaiting), .note = note, .id = "waktu-tunggu"}, [&] {
      const TableHead head{.caption = in(Msg::FaskesWaiting),
                           .columns = {{in(Msg::FaskesStation)},
                                       {in(Msg::FaskesWithin), true},
                                       {in(Msg::ResultMedian), true},
                                       {in(Msg::ResultP90), true},
                                       {"n", true}},
                           .stacks = true};
      draw_table(o, head, [&](Rows& rows) {
        for (const auto& station : app::stations()) rows.row([&](Row& row) { draw_station(row, station); });
      });
    });
  }

 private:
  std::string in(Message message) const { return words(lang_, message); }

  const MeasureReading* reading_of(const app::Station& station) const {
    const auto view = views_.find(station.instrument);
    if (view == views_.end()) return nullptr;
    const auto is_it = [&](const MeasureReading& one) { return one.measure->key == station.measure; };
    const auto at = std::ranges::find_if(view->second.measures, is_it);
    return at == view->second.measures.end() || at->measure->kind != MeasureKind::Duration ? nullptr : &*at;
  }

  void draw_station(Row& row, const app::Station& station) const {
    const auto* reading = reading_of(station);
    if (reading == nullptr) {
      row.name(in(station.words));
      return draw_none(row);
    }
    const auto& form = views_.find(station.instrument)->second.version->form;
    const ResultAddress address{.instrument = form.key, .place = node_.code, .measure = reading->measure->key, .period = period_of(month_)};
    row.name(in(station.words), address.href());
    if (reading->duration.n == 0) return draw_none(row);
    const auto& item = first_item(form, *reading->measure);
    row.cell(share_words(form, *reading));
    row.cell(duration_words(lang_, item, reading->duration.median));
    row.cell(duration_words(lang_, item, reading->duration.p90));
    row.cell(format::number(lang_, reading->duration.n));
  }

  void draw_none(Row& row) const {
    row.cell(in(Msg::FaskesNotCollected));
    for (int i = 0; i < 3; ++i) row.cell(format::kNone);
  }

  /// "86,4% dalam 10 menit", in brackets where it rests on few.
  std::string share_words(const Instrument& form, const MeasureReading& reading) const {
    if (!reading.measure->within) return in(Msg::FaskesNoLimit);
    const auto told = tell(lang_, form, reading);
    return (told.n < kFew ? "(" + told.value + ")" : told.value) + " " + within_words(lang_, form, *reading.measure);
  }

  const Visit& visit_;
  Lang lang_;
  const Node& node_;
  Month month_;
  std::map<std::string_view, app::ResultView> views_{};
};

}  // namespace

void draw_waiting(html::Out& o, const Visit& visit, const Node& node, Month month) { WaitingTable(visit, node, month).draw(o); }

}  // namespace pilar::web
