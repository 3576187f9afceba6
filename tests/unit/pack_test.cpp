#include "interchange/pack.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/embedded.h"
#include "base/hash.h"
#include "base/text.h"
#include "domain/record.h"
#include "i18n/messages.h"
#include "interchange/import_profile.h"
#include "interchange/kamus.h"

namespace pilar::pack_test {
const std::filesystem::path kSource = PILAR_SOURCE;

std::string content_of(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// One line per fault: "line:column Message [arg]".
std::string faults_of(std::string_view yaml) {
  const auto pack = read_pack(yaml, "uji.yaml");
  if (pack) return "none";
  std::string out;
  for (const auto& problem : pack.error()) {
    EXPECT_TRUE(problem.field.starts_with("uji.yaml:")) << problem.field;
    EXPECT_FALSE(say(Lang::Id, problem).empty());
    out += (out.empty() ? "" : "\n") + problem.field.substr(9) + " " + std::string(key_of(problem.message));
    for (const auto& arg : problem.args) out += " [" + arg + "]";
  }
  return out;
}

Instrument shipped(const std::string& path) {
  auto pack = read_pack(content_of(kSource / path), path);
  if (!pack)
    for (const auto& problem : pack.error()) ADD_FAILURE() << problem.field << " " << say(Lang::En, problem);
  return pack ? *std::move(pack) : Instrument{};
}

const std::string kHead =
    "instrument: uji\nversion: 1\ntitle: {id: Uji, en: Test}\npurpose: {id: Uji, en: Test}\nsource: uji\npillar: ppk\n";
const std::string kSection = "sections:\n- key: satu\n  title: {id: Satu, en: One}\n  items:\n";

/// A pack with these items; the first of them begins at line 11.
std::string with_items(std::string_view items) { return kHead + kSection + std::string(items); }
/// A pack with two good items and these measures, which begin at line 14.
std::string with_measures(std::string_view measures) {
  return with_items("  - {key: a, type: number, label: {id: A, en: A}}\n  - {key: b, type: yesno, label: {id: B, en: B}}\nmeasures:\n") +
         std::string(measures);
}

void expect_both(const Words& words, const std::string& where, bool needed) {
  EXPECT_EQ(words.id.empty(), words.en.empty()) << where;
  if (needed) { EXPECT_FALSE(words.empty()) << where; }
}

TEST(Pack, ReadsEveryMember) {
  const auto pack = read_pack(R"(
instrument: contoh-lengkap
version: 3
title: {id: Contoh, en: Example}
purpose: {id: Untuk uji, en: For a test}
source: buku
mark: {id: susunan sendiri, en: own wording}
pillar: asuradur
public: ya
valid_from: 2026-07-01
option_lists:
  mutu:
    - {key: buruk, code: 1, label: {id: Buruk, en: Poor}}
    - {key: baik, code: 2, label: {id: Baik, en: Good}}
    - {key: lewat, code: 9, label: {id: Tidak berlaku, en: Does not apply}, not_applicable: true}
sections:
  - key: awal
    title: {id: Awal, en: Start}
    hint: {id: Isi, en: Fill in}
    items:
      - {key: mutu, type: scale, label: {id: M, en: M}, options: mutu, required: yes, by: jalur, may_be: [not_observed, not_applicable]}
      - key: jalur
        type: choice
        label: {id: J, en: J}
        options:
          - {key: no, code: 0, label: {id: "Tidak", en: "No"}}
          - {key: ya, code: 1, label: {id: Ya, en: Yes}}
      - {key: gejala, type: multiple, label: {id: G, en: G}, options: mutu}
  - key: akhir
    step: 2
    title: {id: Akhir, en: End}
    items:
      - {key: hadir, type: yesno, label: {id: H, en: H}, hint: {id: h, en: h}, help: {id: hh, en: hh}, source: pasal 1}
      - key: berat
        type: number
        label: {id: B, en: W}
        digits: 1
        low: 0.5
        high: 300
        unit: kg
        when: ${hadir} = 'ya' and ${mutu} < 2
        must: . > 1
        message: {id: Terlalu ringan, en: Too light}
      - {key: dua_kali, type: calculation, label: {id: D, en: D}, digits: 2, formula: "${berat} * 2", unit: kg}
      - {key: hari, type: date, label: {id: T, en: D}}
      - {key: jam, type: time, label: {id: T, en: T}}
      - {key: saat, type: instant, label: {id: T, en: T}}
      - {key: catatan, type: text, label: {id: C, en: N}, max_length: 100}
      - {key: foto, type: photo, label: {id: F, en: P}}
measures:
  - {key: nilai, type: rating, title: {id: N, en: R}, meaning: {id: n, en: r}, items: mutu, minimum: 30, visits: kunjungan-bulanan/kunjungan}
  - {key: ikm, type: skm, title: {id: I, en: I}, items: [mutu], target: 76.61}
  - {key: hadir, type: share, title: {id: H, en: H}, items: [hadir, jalur], positive: [ya]}
  - {key: jumlah, type: sum, title: {id: J, en: S}, items: dua_kali}
  - {key: rasio, type: ratio, title: {id: R, en: R}, numerator: berat, denominator: dua_kali, complement: yes}
)",
                              "contoh.yaml");
  ASSERT_TRUE(pack) << say(Lang::En, pack.error().front()) << pack.error().front().field;
  EXPECT_EQ(pack->key, "contoh-lengkap");
  EXPECT_EQ(pack->version, 3);
  EXPECT_EQ(pack->pillar, Pillar::Asuradur);
  EXPECT_TRUE(pack->is_public);
  EXPECT_EQ(pack->valid_from, parse_day("2026-07-01"));
  EXPECT_EQ(pack->mark.en, "own wording");
  EXPECT_TRUE(pack->content.starts_with("\ninstrument: contoh-lengkap"));
  ASSERT_EQ(pack->sections.size(), 2U);
  EXPECT_EQ(pack->sections[1].step, 2);
  ASSERT_EQ(pack->items.size(), 11U);

  const auto& mutu = pack->items[0];
  EXPECT_EQ(mutu.kind, ItemKind::Scale);
  EXPECT_TRUE(mutu.required && mutu.may_be_not_observed && mutu.may_be_not_applicable);
  EXPECT_EQ(mutu.by, std::vector<std::size_t>{1});
  ASSERT_EQ(mutu.options.size(), 3U);
  EXPECT_TRUE(mutu.options[2].not_applicable);
  EXPECT_EQ(pack->items[1].options[0].key, "no");
  EXPECT_EQ(pack->items[1].options[0].label.en, "No");
  EXPECT_EQ(pack->items[2].options.size(), 3U);

  const auto& hadir = *pack->find("hadir");
  ASSERT_EQ(hadir.options.size(), 2U);
  EXPECT_EQ(find_option(hadir, "ya")->code, 1);
  EXPECT_EQ(find_option(hadir, "tidak")->code, 0);
  EXPECT_EQ(hadir.section, 1U);

  const auto& berat = *pack->find("berat");
  EXPECT_EQ(berat.digits, 1);
  EXPECT_EQ(berat.low, parse_decimal("0.5"));
  EXPECT_EQ(berat.high, parse_decimal("300"));
  EXPECT_EQ(berat.relevance.source, "${hadir} = 'ya' and ${mutu} < 2");
  EXPECT_EQ(berat.constraint.uses, std::vector<std::int32_t>{4});
  EXPECT_EQ(berat.constraint_message.en, "Too light");
  EXPECT_FALSE(pack->find("dua_kali")->calculation.empty());
  EXPECT_EQ(pack->find("catatan")->max_length, 100U);

  ASSERT_EQ(pack->measures.size(), 5U);
  EXPECT_EQ(pack->measures[0].minimum, 30);
  EXPECT_EQ(pack->measures[0].visits, "kunjungan-bulanan/kunjungan");
  EXPECT_EQ(pack->measures[1].target, parse_decimal("76.61"));
  EXPECT_EQ(pack->measures[2].positive, std::vector<std::string>{"ya"});
  EXPECT_EQ(pack->measures[4].denominator, "dua_kali");
  EXPECT_TRUE(pack->measures[4].complement);
}

TEST(Pack, SaysWhatIsWrongInAFile) {
  EXPECT_EQ(faults_of(""), "1:1 PackEmpty");
  EXPECT_EQ(faults_of("# hanya komentar\n"), "1:1 PackEmpty");
  EXPECT_EQ(faults_of("\n\n~"), "1:1 PackEmpty");
  EXPECT_EQ(faults_of("halo"), "1:1 PackNeedsMapping");
  EXPECT_EQ(faults_of("- a"), "1:1 PackNeedsMapping");
  EXPECT_EQ(faults_of("a: \xFF"), "1:1 PackNotText");
  EXPECT_EQ(faults_of("a: 1\nb: \x04 c"), "2:4 PackControlCharacter");
  EXPECT_EQ(faults_of("a: b: c"), "1:5 PackSyntax");
  EXPECT_EQ(faults_of("x: 1\ny: [1, 2\nz: 3\n"), "3:2 PackSyntax");
  EXPECT_EQ(faults_of("a: &x 1\nb: *x"), "1:4 PackNoAnchors");
  EXPECT_EQ(faults_of("a: !!str 1"), "1:4 PackNoTags");
  EXPECT_EQ(faults_of("? [a]\n: 1"), "1:3 PackKeyIsText");
  EXPECT_EQ(faults_of(kHead + "---\na: 1"), "7:1 PackOneDocument");
  EXPECT_EQ(faults_of(std::string((1U << 20U) + 1, '#')), "1:1 PackTooLarge [1024]");
  EXPECT_EQ(faults_of("a: " + std::string(50, '[') + std::string(50, ']')), "1:19 PackTooDeep [16]");
}

TEST(Pack, ReportsAllFaultsTogether) {
  EXPECT_EQ(faults_of("instrument: Uji Coba\nversion: nol\ntitel: x\ntitle: Uji\npurpose: {id: Uji}\nsource:\npillar: pasien\npillar: ppk\n"
                      "public: mungkin\nvalid_from: besok\n"),
            "1:1 PackKeyMissing [sections]\n"
            "1:13 PackBadKey [Uji Coba] [40]\n"
            "2:10 PackNeedsWhole [version] [1] [9999]\n"
            "3:1 PackKeyUnknownNear [titel] [title]\n"
            "4:8 PackNeedsBoth\n"
            "5:10 PackKeyMissing [en]\n"
            "6:1 PackKeyMissing [source]\n"
            "7:9 PackNeedsWord [pillar] [peserta, ppk, asuradur]\n"
            "8:1 PackKeyTwice [pillar]\n"
            "9:9 PackNeedsYesNo [public]\n"
            "10:13 PackNeedsDate [valid_from]");
}

TEST(Pack, SaysWhatIsWrongWithItems) {
  EXPECT_EQ(faults_of(with_items("  - {key: a, type: nomber, label: {id: A, en: A}}\n")), "11:20 PackNeedsWordNear [nomber] [number]");
  EXPECT_EQ(faults_of(with_items("  - {key: a, type: text, label: {id: A, en: A}}\n  - {key: a, type: text, label: {id: A, en: A}}\n")),
            "12:11 PackNameTwice [a]");
  EXPECT_EQ(faults_of(with_items("  - {key: a, type: text, label: {id: A, en: A}, low: 3, formla: x}\n")),
            "11:49 PackKeyNotForType [low] [text]\n"
            "11:57 PackKeyUnknown [formla] [key, type, label, hint, help, source, when, required, may_be, max_length, must, message]");
  EXPECT_EQ(faults_of(with_items("  - {key: a, type: choice, label: {id: A, en: A}}\n")), "11:5 PackKeyMissing [options]");
  EXPECT_EQ(faults_of(with_items("  - {key: a, type: choice, label: {id: A, en: A}, options: mutu}\n")), "11:60 PackListUnknown [mutu]");
  EXPECT_EQ(faults_of(with_items("  - key: a\n    type: scale\n    label: {id: A, en: A}\n    options:\n"
                                 "    - {key: x, code: 2, label: {id: X, en: X}}\n"
                                 "    - {key: x, code: 2, label: {id: X, en: X}}\n"
                                 "    - {key: y, code: -1, label: {id: Y}}\n")),
            "15:5 PackScaleOrder\n"
            "16:7 PackNameTwice [x]\n"
            "16:7 PackCodeTwice [2]\n"
            "17:22 PackNeedsWhole [code] [0] [999999]\n"
            "17:33 PackKeyMissing [en]");
  EXPECT_EQ(faults_of(with_items("  - {key: a, type: number, label: {id: A, en: A}, low: 5, high: 2.5, digits: 7}\n")),
            "11:5 PackLowHigh\n11:78 PackNeedsWhole [digits] [0] [6]");
  EXPECT_EQ(faults_of(with_items("  - {key: a, type: number, label: {id: A, en: A}, low: satu, may_be: kosong}\n")),
            "11:56 PackNeedsNumber [low]\n11:70 PackNeedsWord [may_be] [not_observed, not_applicable]");
  EXPECT_EQ(faults_of(with_items("  - {key: a, type: number, label: {id: A, en: A}, by: [a, b, c_1]}\n"
                                 "  - {key: c_2, type: yesno, label: {id: B, en: B}, by: a}\n")),
            "11:56 PackBySelf\n11:59 PackItemUnknownNear [b] [a]\n11:62 PackItemUnknownNear [c_1] [c_2]\n12:56 PackItemNotKind [a]");
  EXPECT_EQ(faults_of(with_items("  - halo\n")), "11:5 PackNeedsMapping");
  EXPECT_EQ(faults_of(kHead + "sections:\n- {key: s, title: {id: S, en: S}, step: 2, items: []}\n"),
            "8:41 PackStepOrder\n8:51 PackKeyMissing [items]");
  EXPECT_EQ(faults_of(kHead + "option_lists: {x: [{key: a, code: 1, label: {id: A, en: A}}, {key: b, code: 2, label: {id: B, en: B}}]}\n" +
                      kSection + "  - {key: a, type: text, label: {id: A, en: A}}\n"),
            "7:16 PackListUnused [x]");
}

TEST(Pack, PointsIntoExpressions) {
  EXPECT_EQ(faults_of(with_items("  - {key: a, type: yesno, label: {id: A, en: A}}\n"
                                 "  - key: b\n    type: number\n    label: {id: B, en: B}\n    when: ${a} = 'yes'\n    must: '. > ''x'''\n"
                                 "    message: {id: B, en: B}\n")),
            "15:18 ExpressionUnknownOptionNear [yes] [a] [ya]\n16:16 ExpressionDifferentTypes [.] ['x']");
  EXPECT_EQ(faults_of(with_items("  - {key: a, type: calculation, label: {id: A, en: A}, formula: \"1 + ${b}\"}\n"
                                 "  - {key: b, type: number, label: {id: B, en: B}, when: \"${b} = 1\"}\n")),
            "11:70 PackLaterItem [b]\n12:58 ExpressionUnknownItemNear [b] [a]");
  EXPECT_EQ(faults_of(with_items("  - {key: a, type: calculation, label: {id: A, en: A}}\n")), "11:5 PackKeyMissing [formula]");
  EXPECT_EQ(faults_of(with_items("  - {key: a, type: number, label: {id: A, en: A}, message: {id: A, en: A}}\n")),
            "11:51 PackMessageAlone");
  EXPECT_EQ(faults_of(with_items("  - {key: a, type: number, label: {id: A, en: A}, must: . > 1}\n")), "11:5 PackKeyMissing [message]");
  EXPECT_EQ(faults_of(with_items(
                "  - key: a\n    type: number\n    label: {id: A, en: A}\n    message: {id: A, en: A}\n    must: |\n      . >\n      é\n")),
            "15:11 ExpressionUnexpected [é]");
}

TEST(Pack, SaysWhatIsWrongWithMeasures) {
  EXPECT_EQ(faults_of(with_measures("- {key: m, type: sum, title: {id: M, en: M}, items: [b]}\n")), "14:54 PackItemNotKind [b]");
  EXPECT_EQ(faults_of(with_measures("- {key: m, type: sum, title: {id: M, en: M}, items: [a, a]}\n")),
            "14:54 PackItemCount [sum]\n14:57 PackNameTwice [a]");
  EXPECT_EQ(faults_of(with_measures("- {key: m, type: share, title: {id: M, en: M}, items: b, positive: [ya, yaa]}\n")),
            "14:73 PackPositiveUnknown [yaa] [b]");
  EXPECT_EQ(faults_of(with_measures("- {key: m, type: ratio, title: {id: M, en: M}, numerator: a, denominator: zzzz}\n")),
            "14:75 PackItemUnknown [zzzz]");
  EXPECT_EQ(
      faults_of(with_measures("- {key: m, type: sum, title: {id: M, en: M}, items: a, numerator: a, visits: kunjungan, minimum: 0}\n")),
      "14:56 PackKeyUnknown [numerator] [key, type, title, meaning, target, better, minimum, visits, items]\n"
      "14:78 PackBadVisits\n14:98 PackNeedsWhole [minimum] [1] [1000000]");
}

TEST(Pack, AByteOrderMarkAndWindowsLinesAreNoFault) {
  std::string windows = "\xEF\xBB\xBF";
  for (const auto c : with_items("  - {key: a, type: text, label: {id: A, en: A}}\n"))
    windows += c == '\n' ? std::string("\r\n") : std::string(1, c);
  EXPECT_EQ(faults_of(windows), "none");
}

TEST(Pack, ManyFaultsStayReadable) {
  std::string items;
  for (int i = 0; i < 5000; ++i) items += "  - {key: a" + std::to_string(i) + ", tipe: x}\n";
  const auto begin = std::chrono::steady_clock::now();
  const auto pack = read_pack(with_items(items), "uji.yaml");
  ASSERT_FALSE(pack);
  EXPECT_EQ(pack.error().size(), 100U);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(2));
}

