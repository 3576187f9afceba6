#include "app/demo_visits.h"

#include <gtest/gtest.h>

#include <future>

#include "app/demo_month.h"
#include "app/organisation.h"
#include "app/record_batch.h"
#include "app/result.h"
#include "app/upkeep.h"
#include "domain/record.h"
#include "support/shipped_store.h"

namespace pilar::demo_visits_test {

using namespace pilar::app;

constexpr Instant kDemoNow{1'790'000'000'000'000};  // 21 September 2026
constexpr std::int64_t kMinute = 60'000'000;
constexpr int kBack = 2;

/// Puskesmas Melati in one month with every visit, on both engines.
class DemoVisitsTest : public test::ShippedStoreTest {
 protected:
  DemoVisitsTest() : context_{db(), clock_, reference_, SigningKey{{7}}, test::kQuickPasswords} {
    clock_.set(kDemoNow);
    refresh_reference(context_);
    facility_ = add_place(context_, system_,
                          {.code = std::string(melati_.code),
                           .name = std::string(melati_.name),
                           .facility_type = std::string(melati_.type),
                           .valid_from = Day{10'000},
                           .units = {melati_.units.begin(), melati_.units.end()}})
                    .value();
    records_ = demo::records_of({melati_, facility_, kBack, period_of(month_), kDemoNow}, *reference_.get());
  }

  const InstalledVersion& version(std::string_view instrument) const { return *reference_.get()->latest(instrument); }

  template <class Visit>
  void each(std::string_view instrument, const Visit& visit) const {
    for (const auto& record : records_)
      if (record.version == version(instrument).version) visit(record);
  }

  template <class T>
  const T* answer(const NewRecord& record, std::string_view instrument, std::string_view item) const {
    return std::get_if<T>(&record.answers.at(version(instrument).form.index_of(item).value()));
  }

  std::int64_t count(std::string_view instrument) const {
    std::int64_t all = 0;
    each(instrument, [&](const NewRecord&) { ++all; });
    return all;
  }

  /// How many lines of a register have both times, and how many of them lie at most so many minutes apart.
  Share within(std::string_view instrument, std::string_view from, std::string_view to, std::int64_t minutes,
               std::string_view only = {}) const {
    Share out;
    each(instrument, [&](const NewRecord& record) {
      const auto *first = answer<Instant>(record, instrument, from), *last = answer<Instant>(record, instrument, to);
      if (first == nullptr || last == nullptr) return;
      if (!only.empty() && !is_chosen(record, instrument, only)) return;
      ++out.denominator;
      if (last->micros - first->micros <= minutes * kMinute) ++out.numerator;
    });
    return out;
  }

  /// `only` is "item=option".
  bool is_chosen(const NewRecord& record, std::string_view instrument, std::string_view only) const {
    const auto at = only.find('=');
    const auto* item = version(instrument).form.find(only.substr(0, at));
    const auto* code = answer<Code>(record, instrument, only.substr(0, at));
    return code != nullptr && find_option(*item, only.substr(at + 1))->code == code->value;
  }

  void send() {
    std::promise<BatchResult> answer;
    submit_batch(context_, system_, facility_, records_, "demo", [&](Result<BatchResult> result, std::exception_ptr failed) {
      EXPECT_FALSE(failed);
      answer.set_value(result.value());
    });
    EXPECT_EQ(answer.get_future().get().added, std::ssize(records_));
  }

  MeasureReading read(std::string_view instrument, std::string_view measure) {
    const auto view =
        read_result(context_, system_, {.instrument = std::string(instrument), .place = facility_, .period = period_of(month_)});
    EXPECT_TRUE(view);
    for (const auto& reading : view->measures)
      if (reading.measure->key == measure) return reading;
    ADD_FAILURE() << measure;
    return {};
  }

  const demo::Character& melati_ = demo::characters().front();
  const Month month_{month_of(civil_day(kDemoNow, Zone::Wib)).value - kBack};
  ReferenceHolder reference_;
  Context context_;
  Scope system_{Role::Administrator, kEverywhere, "test"};
  FacilityKey facility_;
  std::vector<NewRecord> records_;
};
PILAR_BOTH_ENGINES(DemoVisitsTest);

TEST_P(DemoVisitsTest, EveryVisitOfTheMonthIsALineWithItsPrescriptionAndExamination) {
  std::int64_t counted = 0, cancelled = 0, incomplete = 0;
  each("kunjungan-bulanan", [&](const NewRecord& record) {
    for (const auto* item : {"rawat_jalan", "rawat_inap"}) counted += answer<Decimal>(record, "kunjungan-bulanan", item)->scaled(0).value();
  });
  each("kunjungan", [&](const NewRecord& record) {
    if (is_chosen(record, "kunjungan", "batal=ya")) return void(++cancelled);
    const bool known = answer<Instant>(record, "kunjungan", "mulai_layan_admisi") && answer<Instant>(record, "kunjungan", "selesai_poli");
    if (is_chosen(record, "kunjungan", "jenis=rawat_jalan") && !known) ++incomplete;
  });
  const auto visits = count("kunjungan");
  EXPECT_EQ(visits, counted) << "as many as the monthly report says";
  EXPECT_GT(visits, 1'400);
  EXPECT_NEAR(static_cast<double>(count("resep")) / static_cast<double>(visits), 0.6, 0.05);
  EXPECT_NEAR(static_cast<double>(count("laboratorium")) / static_cast<double>(visits), 0.12, 0.03);
  EXPECT_GT(cancelled, visits / 100);
  EXPECT_GT(incomplete, visits / 100) << "somebody forgets to press";
}

TEST_P(DemoVisitsTest, TheMeasuresSayWhatTheRegistersHold) {
  send();
  for (const bool folded : {false, true}) {
    if (folded)
      while (fold_step(context_, 100) > 0) continue;
    const auto check = [&](std::string_view instrument, std::string_view measure, const Share& expected) {
      const auto reading = read(instrument, measure);
      EXPECT_GT(expected.denominator, 0) << measure;
      EXPECT_EQ(reading.duration.n, expected.denominator) << measure;
      EXPECT_EQ(reading.share.numerator, expected.numerator) << measure;
    };
    check("kunjungan", "tunggu_admisi", within("kunjungan", "mulai_tunggu_admisi", "mulai_layan_admisi", 10));
    check("kunjungan", "tunggu_poli", within("kunjungan", "selesai_admisi", "mulai_layan_poli", 60));
    check("kunjungan", "tunggu_farmasi", within("kunjungan", "selesai_poli", "obat_selesai", 30));
    check("resep", "lama_jadi", within("resep", "diterima", "diserahkan", 30, "racikan=tidak"));
    check("resep", "lama_racikan", within("resep", "diterima", "diserahkan", 60, "racikan=ya"));
    check("laboratorium", "lama_darah", within("laboratorium", "diterima", "dilaporkan", 120, "jenis=darah"));
    std::int64_t full = 0, persons = 0;
    each("resep", [&](const NewRecord& record) { full += is_chosen(record, "resep", "terlayani=lengkap") ? 1 : 0; });
    each("kunjungan", [&](const NewRecord& record) { persons += answer<NamedPerson>(record, "kunjungan", "pasien") != nullptr ? 1 : 0; });
    EXPECT_EQ(read("resep", "lengkap").share.numerator, full);
    EXPECT_EQ(read("resep", "lengkap").share.denominator, count("resep"));
    const auto seen = read("kunjungan", "orang").total->scaled(0).value();
    EXPECT_LT(seen, persons) << "some come twice";
    EXPECT_GT(seen, persons / 2);
  }
}

TEST_P(DemoVisitsTest, AThinRegisterIsOneInFifty) {
  const demo::Chapter thin{melati_, facility_, kBack, period_of(month_), kDemoNow, 50};
  std::int64_t lines = 0;
  for (const auto& record : demo::records_of(thin, *reference_.get()))
    if (record.version == version("kunjungan").version) ++lines;
  EXPECT_NEAR(static_cast<double>(lines), static_cast<double>(count("kunjungan")) / 50, 10);
}

}  // namespace pilar::demo_visits_test
