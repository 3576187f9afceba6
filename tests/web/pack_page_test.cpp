#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <future>
#include <iterator>

#include "app/account.h"
#include "app/instrument.h"
#include "app/organisation.h"
#include "base/embedded.h"
#include "base/json.h"
#include "domain/instrument_change.h"
#include "i18n/messages.h"
#include "i18n/words/files.h"
#include "i18n/words/import.h"
#include "i18n/words/pack.h"
#include "i18n/words/pack_page.h"
#include "i18n/words/result.h"
#include "i18n/words/xlsform.h"
#include "interchange/fhir.h"
#include "interchange/pack.h"
#include "interchange/xlsform.h"
#include "support/round_pack.h"
#include "support/test_store.h"
#include "support/workbook_bytes.h"
#include "web/site.h"

namespace pilar::pack_page_test {
constexpr std::string_view kPackWord = "kata sandi yang panjang";
using Form = std::vector<std::pair<std::string, std::string>>;

std::string replaced(std::string_view text, std::string_view from, std::string_view to) {
  std::string out(text);
  const auto at = out.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  if (at != std::string::npos) out.replace(at, from.size(), to);
  return out;
}

std::string workbook_of(std::string_view pack) {
  const auto path = std::filesystem::temp_directory_path() / "pilar-pack-page.xlsx";
  xlsform::write_workbook(xlsform::sheets_of(read_pack(pack, "uji.yaml").value()), path.string());
  std::ifstream in(path, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(in), {}};
  std::filesystem::remove(path);
  return bytes;
}

/// The door of instruments, as two administrators and an officer see it.
class PackPageTest : public test::StoreTest {
 protected:
  PackPageTest() : context_{db(), clock_, reference_, SigningKey{{7}}, test::kQuickPasswords}, site_(context_) {
    clock_.set({1'795'219'200'000'000});
    app::refresh_reference(context_);
    payer_ = app::add_place(context_, operator_, {.kind = NodeKind::Payer, .code = "penjamin", .name = "Penjamin"}).value();
    branch_ = app::add_place(context_, operator_, {.parent = payer_, .kind = NodeKind::Branch, .code = "cabang", .name = "Cabang"}).value();
    add_person("pusat", Role::Administrator, payer_);
    add_person("cabang", Role::Administrator, branch_);
    add_person("dinas", Role::DistrictOffice, payer_);
  }

  void add_person(const std::string& login, Role role, FacilityKey place) {
    ASSERT_TRUE(app::create_account(context_, operator_, {login, "Nama " + login, std::string(kPackWord), role, place}));
  }
  const std::string& session(const std::string& login) {
    auto& token = sessions_[login];
    if (token.empty()) token = app::sign_in(context_, login, kPackWord, "Firefox, Linux").value();
    return token;
  }
  http::Reply ask(http::Request request, const std::string& login) {
    request.headers.emplace_back("host", "mutu.test");
    request.headers.emplace_back("cookie", "pilar_sesi=" + session(login));
    std::promise<http::Reply> answer;
    site_.handle(std::move(request), [&](http::Reply reply) { answer.set_value(std::move(reply)); });
    return answer.get_future().get();
  }
  static http::Request request_of(http::Method method, std::string_view target) {
    auto parsed = http::parse_target(target).value();
    return {.method = method, .path = parsed.path, .query = parsed.query};
  }
  http::Reply get(std::string_view target, const std::string& login = "pusat") { return ask(request_of(http::Method::Get, target), login); }
  http::Reply post(std::string_view target, Form form, const std::string& login = "pusat") {
    auto request = request_of(http::Method::Post, target);
    request.headers.emplace_back("content-type", "application/x-www-form-urlencoded");
    form.emplace_back("csrf", app::csrf_token(context_, session(login)));
    for (const auto& [name, value] : form)
      request.body += (request.body.empty() ? "" : "&") + http::percent_encode(name) + "=" + http::percent_encode(value);
    return ask(std::move(request), login);
  }
  http::Reply send(const std::string& name, const std::string& content, const std::string& login = "pusat") {
    auto request = request_of(http::Method::Post, "/instrumen/tambah");
    request.headers.emplace_back("content-type", "multipart/form-data; boundary=batas");
    request.body = "--batas\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n" + app::csrf_token(context_, session(login)) +
                   "\r\n--batas\r\nContent-Disposition: form-data; name=\"berkas\"; filename=\"" + name + "\"\r\n\r\n" + content +
                   "\r\n--batas--\r\n";
    return ask(std::move(request), login);
  }
  static std::string location(const http::Reply& reply) {
    for (const auto& [name, value] : reply.headers)
      if (name == "Location") return value;
    ADD_FAILURE() << reply.status << " " << reply.body;
    return "/";
  }
  /// Sends the file and installs it; the status of the last step.
  int install(const std::string& name, const std::string& content, const std::string& seen) {
    const auto where = location(send(name, content));
    return post(where, {{"terlihat", seen}, {"alasan", "surat edaran"}}).status;
  }
  int version_of(std::string_view key) {
    const auto reference = reference_.get();
    const auto* version = reference->latest(key);
    return version == nullptr ? 0 : version->form.version;
  }
  static bool has(const http::Reply& reply, std::string_view text) { return reply.body.find(text) != std::string::npos; }
  static bool says(const http::Reply& reply, Message message) { return has(reply, say(Lang::Id, message)); }

  app::ReferenceHolder reference_;
  app::Context context_;
  web::Site site_;
  Scope operator_{Role::Administrator, kEverywhere, "cli"};
  std::map<std::string, std::string> sessions_;
  FacilityKey payer_, branch_;
};

TEST_P(PackPageTest, AWorkbookIsLookedAtThenInstalled) {
  EXPECT_TRUE(has(get("/instrumen"), "href=\"/instrumen/tambah\""));
  EXPECT_EQ(get("/instrumen/tambah").status, 200);
  const auto sent = send("ronde.xlsx", workbook_of(test::kRoundPack));
  ASSERT_EQ(sent.status, 303) << sent.body;
  const auto where = location(sent);
  const auto page = get(where);
  ASSERT_EQ(page.status, 200) << page.body;
  EXPECT_TRUE(says(page, Msg::PackPageNew));
  EXPECT_TRUE(has(page, "Ronde harian"));
  EXPECT_TRUE(has(page, "${lama} div 60")) << "formulas are shown";
  EXPECT_TRUE(has(page, ". &gt; 0")) << "constraints are shown";
  EXPECT_TRUE(has(page, "perawat = 1, dokter = 2"));
  EXPECT_EQ(version_of("ronde"), 0) << "nothing is installed by looking";
  EXPECT_EQ(post(where, {{"terlihat", "0"}, {"alasan", " "}}).status, 422);
  EXPECT_EQ(version_of("ronde"), 0);
  const auto done = post(where, {{"terlihat", "0"}, {"alasan", "surat edaran 12"}});
  EXPECT_EQ(location(done), "/instrumen/ronde?terpasang=1");
  EXPECT_EQ(version_of("ronde"), 1);
  EXPECT_TRUE(has(get(location(done)), say(Lang::Id, Msg::PackPageInstalled, {"1"})));
  EXPECT_EQ(get(where).status, 404) << "the file is gone";
  const auto trail = get("/jejak?tindakan=instrument.install");
  EXPECT_TRUE(has(trail, "ronde")) << trail.body;
  EXPECT_TRUE(has(trail, "alasan: surat edaran 12, versi 1")) << trail.body;
}

TEST_P(PackPageTest, ANewVersionShowsWhatItChanges) {
  ASSERT_EQ(install("ronde.yaml", std::string(test::kRoundPack), "0"), 303);
  auto next = replaced(test::kRoundPack, "version: 1", "version: 2");
  next = replaced(next, "label: {id: Profesi, en: Profession}", "label: {id: Pekerjaan, en: Profession}");
  next = replaced(next, "{key: catatan, type: text", "{key: pesan, type: text");
  const auto where = location(send("ronde-2.yaml", next));
  const auto page = get(where);
  EXPECT_TRUE(has(page, say(Lang::Id, Msg::PackPageChanges, {"1"})));
  EXPECT_TRUE(has(page, say(Lang::Id, Msg::PackPageChanged, {std::string(say(Lang::Id, Msg::PackPartLabel))})));
  EXPECT_TRUE(says(page, Msg::PackPageRemoved));
  EXPECT_TRUE(has(page, "name=\"terlihat\" value=\"1\"")) << page.body;
  const auto english = get(where + "?bahasa=en");
  EXPECT_TRUE(has(english, "changed: wording"));
  // Somebody else installs another one meanwhile: who looked before looks again.
  ASSERT_EQ(install("ronde-2b.yaml", next + "\n# lain\n", "1"), 303);
  const auto late = post(where, {{"terlihat", "1"}, {"alasan", "x"}});
  EXPECT_EQ(late.status, 409);
  EXPECT_EQ(version_of("ronde"), 2);
  EXPECT_TRUE(has(get(where), say(Lang::Id, Msg::InstrumentVersionTaken, {"2", "3"})));
  EXPECT_FALSE(has(get(where), "name=\"alasan\"")) << "nothing can be installed";
}

TEST_P(PackPageTest, AShippedVersionThatWasLeftOutIsTold) {
  const auto files = embedded_files();
  const auto shipped = std::ranges::find(files, "packs/kessan.yaml", &EmbeddedFile::name);
  ASSERT_NE(shipped, files.end());
  ASSERT_EQ(install("kessan.yaml", std::string(shipped->bytes) + "\n# lain\n", "0"), 303);
  app::install_shipped_instruments(context_, operator_);
  const auto told = say(Lang::Id, Msg::FormLeftOut, {"2", "2"});
  EXPECT_TRUE(has(get("/instrumen"), told)) << get("/instrumen").body;
  EXPECT_TRUE(has(get("/instrumen/kessan"), told));
  EXPECT_FALSE(has(get("/instrumen/skm"), say(Lang::Id, Msg::FormLeftOut, {"2", "2"})));
}

TEST_P(PackPageTest, AVersionBeforeItsPredecessorIsRefused) {
  const auto dated = [](int version, const std::string& day) {
    const auto number = "version: " + std::to_string(version);
    return replaced(test::kRoundPack, "version: 1", number + "\nvalid_from: " + day);
  };
  ASSERT_EQ(install("ronde.yaml", dated(3, "2026-05-01"), "0"), 303);
  const auto lower = location(send("ronde.yaml", dated(2, "2026-06-01")));
  EXPECT_TRUE(has(get(lower), say(Lang::Id, Msg::InstrumentVersionOld, {"3"})));
  EXPECT_EQ(post(lower, {{"terlihat", "3"}, {"alasan", "x"}}).status, 409);
  const auto earlier = location(send("ronde.yaml", dated(4, "2026-04-30")));
  EXPECT_TRUE(has(get(earlier), say(Lang::Id, Msg::InstrumentDateOld, {"1 Mei 2026"})));
  EXPECT_EQ(post(earlier, {{"terlihat", "3"}, {"alasan", "x"}}).status, 409);
  EXPECT_EQ(version_of("ronde"), 3);
  const auto same = location(send("ronde.yaml", dated(3, "2026-05-01")));
  EXPECT_TRUE(has(get(same), say(Lang::Id, Msg::PackPageSame, {"3"})));
  EXPECT_FALSE(has(get(same), "name=\"alasan\""));
}

TEST_P(PackPageTest, AQuestionnaireOfFhirComesInTheSameWay) {
  const auto json = json::print(fhir::questionnaire(read_pack(test::kRoundPack, "uji.yaml").value()));
  const auto page = get(location(send("ronde.json", json)));
  EXPECT_TRUE(has(page, "FHIR Questionnaire R4"));
  EXPECT_EQ(install("ronde.json", json, "0"), 303);
  EXPECT_EQ(version_of("ronde"), 1);
  const auto broken = send("ronde.json", "{\n  \"resourceType\": \"Questionnaire\",\n  rusak\n}");
  EXPECT_EQ(broken.status, 422);
  EXPECT_TRUE(has(broken, say(Lang::Id, Msg::PackPageLine, {"3", "3"}))) << broken.body;
  EXPECT_TRUE(has(send("p.json", R"({"resourceType": "Patient"})"), "resourceType"));
}

TEST_P(PackPageTest, FaultsSayWhereTheyStand) {
  const auto pack = send("ronde.yaml", replaced(test::kRoundPack, "type: yesno", "type: ya-tidak"));
  EXPECT_EQ(pack.status, 422);
  EXPECT_TRUE(has(pack, "baris 21, kolom")) << pack.body;
  EXPECT_TRUE(has(pack, "ronde.yaml"));
  EXPECT_TRUE(has(pack, "yesno")) << "the types that there are";
  const auto cells = R"(<row r="1"><c r="A1" t="inlineStr"><is><t>type</t></is></c></row>)";
  const auto wrong_sheet = send("salah.xlsx", test::workbook_bytes({.sheet_data = cells}));
  EXPECT_EQ(wrong_sheet.status, 422);
  EXPECT_TRUE(says(wrong_sheet, Msg::XlsFormNoSheet)) << wrong_sheet.body;
  auto book = workbook_of(test::kRoundPack);
  EXPECT_EQ(send("ronde.xlsx", book.substr(0, book.size() / 2)).status, 422) << "a broken zip";
  for (auto& byte : std::span(book).subspan(200, 400)) byte = '\x55';
  EXPECT_EQ(send("ronde.xlsx", book).status, 422) << "a damaged zip";
  EXPECT_TRUE(says(send("foto.png", "\x89PNG\r\n\x1a\n0000"), Msg::PackPageUnknownType));
  EXPECT_TRUE(says(send("data.csv", "a,b\n1,2\n"), Msg::PackPageUnknownType));
  const std::string old_name{'W', 0, 'o', 0, 'r', 0, 'k', 0, 'b', 0, 'o', 0, 'o', 0, 'k', 0};
  const std::string compound = std::string("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8) + std::string(600, '\0');
  EXPECT_TRUE(says(send("lama.xls", compound + old_name + std::string(600, '\0')), Msg::XlsxOld));
  EXPECT_TRUE(says(send("rahasia.xlsx", compound), Msg::XlsxLocked));
  EXPECT_TRUE(says(send("kosong.yaml", " \n"), Msg::PackEmpty));
  EXPECT_TRUE(says(send("kosong.xlsx", ""), Msg::ImportEmptyFile));
  EXPECT_TRUE(says(post("/instrumen/tambah", {}), Msg::ImportChooseFile));
  EXPECT_EQ(send("besar.yaml", "instrument: x\n" + std::string(std::size_t{2} << 20U, '#')).status, 422);
  EXPECT_EQ(send(std::string("\xFF\xFE.yaml"), std::string(test::kRoundPack)).status, 400) << "a name that is no text";
  EXPECT_EQ(version_of("ronde"), 0);
}

TEST_P(PackPageTest, OnlyAdministratorsMayAndOnlyTheirOwnFiles) {
  EXPECT_EQ(get("/instrumen/tambah", "dinas").status, 403);
  EXPECT_EQ(send("ronde.yaml", std::string(test::kRoundPack), "dinas").status, 403);
  EXPECT_FALSE(has(get("/instrumen", "dinas"), "/instrumen/tambah"));
  EXPECT_FALSE(has(get("/instrumen", "cabang"), "/instrumen/tambah")) << "instruments are everybody's";
  EXPECT_EQ(send("ronde.yaml", std::string(test::kRoundPack), "cabang").status, 403);
  EXPECT_EQ(get("/debug", "cabang").status, 403);
  EXPECT_EQ(get("/debug").status, 200);
  const auto where = location(send("ronde.yaml", std::string(test::kRoundPack)));
  EXPECT_EQ(get(where, "cabang").status, 404) << "a file of another place";
  EXPECT_EQ(post(where, {{"terlihat", "0"}, {"alasan", "x"}}, "cabang").status, 404);
  EXPECT_EQ(location(post(where + "/batal", {}, "cabang")), "/instrumen/tambah?batal=1");
  EXPECT_EQ(get(where).status, 200) << "it is still there";
  EXPECT_EQ(location(post(where + "/batal", {})), "/instrumen/tambah?batal=1");
  EXPECT_TRUE(says(get("/instrumen/tambah?batal=1"), Msg::PackPageCancelled));
  EXPECT_EQ(get(where).status, 404);
  EXPECT_EQ(version_of("ronde"), 0);
  EXPECT_EQ(get("/instrumen/tambah/bukan-berkas").status, 404);
}

TEST_P(PackPageTest, TheListGoesOutAsFiles) {
  ASSERT_EQ(install("ronde.yaml", std::string(test::kRoundPack), "0"), 303);
  const auto body = [](http::Reply reply) {
    auto out = reply.body;
    while (reply.next_chunk)
      if (const auto piece = reply.next_chunk(); piece.empty())
        reply.next_chunk = {};
      else
        out += piece;
    return out;
  };
  const auto csv = body(get("/instrumen.csv"));
  EXPECT_TRUE(csv.contains("Ronde harian,Untuk petugas,1,9,uji,")) << csv;
  EXPECT_TRUE(csv.contains("Data per,"));
  EXPECT_TRUE(body(get("/instrumen.xlsx")).starts_with("PK"));
  EXPECT_TRUE(body(get("/pekerjaan.csv")).contains("Berakhir"));
  EXPECT_TRUE(body(get("/pekerjaan.xlsx?siapa=semua")).starts_with("PK"));
}

PILAR_BOTH_ENGINES(PackPageTest);

TEST(InstrumentChange, NamesEveryPartOnce) {
  const auto before = read_pack(test::kRoundPack, "a.yaml").value();
  EXPECT_TRUE(changes_between(before, before).empty());
  auto text = replaced(test::kRoundPack, "high: 300", "high: 600");
  text = replaced(text, "when: ${patuh} = 'ya'", "when: ${patuh} = 'tidak'");
  text = replaced(text, "formula: ${lama} div 60", "formula: ${lama} div 61");
  text = replaced(text, "{key: sabun, code: 2, label: {id: Sabun, en: Soap}}", "{key: air, code: 2, label: {id: Air, en: Water}}");
  text = replaced(text, "source: uji", "source: uji baru");
  const auto changes = changes_between(before, read_pack(text, "b.yaml").value());
  ASSERT_EQ(changes.size(), 4U);
  EXPECT_EQ(changes[0].of, FormChange::Of::Instrument);
  EXPECT_EQ(changes[0].parts, std::vector{FormPart::Source});
  EXPECT_EQ(changes[1].key, "cara");
  EXPECT_EQ(changes[1].parts, (std::vector{FormPart::Options, FormPart::When}));
  EXPECT_EQ(changes[2].parts, std::vector{FormPart::Limits});
  EXPECT_EQ(changes[3].parts, std::vector{FormPart::Formula});
}

}  // namespace pilar::pack_page_test