TEST(ShippedPacks, ReadWithoutAFaultInBothLanguages) {
  int packs = 0;
  for (const auto& file : embedded_files()) {
    if (!file.name.starts_with("packs/")) continue;
    ++packs;
    const auto pack = read_pack(file.bytes, file.name);
    if (!pack)
      for (const auto& problem : pack.error()) ADD_FAILURE() << problem.field << " " << say(Lang::En, problem);
    ASSERT_TRUE(pack);
    EXPECT_EQ(file.name, "packs/" + pack->key + ".yaml");
    expect_both(pack->title, pack->key, true);
    expect_both(pack->purpose, pack->key, true);
    expect_both(pack->mark, pack->key, true);
    for (const auto& section : pack->sections) {
      expect_both(section.title, section.key, true);
      expect_both(section.hint, section.key, false);
    }
    for (const auto& item : pack->items) {
      expect_both(item.label, item.key, true);
      expect_both(item.hint, item.key, false);
      expect_both(item.help, item.key, false);
      for (const auto& option : item.options) expect_both(option.label, item.key + "." + option.key, true);
    }
    for (const auto& measure : pack->measures) {
      expect_both(measure.title, measure.key, true);
      expect_both(measure.meaning, measure.key, false);
    }
  }
  EXPECT_EQ(packs, 50);
}

