#include "app/demo_reports.h"

#include <array>

#include "app/demo_places.h"
#include "app/month_report.h"
#include "store/indicator_store.h"
#include "store/month_report_store.h"

namespace pilar::app::demo {
namespace {

constexpr std::array<std::string_view, 13> kInUse{"lab-darah-120",  "resep-benar",    "resep-lengkap", "tunggu-admisi", "tunggu-poli",
                                                  "tunggu-farmasi", "lama-kunjungan", "janji-layanan", "sikap-layanan", "rating-jkn-umum",
                                                  "ramah-jkn-umum", "telaah-terapi",  "telaah-obat"};
constexpr int kReported = 23;
constexpr std::int64_t kDayMicros = 86'400'000'000, kHourMicros = 3'600'000'000;

struct Explanation {
  std::string_view analysis, follow_up;
};
constexpr std::array kExplanations{
    Explanation{"Jumlah pasien memuncak pada hari Senin, sementara petugas sama.",
                "Menambah satu petugas pada Senin pagi mulai bulan depan."},
    Explanation{"Petugas baru belum mengikuti orientasi.", "Orientasi dan pengamatan ulang oleh kepala ruang pada minggu kedua."},
    Explanation{"Cairan dan alat habis lebih cepat daripada jadwal pemesanan.", "Pemesanan dimajukan; stok dilihat setiap Jumat."},
    Explanation{"Pengamatan dilakukan pada jam paling sibuk saja.", "Jadwal pengamatan dibagi rata pagi dan siang."}};

class ReportWriter {
 public:
  ReportWriter(Context& context, FacilityKey facility, std::size_t which) : context_(context), facility_(facility), which_(which) {}

  void write() {
    use_indicators();
    const auto reports = read_month_reports(context_, scope_, facility_, running_);
    require(reports.has_value(), "a facility of the demonstration has reports");
    context_.db.shared([&](store::Tx& tx) {
      for (int ago = kReported; ago >= 1; --ago)
        if (const auto& card = reports->cards.at(static_cast<std::size_t>(ago)); card.filled > 0) write_month(tx, *reports, card, ago);
    });
  }

 private:
  void use_indicators() {
    const auto kamus = read_kamus_of(context_, scope_, facility_);
    require(kamus.has_value(), "a facility of the demonstration has a kamus");
    for (const auto key : kInUse)
      if (const auto* line = kamus->find(key)) {
        const auto from = first_day({running_.value - kReported});
        context_.db.shared([&](store::Tx& tx) { store::put_use(tx, facility_, {line->entry->id, from, {}, ""}); });
      }
  }

  void write_month(store::Tx& tx, const MonthReports& reports, const MonthCard& card, int ago) {
    const Instant sent{start_of(first_day({card.month.value + 1}), Zone::Wib).micros + 3 * kDayMicros + 9 * kHourMicros};
    const bool last = ago == 1;
    for (const auto id : card.unexplained) {
      if (last && which_ == 0) continue;
      const auto& words = kExplanations.at((static_cast<std::size_t>(id.value + card.month.value) + which_) % kExplanations.size());
      store::put_month_note(tx, facility_, {card.month, id, std::string(words.analysis), std::string(words.follow_up), sent, "demo"});
    }
    if ((last && which_ == 0) || (which_ == 1 && ago == kUnsentMonth) || context_.clock.now() < sent) return;
    store::insert_month_act(tx, facility_, {card.month, 1, store::MonthAct::Send, sent, "demo", ""});
    std::vector<store::StoredMonthValue> values;
    for (const auto& series : reports.months.series) {
      const auto now = value_now(series, card.month);
      values.push_back({card.month, 1, series.line->entry->id, now.version, now.numerator, now.denominator, now.point, now.collected});
    }
    store::insert_month_values(tx, facility_, values);
    const Instant judged{sent.micros + 2 * kDayMicros};
    if (context_.clock.now() < judged) return;
    const bool returned = last && which_ == 2;
    store::insert_month_act(tx, facility_,
                            {card.month, 2, returned ? store::MonthAct::Return : store::MonthAct::Accept, judged, "demo",
                             returned ? "Angka waktu tunggu dan jumlah kunjungan tidak cocok; mohon diperiksa." : ""});
  }

  Context& context_;
  Month running_ = month_of(civil_day(context_.clock.now(), Zone::Wib));
  FacilityKey facility_;
  std::size_t which_;
  Scope scope_{Role::Administrator, kEverywhere, "demo"};
};

}  // namespace

void add_indicator_reports(Context& context, std::span<const FacilityKey> facilities) {
  for (std::size_t i = 0; i < facilities.size(); ++i) ReportWriter(context, facilities[i], i).write();
}

}  // namespace pilar::app::demo
