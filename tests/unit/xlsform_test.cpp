#include "interchange/xlsform.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/embedded.h"
#include "i18n/messages.h"
#include "interchange/pack.h"
#include "support/pack_compare.h"

namespace pilar::xlsform_test {

using xlsform::FormSheet;

Instrument form_of(std::string_view text) {
  auto form = read_pack(text, "uji.yaml");
  if (form) return *std::move(form);
  for (const auto& problem : form.error()) ADD_FAILURE() << problem.field << " " << say(Lang::En, problem) << "\n" << text;
  return {};
}

/// Through the bytes of a real workbook.
Instrument back(const Instrument& form) {
  const auto path = std::filesystem::temp_directory_path() / ("pilar-xlsform-" + form.key + ".xlsx");
  xlsform::write_workbook(xlsform::sheets_of(form), path.string());
  std::ifstream in(path, std::ios::binary);
  const auto sheets = xlsform::read_workbook({std::istreambuf_iterator<char>(in), {}});
  std::filesystem::remove(path);
  if (!sheets) {
    ADD_FAILURE() << say(Lang::En, sheets.error().front());
    return {};
  }
  const auto pack = xlsform::pack_from(*sheets);
  if (pack) return form_of(*pack);
  for (const auto& problem : pack.error()) ADD_FAILURE() << problem.field << " " << say(Lang::En, problem);
  return {};
}

FormSheet sheet(std::string name, std::vector<std::vector<std::string>> rows) {
  FormSheet out{std::move(name), {}};
  for (auto& row : rows) out.rows.push_back({static_cast<std::int64_t>(out.rows.size()) + 1, std::move(row)});
  return out;
}

std::string first_problem(const std::vector<FormSheet>& sheets) {
  const auto pack = xlsform::pack_from(sheets);
  return pack ? "" : pack.error().front().field + " " + std::string(key_of(pack.error().front().message));
}

TEST(XlsForm, EveryShippedPackComesBackEqual) {
  int packs = 0;
  for (const auto& [name, bytes] : embedded_files()) {
    if (!name.starts_with("packs/")) continue;
    const auto form = form_of(std::string(bytes));
    test::expect_equal(form, back(form));
    ++packs;
  }
  EXPECT_GE(packs, 3);
}

TEST(XlsForm, EveryTypeComesBackEqual) {
  const auto form = form_of(test::kEverything);
  test::expect_equal(form, back(form));
}

TEST(XlsForm, ExpressionsAreTranslatedBothWays) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"${a} > 3 and not(${b} = 'ya')", "${a} > 3 and not(${b} = 'ya')"},
      {"coalesce(${a}, ${b}, 0) + 1", "coalesce(${a}, coalesce(${b}, 0)) + 1"},
      {"date-diff(${x}, today()) * 2", "(decimal-date-time(today()) - decimal-date-time(${x})) * 2"},
      {"if(${a} > 1, 2, null())", "if(${a} > 1, 2, '')"},
      {"selected(${m}, 'a') or regex(., '^(a|b), c$')", "selected(${m}, 'a') or regex(., '^(a|b), c$')"},
  };
  for (const auto& [ours, theirs] : cases) {
    EXPECT_EQ(xlsform::to_xpath(ours), theirs);
    EXPECT_EQ(xlsform::from_xpath(theirs), ours);
  }
  EXPECT_EQ(xlsform::from_xpath("${a} != ''"), "coalesce(${a} = ${a}, false())");
  EXPECT_EQ(xlsform::from_xpath("${a} = '' or ${b} = 1"), "not(coalesce(${a} = ${a}, false())) or ${b} = 1");
  for (const auto* broken : {"coalesce(", "date-diff(${a}", "${", "'", "decimal-date-time() -", "null(", "\xE2\x80\x9Cx"}) {
    EXPECT_EQ(xlsform::to_xpath(broken), broken);
    EXPECT_NO_THROW(xlsform::from_xpath(broken));
  }
}

TEST(XlsForm, AFormOfSomebodyElseBecomesAPack) {
  const std::vector<FormSheet> sheets{
      sheet("survey", {{"type", "name", "label::English (en)", "required", "relevant", "constraint", "constraint_message"},
                       {"start", "start"},
                       {"select_one yn", "Smokes", "Do you smoke?", "yes"},
                       {"begin group", "more", "More", "", "${smokes} = 'yes'"},
                       {"integer", "per_day", "How many?", "", "", ". < 100", "Too many"},
                       {"text", "why", "Why?", "", "${per_day} > 10"},
                       {"end group"},
                       {"note", "bye", "Thank you"}}),
      sheet("choices", {{"list_name", "name", "label"}, {"yn", "yes", "Yes"}, {"yn", "no", "No"}}),
      sheet("settings", {{"form_title", "form_id", "version"}, {"Smoking", "Smoking 2", "v1"}})};
  const auto pack = xlsform::pack_from(sheets);
  ASSERT_TRUE(pack) << pack.error().front().field << say(Lang::En, pack.error().front());
  const auto form = form_of(*pack);
  EXPECT_EQ(form.key, "smoking_2");
  ASSERT_EQ(form.items.size(), 3U);
  EXPECT_EQ(form.items[1].relevance.source, "(${smokes} = 'yes')");
  EXPECT_EQ(form.items[2].relevance.source, "(${smokes} = 'yes') and (${per_day} > 10)");
  EXPECT_EQ(form.items[1].constraint_message.en, "Too many");
  EXPECT_EQ(form.sections.size(), 2U);
  EXPECT_EQ(form.items[0].label.id, "Do you smoke?") << "what has one language stands in both";
}

TEST(XlsForm, FaultsNameSheetAndCell) {
  const auto titles = std::vector<std::string>{"type", "name", "label", "relevant"};
  const auto survey = [&](std::vector<std::string> row) { return std::vector<FormSheet>{sheet("survey", {titles, std::move(row)})}; };
  EXPECT_EQ(first_problem({}), "survey XlsFormNoSheet");
  EXPECT_EQ(first_problem({sheet("survey", {{"type"}})}), "survey!A1 XlsFormNoColumn");
  EXPECT_EQ(first_problem(survey({"geopoint", "a", "A"})), "survey!A2 XlsFormTypeUnknown");
  EXPECT_EQ(first_problem(survey({"select_one lost", "a", "A"})), "survey!A2 XlsFormListUnknown");
  EXPECT_EQ(first_problem(survey({"begin_repeat", "a", "A"})), "survey!A2 XlsFormRepeat");
  EXPECT_EQ(first_problem(survey({"end_group"})), "survey!A2 XlsFormGroupEnd");
  EXPECT_EQ(first_problem(survey({"begin_group", "a", "A"})), "survey!A2 XlsFormGroupOpen");
  EXPECT_EQ(first_problem(survey({"text", "", "A"})), "survey!B2 XlsFormNoName");
  EXPECT_EQ(first_problem(survey({"text", "a", "A", "${later} = 1"})).substr(0, 9), "survey!D2") << "a condition is wrong in its own cell";
  EXPECT_FALSE(xlsform::read_workbook("no workbook"));
}

}  // namespace pilar::xlsform_test
