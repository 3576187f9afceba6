#include "app/import.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <sstream>

#include "app/instrument.h"
#include "app/organisation.h"
#include "app/result.h"
#include "app/upkeep.h"
#include "i18n/messages.h"
#include "support/test_store.h"

using namespace pilar;
using namespace pilar::app;

namespace {

const std::string kExample = std::string(PILAR_SOURCE) + "/examples/nhs-ae/";

std::string file(const std::string& name) {
  std::ifstream in(kExample + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

class ImportTest : public test::StoreTest {
 protected:
  ImportTest() : context_{db(), clock_, reference_, SigningKey{{7}}} {
    clock_.set({1'790'000'000'000'000});
    refresh_reference(context_);
    EXPECT_TRUE(install_instrument(context_, top_, file("nhs-ae.yaml"), "nhs-ae.yaml"));
    auto profile = read_import_profile(file("import.yaml"), "import.yaml");
    EXPECT_TRUE(profile);
    profile_ = *profile;
  }

  ImportReport import(const std::string& text, ImportMode mode) {
    std::istringstream in(text);
    CsvReader reader([&](char* buffer, std::size_t size) {
      in.read(buffer, static_cast<std::streamsize>(size));
      return static_cast<std::size_t>(in.gcount());
    });
    auto report = run_import(context_, top_, profile_, reader, mode, [](std::int64_t) {});
    EXPECT_TRUE(report);
    return report.value_or(ImportReport{});
  }

  ResultView result(FacilityKey place, Month from, Month to) {
    auto view = read_result(context_, top_, {"nhs-ae", place, {}, from, to, {}, 1});
    EXPECT_TRUE(view);
    return view.value_or(ResultView{});
  }

  static std::string total(const ResultView& view, std::string_view key) {
    for (const auto& reading : view.measures)
      if (reading.measure->key == key) return reading.total ? text(*reading.total) : "none";
    return "no measure";
  }

  ReferenceHolder reference_;
  Context context_;
  Scope top_{Role::Administrator, {1}, "test"};
  ImportProfile profile_;
};

}  // namespace

/// Totals and months as counted independently from the published data set.
TEST_P(ImportTest, TheNhsFileGivesItsKnownTotals) {
  const auto csv = file("ae_attendances.csv");
  auto dry = import(csv, ImportMode::DryRun);
  EXPECT_EQ(dry.rows, 12'765);
  EXPECT_EQ(dry.refused, 12'765) << "no organisation is registered yet";
  EXPECT_EQ(dry.unknown_places.size(), 274U);
  const auto england = add_place(context_, top_, {FacilityKey{1}, NodeKind::Region, "england", "England", "", Zone::Wib, {}, {}, false});
  ASSERT_TRUE(england);
  std::vector<NewPlace> places;
  for (const auto& code : dry.unknown_places) places.push_back({*england, NodeKind::Facility, code, code, "rs", Zone::Wib, {}, {}, false});
  ASSERT_TRUE(add_places(context_, top_, places));

  dry = import(csv, ImportMode::DryRun);
  EXPECT_EQ(dry.good, 12'765);
  const auto written = import(csv, ImportMode::Write);
  EXPECT_EQ(written.added, 12'765);
  const auto again = import(csv, ImportMode::Write);
  EXPECT_EQ(again.added, 0);
  EXPECT_EQ(again.repeated, 12'765);

  // Sums come from day cells first, then from month cells.
  for (int pass = 0; pass < 2; ++pass) {
    const auto all = result(*england, *parse_month("2016-04"), *parse_month("2019-04"));
    EXPECT_EQ(total(all, "attendances"), "72019402");
    EXPECT_EQ(total(all, "breaches"), "8295237");
    EXPECT_EQ(total(all, "admissions"), "13493280");
    EXPECT_EQ(all.records, 12'765);
    const auto april = result(*england, *parse_month("2016-04"), *parse_month("2016-05"));
    EXPECT_EQ(total(april, "attendances"), "1867781");
    EXPECT_EQ(total(april, "breaches"), "186122");
    while (fold_step(context_, 5000) > 0) continue;
  }
}

TEST_P(ImportTest, EveryFaultNamesItsLineAndColumn) {
  const std::string csv =
      "period,org_code,type,attendances,breaches,admissions\n"
      "2017-03-01,F1,1,100,20,5\n"
      "2017-03-01,F1,9,100,20,5\n"
      "2017-13-01,F1,1,100,20,5\n"
      "2017-04-01,F1,1,10,20,5\n"
      "2017-04-01,F1,1,10\n"
      "2017-04-01,F1,1,,2,x\n";
  const auto report = import(csv, ImportMode::DryRun);
  EXPECT_EQ(report.good, 1);
  EXPECT_EQ(report.refused, 5);
  std::vector<std::pair<std::int64_t, std::string>> found;
  for (const auto& fault : report.faults) found.emplace_back(fault.line, key_of(fault.problem.message));
  EXPECT_EQ(found, (decltype(found){{3, "AnswerNotAnOption"},
                                    {4, "AnswerNotADate"},
                                    {4, "AnswerNotADate"},
                                    {5, "AnswerConstraint"},
                                    {6, "ImportRagged"},
                                    {7, "AnswerRequired"},
                                    {7, "AnswerNotANumber"}}));
}

TEST_P(ImportTest, AFileThatDoesNotFitIsRefusedWhole) {
  const auto refused = [&](const std::string& text) {
    std::istringstream in(text);
    CsvReader reader([&](char* buffer, std::size_t size) {
      in.read(buffer, static_cast<std::streamsize>(size));
      return static_cast<std::size_t>(in.gcount());
    });
    const auto report = run_import(context_, top_, profile_, reader, ImportMode::Write, [](std::int64_t) {});
    return report ? std::string("accepted") : std::string(key_of(report.error().front().message));
  };
  EXPECT_EQ(refused(""), "ImportEmptyFile");
  EXPECT_EQ(refused("period,org,type,attendances,breaches,admissions\n"), "ImportNoColumn");
  EXPECT_EQ(refused("period,org_code,type,attendances,breaches,admissions\n"), "accepted");
}

PILAR_BOTH_ENGINES(ImportTest);