/// What stands in the first block of YAML of a page.
std::string example_of(const std::filesystem::path& page) {
  const auto text = content_of(kSource / page);
  const auto begin = text.find("```yaml\n") + 8;
  return text.substr(begin, text.find("```", begin) - begin);
}

TEST(ShippedPacks, TheExamplesOfTheGuidesRead) {
  for (const char* name : {"docs/packs.md", "help/id/13-instrumen.md", "help/en/13-instrumen.md"})
    EXPECT_EQ(faults_of(example_of(name)), "none") << name;
  const auto kamus = read_kamus(example_of("docs/kamus.md"), "docs/kamus.md");
  ASSERT_TRUE(kamus) << kamus.error().front().field;
  EXPECT_EQ(kamus->indicators.size(), 1U);
  const auto form = shipped("packs/kunjungan-bulanan.yaml");
  const auto profile = read_import_profile(example_of("docs/import.md"), "docs/import.md");
  ASSERT_TRUE(profile) << profile.error().front().field;
  EXPECT_EQ(profile->instrument, form.key);
  for (const auto& source : profile->items) EXPECT_NE(form.find(source.item), nullptr) << source.item;
}

TEST(ShippedPacks, KessanQuotesThePromisesAndAttitudesWordForWord) {
  const auto kessan = shipped("packs/kessan.yaml");
  const std::pair<const char*, const char*> sentences[] = {
      {"janji_identitas", "Menerima NIK/KTP/KIS Digital Untuk Pendaftaran Pelayanan"},
      {"janji_fotokopi", "Tidak Meminta Dokumen Fotokopi Kepada Peserta Sebagai Syarat Pendaftaran Pelayanan"},
      {"janji_biaya", "Memberikan Pelayanan Tanpa Biaya Tambahan Diluar Ketentuan"},
      {"janji_hari_rawat", "Tidak Melakukan Pembatasan Hari Rawat Pasien (Sesuai Indikasi Medis)"},
      {"janji_obat",
       "Memberikan Pelayanan Obat Yang Dibutuhkan Dan Tidak Membebankan Peserta Untuk Mencari Obat Jika Terdapat Kekosongan Obat"},
      {"janji_ramah", "Melayani Peserta Dengan Ramah Tanpa Diskriminasi"},
      {"sikap_tepat_waktu",
       "Petugas Pemberi Layanan berada pada tempat bertugas dan melaksanakan pelayanan tepat waktu atau sesuai dengan jadwal pelayanan"},
      {"sikap_rapi", "Petugas Pemberi Layanan berpakaian dengan bersih, rapi, dan sopan"},
      {"sikap_ramah",
       "Petugas Pemberi Layanan bersikap ramah, menunjukkan empati, tanpa diskriminasi atau tanpa membedakan Peserta Jaminan Kesehatan "
       "atau "
       "bukan Peserta Jaminan Kesehatan, senyum, dan mengucapkan salam saat menerima Peserta Jaminan Kesehatan"},
      {"sikap_sigap", "Petugas Pemberi Layanan sigap namun tidak terburu-buru dalam melayani Peserta"},
      {"sikap_fokus",
       "Petugas Pemberi Layanan fokus hanya pada Peserta Jaminan Kesehatan pada saat melayani, memberi perhatian penuh, dan tanggapan "
       "secara "
       "verbal maupun nonverbal saat Peserta atau keluarga Peserta Jaminan Kesehatan berinteraksi"},
      {"sikap_informatif",
       "Petugas Pemberi Layanan memberikan penjelasan informasi kesehatan Peserta kepada Peserta atau keluarga Peserta yang mudah dipahami "
       "dan mengetahui peta area serta dapat mengarahkan Peserta kepada petugas lain yang terkait jika dibutuhkan"},
      {"sikap_koordinatif", "Petugas Pemberi Layanan melakukan koordinasi dengan pihak terkait untuk memastikan pelayanan bagi Peserta"},
      {"sikap_senyum",
       "Petugas Pemberi Layanan menyapa Peserta atau keluarga Peserta dan mengakhiri interaksi dengan senyum serta mengucapkan terima "
       "kasih"}};
  for (const auto& [key, sentence] : sentences) {
    const auto* item = kessan.find(key);
    ASSERT_NE(item, nullptr) << key;
    EXPECT_EQ(item->help.id, sentence);
  }
}

