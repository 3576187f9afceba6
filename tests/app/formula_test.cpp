#include "app/formula.h"

#include <gtest/gtest.h>

#include "app/daily_count.h"
#include "app/fill.h"
#include "app/indicator_months.h"
#include "app/organisation.h"
#include "app/result.h"
#include "app/upkeep.h"
#include "i18n/messages.h"
#include "i18n/words/formula.h"
#include "support/shipped_store.h"

namespace pilar::formula_test {

using namespace pilar::app;

constexpr std::int64_t kDayMicros = 86'400'000'000;

class FormulaTest : public test::ShippedStoreTest {
 protected:
  FormulaTest() : context_{db(), clock_, reference_, SigningKey{{7}}, test::kQuickPasswords, {}, SigningKey{{8}}} {
    clock_.set({1'795'219'200'000'000});  // 21 November 2026, 07.00 WIB
    refresh_reference(context_);
    payer_ = add({.kind = NodeKind::Payer, .code = "penjamin", .name = "Penjamin"});
    melati_ = add({.parent = payer_, .code = "melati", .name = "Melati", .facility_type = "puskesmas"});
    mawar_ = add({.parent = payer_, .code = "mawar", .name = "Mawar", .facility_type = "puskesmas"});
  }

  FacilityKey add(const NewPlace& place) {
    auto wanted = place;
    wanted.valid_from = Day{10'000};
    return add_place(context_, operator_, wanted).value();
  }
  static Scope team(FacilityKey facility) { return {Role::QualityLead, facility, "account:1"}; }

  static Indicator profile(const char* key) {
    Indicator out;
    out.key = key;
    out.title = {"Uji " + std::string(key), ""};
    out.aim = out.definition = out.numerator = out.responsible = {"isi", ""};
    out.source = "uji";
    out.efforts = {{{"Pantau", ""}, {"Analis", ""}}};
    return out;
  }
  static Indicator over_laboratory(const char* key) {
    auto out = profile(key);
    Formula formula;
    formula.over = "laboratorium";
    formula.numerator = "${lama} <= 60";
    formula.include = "${jenis} = 'darah'";
    out.records = formula;
    return out;
  }
  Result<SavedIndicator> publish(const Indicator& profile, FacilityKey owner) {
    const auto scope = owner == kEverywhere ? operator_ : team(owner);
    return save_indicator(context_, scope, {.owner = owner, .profile = profile, .publish = true});
  }
  void use(FacilityKey facility, const SavedIndicator& indicator) {
    ASSERT_TRUE(use_indicator(context_, team(facility), facility, indicator.id, {}));
  }
  std::string refused(const Indicator& profile, FacilityKey owner) {
    const auto saved = publish(profile, owner);
    if (saved) return "";
    std::string out;
    for (const auto& problem : saved.error()) out += problem.field + ": " + say(Lang::En, problem) + "; ";
    return out;
  }

  void examine(FacilityKey facility, int days_ago, int minutes, const char* kind = "darah") {
    const auto& lab = *reference_.get()->latest("laboratorium");
    const Instant at{clock_.now().micros - days_ago * kDayMicros};
    const auto moment = [&](int after) { return iso({at.micros + after * 60'000'000LL}, Zone::Wib); };
    RawAnswers raw;
    raw["jenis"].values = {kind};
    raw["diterima"].values = {moment(-600)};
    raw["dilaporkan"].values = {moment(-600 + minutes)};
    const auto answers = check_answers(lab.form, raw, civil_day(clock_.now(), Zone::Wib), false);
    ASSERT_TRUE(answers) << say(Lang::En, answers.error().front());
    ASSERT_TRUE(save_record(context_, operator_, {make_uuid(at), facility, {}, lab.version, at, Channel::Staff, *answers}));
  }
  void fill() {
    while (fill_step(context_)) continue;
  }

  /// "2/3" of the indicator in the month of so many days ago; "-" where it has no value there.
  std::string value(FacilityKey facility, std::string_view key, int days_ago = 0) {
    const auto month = month_of(civil_day({clock_.now().micros - days_ago * kDayMicros}, Zone::Wib));
    const auto months = read_indicator_months(context_, team(facility), facility, Month{month_of(civil_day(clock_.now(), Zone::Wib))});
    if (!months) return "refused";
    for (const auto& series : months->series)
      if (series.line->entry->key() == key)
        if (const auto* reading = series.reading(month))
          return std::to_string(reading->share.numerator) + "/" + std::to_string(reading->share.denominator);
    return "-";
  }

  ReferenceHolder reference_;
  Context context_;
  Scope operator_{Role::Administrator, kEverywhere, "cli"};
  FacilityKey payer_, melati_, mawar_;
};
PILAR_BOTH_ENGINES(FormulaTest);

TEST_P(FormulaTest, CountsEarlierRecordsInTheBackgroundAndLaterOnesAtOnce) {
  examine(melati_, 40, 30);
  examine(melati_, 40, 90);
  examine(melati_, 40, 30, "urine");
  examine(mawar_, 40, 30);
  const auto saved = publish(over_laboratory("cepat"), kEverywhere);
  ASSERT_TRUE(saved) << say(Lang::En, saved.error().front());
  use(melati_, *saved);
  use(mawar_, *saved);
  const auto& formula = reference_.get()->formulas.front();
  EXPECT_GE(count_waiting(context_, formula), 2);
  EXPECT_EQ(value(melati_, "cepat", 40), "-");
  fill();
  EXPECT_EQ(count_waiting(context_, formula), 0);
  EXPECT_EQ(value(melati_, "cepat", 40), "1/2");
  EXPECT_EQ(value(mawar_, "cepat", 40), "1/1");
  examine(melati_, 40, 59);
  EXPECT_EQ(value(melati_, "cepat", 40), "2/3");
  rebuild_facility(context_, melati_);
  EXPECT_EQ(value(melati_, "cepat", 40), "2/3");
}

TEST_P(FormulaTest, OfOneFacilityCountsThereOnly) {
  examine(melati_, 40, 30);
  examine(mawar_, 40, 30);
  const auto saved = publish(over_laboratory("sendiri"), melati_);
  ASSERT_TRUE(saved);
  use(melati_, *saved);
  fill();
  EXPECT_EQ(value(melati_, "sendiri", 40), "1/1");
  const auto key = reference_.get()->formulas.front().form.key;
  const auto month = period_of(month_of(civil_day({clock_.now().micros - 40 * kDayMicros}, Zone::Wib)));
  const auto here = read_result(context_, operator_, {.instrument = key, .place = melati_, .period = month});
  ASSERT_TRUE(here);
  EXPECT_EQ(here->records, 1);
  const auto there = read_result(context_, operator_, {.instrument = key, .place = mawar_, .period = month});
  ASSERT_TRUE(there);
  EXPECT_TRUE(there->is_empty);
  // The same formula for everybody later: the first facility is not counted twice.
  ASSERT_TRUE(publish(over_laboratory("semua"), kEverywhere));
  fill();
  EXPECT_EQ(value(melati_, "sendiri", 40), "1/1");
  EXPECT_EQ(read_result(context_, operator_, {.instrument = key, .place = mawar_, .period = month})->records, 1);
  EXPECT_EQ(read_result(context_, operator_, {.instrument = key, .place = melati_, .period = month})->records, 1);
}

TEST_P(FormulaTest, AreRefusedWhereTheyStand) {
  auto wrong = over_laboratory("salah");
  wrong.records->over = "laboratorum";
  EXPECT_EQ(refused(wrong, melati_), "records/over: There is no instrument “laboratorum”. The nearest is laboratorium.; ");
  wrong = over_laboratory("salah");
  wrong.records->numerator = "${lma} <= 60";
  EXPECT_NE(refused(wrong, melati_).find("records/numerator: Character 1:"), std::string::npos) << refused(wrong, melati_);
  wrong = over_laboratory("salah");
  wrong.records->over = "kessan";
  EXPECT_NE(refused(wrong, melati_).find("records/over: Answers to a participants' survey"), std::string::npos);
  wrong = over_laboratory("salah");
  wrong.tally = true;
  EXPECT_NE(refused(wrong, melati_).find("formula:"), std::string::npos);
  EXPECT_TRUE(reference_.get()->formulas.empty());
}

TEST_P(FormulaTest, SeveralIndicatorsAreSumOverSum) {
  examine(melati_, 40, 30);
  examine(melati_, 40, 90);
  examine(melati_, 40, 500, "urine");
  ASSERT_TRUE(publish(over_laboratory("darah"), melati_));
  auto urine = over_laboratory("urine");
  urine.records->include = "${jenis} = 'urine'";
  ASSERT_TRUE(publish(urine, melati_));
  auto both = profile("keduanya");
  both.sum_of = {"darah", "urine"};
  const auto saved = publish(both, melati_);
  ASSERT_TRUE(saved) << say(Lang::En, saved.error().front());
  use(melati_, *saved);
  fill();
  EXPECT_EQ(value(melati_, "keduanya", 40), "1/3");

  auto wrong = profile("salah");
  wrong.sum_of = {"darh"};
  EXPECT_EQ(refused(wrong, melati_), "sum_of: The kamus has no indicator “darh”. The nearest is darah.; ");
  wrong.sum_of = {"salah"};
  EXPECT_NE(refused(wrong, melati_).find("is made of this very indicator"), std::string::npos);
  wrong.sum_of = {"keduanya"};
  ASSERT_TRUE(publish(wrong, melati_));
  // A cycle over two: both is changed so that it contains what contains it.
  both.sum_of = {"darah", "salah"};
  both.valid_from = Day{20'800};
  const auto view = read_kamus_of(context_, team(melati_), melati_).value();
  const auto* line = view.find("keduanya");
  const auto cycle =
      save_indicator(context_, team(melati_),
                     {.owner = melati_, .id = line->entry->id, .seen = line->entry->newest().saved_at, .profile = both, .publish = true});
  ASSERT_FALSE(cycle);
  EXPECT_EQ(cycle.error().front().message, Msg::FormulaCycle);
  auto counted = over_laboratory("jumlah");
  counted.records->kind = FormulaKind::Sum;
  ASSERT_TRUE(publish(counted, melati_));
  wrong = profile("salah-lagi");
  wrong.sum_of = {"darah", "jumlah"};
  EXPECT_NE(refused(wrong, melati_).find("has no numerator and denominator"), std::string::npos);
}

TEST_P(FormulaTest, TalliesAreEnteredByDayAndCorrected) {
  auto counted = profile("cuci-tangan");
  counted.tally = true;
  const auto saved = publish(counted, melati_);
  ASSERT_TRUE(saved) << say(Lang::En, saved.error().front());
  use(melati_, *saved);
  fill();
  const auto today = civil_day(clock_.now(), Zone::Wib);
  const auto day = [&](Day when) { return read_daily_counts(context_, team(melati_), melati_, {}, when).value(); };
  ASSERT_EQ(day(today).lines.size(), 1U);
  ASSERT_TRUE(save_daily_count(context_, team(melati_), day(today), {"cuci-tangan", 17, 20, 0}, ""));
  ASSERT_TRUE(save_daily_count(context_, team(melati_), day(Day{today.value - 1}), {"cuci-tangan", 3, 5, 0}, ""));
  EXPECT_EQ(value(melati_, "cuci-tangan"), "20/25");
  const auto seen = day(today);
  EXPECT_EQ(seen.lines.front().numerator, std::optional<std::int64_t>(17));
  EXPECT_EQ(seen.lines.front().month_denominator, 25);
  EXPECT_EQ(seen.lines.front().month_days, 2);
  // Typed over something older: nobody's count is lost.
  const auto stale = save_daily_count(context_, team(melati_), seen, {"cuci-tangan", 9, 20, 0}, "");
  ASSERT_FALSE(stale);
  EXPECT_EQ(stale.error().front().kind, Problem::Kind::Conflict);
  ASSERT_TRUE(save_daily_count(context_, team(melati_), seen, {"cuci-tangan", 18, 20, seen.lines.front().revision}, "diperbaiki"));
  EXPECT_EQ(value(melati_, "cuci-tangan"), "21/25");
  const auto refusal = [&](std::int64_t numerator, std::int64_t denominator) {
    const auto done = save_daily_count(context_, team(melati_), day(Day{today.value - 3}), {"cuci-tangan", numerator, denominator, 0}, "");
    return done ? std::string("none") : std::string(key_of(done.error().front().message));
  };
  EXPECT_EQ(refusal(21, 20), "CountAbove");
  EXPECT_EQ(refusal(1, 0), "CountNoCases");
  EXPECT_EQ(value(melati_, "cuci-tangan"), "21/25") << "nothing of it is kept";
  // No case that day is not the same as nothing counted.
  ASSERT_TRUE(save_daily_count(context_, team(melati_), day(Day{today.value - 2}), {"cuci-tangan", 0, 0, 0}, ""));
  EXPECT_EQ(value(melati_, "cuci-tangan"), "21/25");
  ASSERT_TRUE(save_daily_count(context_, team(melati_), day(Day{today.value - 4}), {"cuci-tangan", 4, 2, 0, true}, ""));
  EXPECT_EQ(value(melati_, "cuci-tangan"), "25/27") << "what is said to be so counts uncut";
  EXPECT_FALSE(save_daily_count(context_, team(melati_), day(Day{today.value + 1}), {"cuci-tangan", 1, 1, 0}, ""));
  EXPECT_FALSE(save_daily_count(context_, team(melati_), day(today), {"tidak-ada", 1, 1, 0}, ""));
  EXPECT_FALSE(read_daily_counts(context_, team(mawar_), melati_, {}, today));
  EXPECT_FALSE(read_daily_counts(context_, operator_, payer_, {}, today));
  EXPECT_FALSE(read_daily_counts(context_, {Role::Surveyor, melati_, "account:3"}, melati_, {}, today));
  EXPECT_FALSE(read_daily_counts(context_, {Role::Machine, melati_, "token:1"}, melati_, {}, today));
}

}  // namespace pilar::formula_test
