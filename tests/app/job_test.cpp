#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "app/import_jobs.h"
#include "app/import_run.h"
#include "app/organisation.h"
#include "app/stored_file.h"
#include "base/temporary_file.h"
#include "i18n/messages.h"
#include "i18n/words/job.h"
#include "interchange/table.h"
#include "interchange/xlsx_reader.h"
#include "support/shipped_store.h"

namespace pilar::job_test {

using namespace pilar::app;

constexpr std::int64_t kSecond = 1'000'000;

class JobTest : public test::StoreTest {
 protected:
  explicit JobTest(test::StoreContent content = &test::three_facilities)
      : StoreTest(content),
        context_{db(), clock_, reference_, SigningKey{{7}}, test::kQuickPasswords} {
    clock_.set({1'795'219'200'000'000});
    refresh_reference(context_);
  }
  Uuid start(std::string kind) {
    const auto job = new_job(context_, operator_, {test::kFirst, std::move(kind), "berkas.csv", {}, {}});
    db().write(test::kFirst, [&](store::Write& write) { store::insert_job(write.tx(), job); });
    return job.id;
  }
  store::StoredJob job(const Uuid& id) { return load_job(context_, operator_, id).value(); }
  bool step(const JobKinds& kinds, std::uint8_t process = 1, const std::stop_token& stopping = {}) {
    Uuid id;
    id.bytes.fill(process);
    return job_step(context_, kinds, id, stopping);
  }
  void later(std::int64_t seconds) { clock_.set({clock_.now().micros + seconds * kSecond}); }

  ReferenceHolder reference_;
  Context context_;
  Scope operator_{Role::Administrator, kEverywhere, "cli"};
};

TEST_P(JobTest, AJobRunsOnceAndKeepsItsResult) {
  const auto id = start("uji");
  int runs = 0;
  const JobKinds kinds{{"uji", [&](JobRun& run) {
                          ++runs;
                          EXPECT_TRUE(run.beat(3, 10));
                          return std::optional(JobEnd{JobState::Done, {{"rows", 10}}, {}, {}});
                        }}};
  EXPECT_EQ(job(id).state, JobState::Waiting);
  EXPECT_TRUE(step(kinds));
  EXPECT_FALSE(step(kinds)) << "nothing is left to do";
  EXPECT_EQ(runs, 1);
  EXPECT_EQ(job(id).state, JobState::Done);
  EXPECT_EQ(job(id).done, 10) << "a job that is done is whole";
  EXPECT_EQ(job(id).result, R"({"rows":10})");
  EXPECT_TRUE(job(id).ended_at);
}

TEST_P(JobTest, AnotherProcessTakesAJobOverOnlyWhenItsLeaseRanOut) {
  const auto id = start("uji");
  const JobKinds dies{{"uji", [](JobRun&) -> std::optional<JobEnd> { throw Fault("read", "gone", true); }}};
  EXPECT_THROW(step(dies, 1), Fault) << "as when the process dies: nothing is told to the store";
  int runs = 0;
  const JobKinds works{{"uji", [&](JobRun&) {
                          ++runs;
                          return std::optional(JobEnd{});
                        }}};
  EXPECT_FALSE(step(works, 2)) << "the first process may still be at it";
  later(16);
  EXPECT_TRUE(step(works, 2));
  EXPECT_EQ(runs, 1);
  EXPECT_EQ(job(id).state, JobState::Done);
}

TEST_P(JobTest, WhoLostItsLeaseStopsAndChangesNothing) {
  const auto id = start("uji");
  const JobKinds other{{"uji", [](JobRun&) { return std::optional(JobEnd{JobState::Done, {{"by", 2}}, {}, {}}); }}};
  const JobKinds slow{{"uji", [&](JobRun&) {
                         later(20);
                         EXPECT_TRUE(step(other, 2)) << "it was taken over meanwhile";
                         return std::optional(JobEnd{JobState::Done, {{"by", 1}}, {}, {}});
                       }}};
  EXPECT_TRUE(step(slow, 1));
  EXPECT_EQ(job(id).result, R"({"by":2})");
}

TEST_P(JobTest, AStoppingProcessLetsGoAtOnceAndAnotherGoesOnFromThere) {
  const auto id = start("uji");
  std::stop_source stop;
  const JobKinds first{{"uji", [&](JobRun& run) -> std::optional<JobEnd> {
                          stop.request_stop();
                          EXPECT_FALSE(run.beat(5, 10, R"({"rows":5})"));
                          return run.stopped({});
                        }}};
  EXPECT_TRUE(step(first, 1, stop.get_token()));
  EXPECT_EQ(job(id).state, JobState::Running);
  const JobKinds second{{"uji", [&](JobRun& run) {
                           EXPECT_EQ(run.job().resume, R"({"rows":5})");
                           EXPECT_EQ(run.job().done, 5);
                           return std::optional(JobEnd{});
                         }}};
  later(1);
  EXPECT_TRUE(step(second, 2)) << "without waiting for the lease";
  EXPECT_EQ(job(id).state, JobState::Done);
}

TEST_P(JobTest, AJobIsCancelledBeforeAndWhileItRuns) {
  const auto waiting = start("uji");
  ASSERT_TRUE(cancel_job(context_, operator_, waiting));
  EXPECT_EQ(job(waiting).state, JobState::Cancelled);
  EXPECT_FALSE(cancel_job(context_, operator_, waiting)) << "it is over";
  const auto running = start("uji");
  const JobKinds kinds{{"uji", [&](JobRun& run) -> std::optional<JobEnd> {
                          EXPECT_TRUE(cancel_job(context_, operator_, running));
                          while (run.beat(1, 2)) continue;
                          return run.stopped({JobState::Done, {{"rows", 1}}, {}, {}});
                        }}};
  EXPECT_TRUE(step(kinds));
  EXPECT_EQ(job(running).state, JobState::Cancelled);
  EXPECT_EQ(job(running).result, R"({"rows":1})") << "what was done is told";
}

TEST_P(JobTest, ABrokenJobSaysSoInWordsAndAPassingFaultIsTriedFiveTimes) {
  const auto bug = start("rusak");
  const JobKinds kinds{{"rusak", [](JobRun&) -> std::optional<JobEnd> { throw Bug("inside"); }},
                       {"putus", [](JobRun&) -> std::optional<JobEnd> { throw Fault("read", "gone", true); }}};
  EXPECT_TRUE(step(kinds));
  EXPECT_EQ(job(bug).state, JobState::Failed);
  ASSERT_EQ(problems_of(job(bug)).size(), 1U);
  EXPECT_EQ(problems_of(job(bug)).front().message, Msg::JobBroken);
  EXPECT_EQ(job(bug).problems.find("inside"), std::string::npos) << "what is inside stays in the log";
  const auto fault = start("putus");
  for (int i = 0; i < 4; ++i, later(16)) EXPECT_THROW(step(kinds), Fault);
  EXPECT_TRUE(step(kinds));
  EXPECT_EQ(job(fault).state, JobState::Failed);
}

TEST_P(JobTest, NobodySeesAnothersJob) {
  const auto id = start("uji");
  const Scope stranger{Role::Officer, test::kSecond, "account:9"};
  EXPECT_FALSE(load_job(context_, stranger, id));
  EXPECT_FALSE(cancel_job(context_, stranger, id));
  EXPECT_TRUE(list_jobs(context_, stranger, {.all = true}).empty());
  EXPECT_EQ(list_jobs(context_, operator_, {.all = true}).size(), 1U);
}

TEST_P(JobTest, FilesLieInPiecesAndGoWhenTheyAreOld) {
  std::string content;
  for (int i = 0; content.size() < 3 * store::kChunkBytes + 7; ++i) content += std::to_string(i) + ",";
  FileWriter writer(context_, test::kFirst, "besar.csv");
  for (std::size_t at = 0; at < content.size(); at += 1000) writer.write(std::string_view(content).substr(at, 1000));
  const auto id = writer.close();
  const auto file = find_stored_file(context_, test::kFirst, id);
  ASSERT_TRUE(file);
  EXPECT_EQ(file->bytes, static_cast<std::int64_t>(content.size()));
  auto next = chunks_of(context_, *file);
  std::string read;
  for (auto piece = next(); !piece.empty(); piece = next()) read += piece;
  EXPECT_EQ(read, content);
  const auto bytes = random_bytes(context_, *file);
  std::string some(10, ' ');
  EXPECT_EQ(bytes.read(store::kChunkBytes - 5, some.data(), some.size()), 5U);
  EXPECT_EQ(some.substr(0, 5), content.substr(store::kChunkBytes - 5, 5));
  EXPECT_EQ(bytes.read(content.size(), some.data(), some.size()), 0U);
  FileWriter broken(context_, test::kFirst, "putus.csv");
  broken.write("tidak selesai");
  later(29 * 24 * 3600);
  clear_jobs(context_);
  EXPECT_TRUE(find_stored_file(context_, test::kFirst, id));
  later(2 * 24 * 3600);
  clear_jobs(context_);
  EXPECT_FALSE(find_stored_file(context_, test::kFirst, id));
  EXPECT_EQ(number("test.chunks", "SELECT COUNT(*) FROM stored_chunk"), 0);
  EXPECT_EQ(number("test.files", "SELECT COUNT(*) FROM stored_file"), 0) << "what was never whole too";
}

class ImportRunTest : public JobTest {
 protected:
  ImportRunTest() : JobTest(&test::shipped_instruments) {
    place_ = add_place(context_, operator_, {{}, NodeKind::Facility, "melati", "Puskesmas Melati", "puskesmas", Zone::Wib, {}, {}, false})
                 .value();
  }
  store::StoredImport import(const Uuid& id) { return load_import(context_, operator_, id).value(); }
  void work() {
    while (step(job_kinds())) continue;
  }
  std::string answers(const store::StoredImport& one) {
    const auto file = find_stored_file(context_, place_, one.answers.value());
    auto next = chunks_of(context_, file.value());
    std::string read;
    for (auto piece = next(); !piece.empty(); piece = next()) read += piece;
    return read;
  }
  FacilityKey place_;
};

const std::string kVisits =
    "Tanggal;Rawat Jalan;Rawat Inap;Catatan\r\n"
    "31/10/2026;120;3;baik\r\n"
    "30/09/2026;99;x;\r\n"
    "31/08/2026;80;1;\r\n";

TEST_P(ImportRunTest, AFileIsReadCheckedMendedSavedAndUndone) {
  const auto id = begin_import(context_, operator_, place_, "C:\\data\\kunjungan.csv", kVisits);
  ASSERT_TRUE(id) << say(Lang::En, id.error().front());
  auto one = import(*id);
  EXPECT_EQ(one.file_name, "kunjungan.csv");
  const auto profile = profile_of(one);
  EXPECT_EQ(profile.instrument, "kunjungan-bulanan") << "its items fit best";
  EXPECT_EQ(profile.at.column, "Tanggal");
  EXPECT_EQ(profile.facility.fixed, "melati");
  EXPECT_EQ(profile.file.separator, ';');
  ASSERT_NE(profile.find("rawat_jalan"), nullptr);
  EXPECT_EQ(profile.find("rawat_jalan")->from.column, "Rawat Jalan");
  EXPECT_FALSE(start_writing(context_, operator_, *id, one.version, true)) << "it was not checked";
  ASSERT_TRUE(start_check(context_, operator_, *id, one.version, Lang::Id));
  EXPECT_FALSE(start_check(context_, operator_, *id, one.version, Lang::Id)) << "it is being checked";
  work();
  one = import(*id);
  ASSERT_EQ(one.state, ImportState::Checked);
  auto report = report_from_json(one.report);
  EXPECT_EQ(report.added, 2);
  EXPECT_EQ(report.refused, 1);
  ASSERT_EQ(report.faults.size(), 1U);
  EXPECT_EQ(report.faults.front().cell, "C3");
  EXPECT_EQ(report.faults.front().column, "Rawat Inap");
  const auto given_back = answers(one);
  EXPECT_TRUE(
      given_back.starts_with("\xEF\xBB\xBFTanggal;Rawat Jalan;Rawat Inap;Catatan;Yang perlu diperbaiki\r\n31/10/2026;120;3;baik;\r\n"))
      << given_back;
  EXPECT_NE(given_back.find("30/09/2026;99;x;;\"Rawat Inap (C3): ") != std::string::npos
                ? 0
                : given_back.find("30/09/2026;99;x;;Rawat Inap (C3): "),
            std::string::npos)
      << given_back;
  EXPECT_EQ(number("test.all_records", "SELECT COUNT(*) FROM record"), 0) << "nothing is written until confirmed";

  ASSERT_TRUE(start_writing(context_, operator_, *id, one.version, true));
  work();
  one = import(*id);
  EXPECT_EQ(one.state, ImportState::Written);
  EXPECT_EQ(report_from_json(one.report).added, 2);
  EXPECT_EQ(number("test.records", "SELECT COUNT(*) FROM record WHERE state = 1"), 2);

  auto mended = kVisits;
  mended.replace(mended.find(";x;"), 3, ";2;");
  const auto second = begin_import(context_, operator_, place_, "kunjungan.csv", mended);
  ASSERT_TRUE(second);
  ASSERT_TRUE(start_check(context_, operator_, *second, import(*second).version, Lang::Id));
  work();
  report = report_from_json(import(*second).report);
  EXPECT_EQ(report.added, 1);
  EXPECT_EQ(report.repeated, 2);
  EXPECT_FALSE(import(*second).answers) << "nothing is wrong";
  ASSERT_TRUE(start_writing(context_, operator_, *second, import(*second).version, true));
  work();
  EXPECT_EQ(number("test.records", "SELECT COUNT(*) FROM record WHERE state = 1"), 3);

  ASSERT_TRUE(start_undo(context_, operator_, *id, import(*id).version));
  work();
  EXPECT_EQ(import(*id).state, ImportState::Undone);
  EXPECT_EQ(number("test.records", "SELECT COUNT(*) FROM record WHERE state = 1"), 1) << "the other import stays";
  EXPECT_FALSE(start_undo(context_, operator_, *id, import(*id).version));
}

TEST_P(ImportRunTest, AWorkbookComesBackAsAWorkbook) {
  Table table;
  table.columns = {{"Tanggal", TableColumn::Kind::Day, TableColumn::kAllDigits, {}},
                   {"Rawat Jalan", TableColumn::Kind::Number, TableColumn::kAllDigits, {}},
                   {"Rawat Inap", TableColumn::Kind::Text, TableColumn::kAllDigits, {}}};
  table.rows = [](const OnTableRow& row) {
    row(std::vector<TableCell>{*parse_day("2026-10-31"), Decimal::whole(120), std::string("3")});
    row(std::vector<TableCell>{*parse_day("2026-09-30"), Decimal::whole(99), std::string("=1+1")});
  };
  const TemporaryFile file;
  write_xlsx(table, file.path());
  std::ifstream in(file.path(), std::ios::binary);
  const std::string content{std::istreambuf_iterator<char>(in), {}};
  const auto id = begin_import(context_, operator_, place_, "kunjungan.xlsx", content);
  ASSERT_TRUE(id) << say(Lang::En, id.error().front());
  ASSERT_TRUE(start_check(context_, operator_, *id, import(*id).version, Lang::En));
  work();
  const auto one = import(*id);
  ASSERT_EQ(one.state, ImportState::Checked);
  const auto report = report_from_json(one.report);
  EXPECT_EQ(report.added, 1);
  ASSERT_EQ(report.refused, 1);
  EXPECT_EQ(report.faults.front().cell, "C3");
  EXPECT_EQ(find_stored_file(context_, place_, one.answers.value())->name, "kunjungan - to mend.xlsx");
  const auto book = XlsxBook::of_bytes(answers(one));
  ASSERT_TRUE(book);
  const auto rows = book->rows(0);
  ASSERT_TRUE(rows);
  ASSERT_EQ((*rows)->next(), TableReader::Step::Row);
  EXPECT_EQ((*rows)->fields().back(), "To be mended");
  ASSERT_EQ((*rows)->next(), TableReader::Step::Row);
  EXPECT_EQ((*rows)->fields().front(), "2026-10-31");
  ASSERT_EQ((*rows)->next(), TableReader::Step::Row);
  EXPECT_EQ((*rows)->fields()[2], "=1+1") << "the user's own text, as a text";
  EXPECT_TRUE((*rows)->fields().back().starts_with("Rawat Inap (C3): ")) << (*rows)->fields().back();
}

TEST_P(ImportRunTest, AKeptProfileIsUsedForTheNextFileAndCanBeRenamed) {
  const auto id = begin_import(context_, operator_, place_, "a.csv", kVisits);
  ASSERT_TRUE(id);
  auto profile = profile_of(import(*id));
  profile.key = {"Tanggal", "Catatan"};
  EXPECT_FALSE(save_profile(context_, operator_, place_, "  ", profile));
  ASSERT_TRUE(save_profile(context_, operator_, place_, "Kunjungan dari P-Care", profile));
  const auto next = begin_import(context_, operator_, place_, "b.csv", kVisits);
  EXPECT_EQ(profile_of(import(*next)).key, profile.key);
  ASSERT_TRUE(rename_profile(context_, operator_, place_, "Kunjungan dari P-Care", "P-Care"));
  EXPECT_FALSE(rename_profile(context_, operator_, place_, "Kunjungan dari P-Care", "lain"));
  ASSERT_EQ(list_profiles(context_, operator_, place_).size(), 1U);
  EXPECT_TRUE(read_import_profile(list_profiles(context_, operator_, place_).front().content, "p"));
  ASSERT_TRUE(delete_profile(context_, operator_, place_, "P-Care"));
  EXPECT_TRUE(list_profiles(context_, operator_, place_).empty());
}

TEST_P(ImportRunTest, FilesThatCannotBeReadAreRefusedAtTheDoor) {
  const auto refused = [&](std::string_view content) {
    const auto id = begin_import(context_, operator_, place_, "x.xlsx", content);
    return id ? std::string("accepted") : std::string(key_of(id.error().front().message));
  };
  EXPECT_EQ(refused(""), "ImportEmptyFile");
  EXPECT_EQ(refused(" \r\n;;;\r\n\t\r\n"), "ImportEmptyFile") << "nothing but separators";
  EXPECT_EQ(refused("PK\x03\x04 this is no zip file"), "XlsxBroken");
  EXPECT_EQ(refused("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 short"), "XlsxLocked");
  EXPECT_EQ(refused("Tanggal;Rawat Jalan\r\n\"31/10/2026;5\r\n"), "CsvOpenQuote");
  EXPECT_EQ(refused("Tanggal;Rawat Jalan;Rawat Inap\r\n"), "accepted") << "only a header: its page says so";
  EXPECT_EQ(number("test.files", "SELECT COUNT(*) FROM stored_file"), 1) << "what was refused is not kept";
}

TEST_P(ImportRunTest, AStrangerSeesNothingOfIt) {
  const auto id = begin_import(context_, operator_, place_, "a.csv", kVisits);
  const Scope stranger{Role::Officer, test::kSecond, "account:9"};
  EXPECT_FALSE(load_import(context_, stranger, *id));
  EXPECT_FALSE(begin_import(context_, stranger, place_, "a.csv", kVisits));
  EXPECT_FALSE(start_check(context_, stranger, *id, 1, Lang::Id));
  EXPECT_TRUE(list_imports(context_, stranger, 10).empty());
  const Scope officer{Role::Officer, place_, "account:8"};
  if (!officer.may(Right::CorrectRecords)) { EXPECT_FALSE(start_undo(context_, officer, *id, 1)); }
}

PILAR_BOTH_ENGINES(JobTest);
PILAR_BOTH_ENGINES(ImportRunTest);

}  // namespace pilar::job_test