TEST(ShippedPacks, KessanRatingStandsOnOneAnswer) {
  const auto kessan = shipped("packs/kessan.yaml");
  const Day today = *parse_day("2026-11-21");
  const auto alone = check_answers(kessan, {{"nilai", {{"5"}, {}}}}, today, /*forgiving=*/true);
  ASSERT_TRUE(alone);
  EXPECT_EQ(std::get<Empty>((*alone)[*kessan.index_of("janji_hari_rawat")]), Empty::NotAsked);
  EXPECT_EQ(std::get<Empty>((*alone)[*kessan.index_of("janji_obat")]), Empty::NotAsked);
  const auto nothing = check_answers(kessan, {}, today, true);
  ASSERT_FALSE(nothing);
  ASSERT_EQ(nothing.error().size(), 1U);
  EXPECT_EQ(nothing.error().front().field, "nilai");

  const auto inpatient = check_answers(kessan,
                                       {{"nilai", {{"baik"}, {}}},
                                        {"kunjungan", {{"rawat_inap"}, {}}},
                                        {"resep", {{"ya"}, {}}},
                                        {"janji_hari_rawat", {{"ditepati"}, {}}},
                                        {"janji_obat", {{"tidak_berlaku"}, {}}},
                                        {"sikap_rapi", {{}, Empty::NotObserved}}},
                                       today, false);
  ASSERT_TRUE(inpatient);
  EXPECT_EQ(std::get<Code>((*inpatient)[*kessan.index_of("janji_hari_rawat")]).value, 1);
  EXPECT_EQ(std::get<Code>((*inpatient)[*kessan.index_of("janji_obat")]).value, 9);
  EXPECT_EQ(std::get<Empty>((*inpatient)[*kessan.index_of("sikap_rapi")]), Empty::NotObserved);
}

