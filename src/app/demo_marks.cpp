#include "app/demo_marks.h"

#include <array>
#include <string>

#include "app/chart_mark.h"
#include "app/demo_places.h"
#include "interchange/dhis2.h"
#include "store/instrument_store.h"
#include "store/place_store.h"

namespace pilar::app::demo {
namespace {

/// One event: so many days after the first of the month kBetterSince ago.
struct MarkedEvent {
  std::string_view formula;
  ChartMarkKind kind;
  int days;
  std::string_view text;
};
constexpr std::array kEvents{
    MarkedEvent{kMarkedCharts[0], ChartMarkKind::Audit, -48, "Audit internal: antrean pagi menumpuk di satu loket (contoh)"},
    MarkedEvent{kMarkedCharts[0], ChartMarkKind::Document, -3, "SPO pendaftaran dan antrean dari rumah mulai berlaku (contoh)"},
    MarkedEvent{kMarkedCharts[0], ChartMarkKind::Action, 0, "Loket kedua dan antrean dari rumah dibuka (contoh)"},
    MarkedEvent{kMarkedCharts[1], ChartMarkKind::Audit, -48, "Audit PPI: alkohol hanya ada di meja perawat (contoh)"},
    MarkedEvent{kMarkedCharts[1], ChartMarkKind::Action, 0, "Botol alkohol di tiap meja periksa; loket kedua memberi waktu (contoh)"}};

}  // namespace

void add_marks(Context& context, FacilityKey facility) {
  const Scope scope(Role::Administrator, facility, "demo");
  const Month running = month_of(civil_day(context.clock.now(), Zone::Wib));
  const auto since = first_day({running.value - kBetterSince});
  for (const auto& event : kEvents) {
    ChartMark mark;
    mark.formula = event.formula;
    mark.kind = event.kind;
    mark.day = {since.value + event.days};
    mark.text = event.text;
    const auto saved = save_chart_mark(context, scope, facility, mark);
    require(saved.has_value(), "a mark of the demonstration can be laid down");
  }
}

void add_dhis2_codes(Context& context, std::span<const FacilityKey> facilities) {
  require(!facilities.empty(), "the demonstration has facilities");
  context.db.shared([&](store::Tx& tx) {
    for (std::size_t i = 0; i + 1 < facilities.size(); ++i) {
      auto facts = store::load_facts(tx, facilities[i]);
      facts.codes[std::string(dhis2::kSystem)] = "CONTOH-OU-" + std::to_string(i + 1);
      store::replace_facts(tx, facilities[i], tidy(std::move(facts)));
    }
    store::advance_generation(tx);
  });
}

}  // namespace pilar::app::demo