TEST(ShippedPacks, KessanMeasuresShareNoItemButThePromiseOfCourtesy) {
  const auto kessan = shipped("packs/kessan.yaml");
  std::vector<std::string> seen;
  for (const auto& measure : kessan.measures) {
    if (measure.key == "ramah") {  // the sixth promise by itself, to be compared between payers
      EXPECT_EQ(measure.items, std::vector<std::string>{"janji_ramah"});
      continue;
    }
    for (const auto& item : measure.items) {
      EXPECT_EQ(std::ranges::find(seen, item), seen.end()) << item;
      seen.push_back(item);
    }
  }
  EXPECT_EQ(seen.size(), 1U + 6U + 8U + 5U);
  EXPECT_EQ(kessan.measures.front().minimum, 30);
}

TEST(ShippedPacks, SkmHasTheNineUnsurInTheOrderOfTheQuestionnaire) {
  const auto skm = shipped("packs/skm.yaml");
  const std::vector<std::string> order{"persyaratan", "prosedur", "waktu",  "biaya",    "produk",
                                       "kompetensi",  "perilaku", "sarana", "pengaduan"};
  ASSERT_EQ(skm.measures.size(), 1U);
  EXPECT_EQ(skm.measures.front().items, order);
  for (std::size_t i = 0; i < order.size(); ++i) {
    EXPECT_EQ(skm.items.at(i).key, order[i]);
    ASSERT_EQ(skm.items.at(i).options.size(), 4U);
    for (int code = 1; code <= 4; ++code) EXPECT_NE(find_option(skm.items.at(i), code), nullptr);
  }
  EXPECT_EQ(find_option(*skm.find("biaya"), 1)->label.id, "Sangat mahal");
  EXPECT_EQ(find_option(*skm.find("pengaduan"), 4)->label.id, "Dikelola dengan baik");
}

TEST(ShippedPacks, VisitsAreTheSumOfBothKinds) {
  const auto visits = shipped("packs/kunjungan-bulanan.yaml");
  const auto answers = check_answers(visits, {{"rawat_jalan", {{"1250"}, {}}}, {"rawat_inap", {{"35"}, {}}}}, Day{20'000}, false);
  ASSERT_TRUE(answers);
  EXPECT_EQ(std::get<Decimal>((*answers)[*visits.index_of("kunjungan")]), Decimal::whole(1285));
}

TEST(ShippedPacks, TheExampleDataAreThePublishedBytes) {
  EXPECT_EQ(hex(sha256(content_of(kSource / "examples/nhs-ae/ae_attendances.csv"))),
            "df3a13ccfc55327bd5a2f04349b36128757cf4b6696fa2da125ce64efa515ae2");
}

TEST(ShippedPacks, TheExampleRefusesMoreBreachesThanAttendances) {
  const auto example = shipped("examples/nhs-ae/nhs-ae.yaml");
  const auto row = [](const char* breaches) {
    return RawAnswers{{"period", {{"2017-03-01"}, {}}},
                      {"type", {{"other"}, {}}},
                      {"attendances", {{"813"}, {}}},
                      {"breaches", {{breaches}, {}}},
                      {"admissions", {{"0"}, {}}}};
  };
  EXPECT_TRUE(check_answers(example, row("813"), Day{20'000}, false));
  const auto refused = check_answers(example, row("814"), Day{20'000}, false);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().front().field, "breaches");
}

}  // namespace pilar::pack_test
