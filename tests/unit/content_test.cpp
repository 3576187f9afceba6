#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

#include "domain/record.h"
#include "i18n/messages.h"
#include "interchange/pack.h"

namespace pilar::content_test {

/// What the shipped packs compute, by worked examples. An example is a line of answers "key=value"; "key=~" does not apply.

constexpr Day kToday{20'778};  // 21 November 2026

Instrument pack_of(const std::string& key) {
  std::ifstream in(std::filesystem::path(PILAR_SOURCE) / "packs" / (key + ".yaml"), std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  auto pack = read_pack(text, key);
  if (!pack) ADD_FAILURE() << key << " " << say(Lang::En, pack.error().front());
  return pack ? *std::move(pack) : Instrument{};
}

RawAnswers raw_of(const std::string& line) {
  RawAnswers raw;
  std::istringstream words(line);
  for (std::string word; words >> word;) {
    const auto at = word.find('=');
    const auto value = word.substr(at + 1);
    raw[word.substr(0, at)] = value == "~" ? RawAnswer{{}, Empty::NotApplicable} : RawAnswer{{value}, {}};
  }
  return raw;
}

/// "a=1 b=-": the calculations of the pack named in `wanted`, or the fields that refuse the answers.
std::string told(const Instrument& pack, const std::string& answers, std::initializer_list<const char*> wanted) {
  const auto checked = check_answers(pack, raw_of(answers), kToday, /*forgiving=*/false);
  std::string out;
  if (!checked) {
    for (const auto& problem : checked.error()) out += (out.empty() ? "refused " : " ") + problem.field;
    return out;
  }
  for (const auto* key : wanted) {
    const auto index = pack.index_of(key);
    if (!index) return std::string("no item ") + key;
    const auto* number = std::get_if<Decimal>(&checked->at(*index));
    out += (out.empty() ? "" : " ") + std::string(key) + "=" + (number == nullptr ? "-" : text(*number));
  }
  return out;
}

/// "08:00" of 20 November 2026 in Jakarta.
std::string at(const char* time) { return std::string("2026-11-20T") + time + ":00+07:00"; }

// Permenkes 39/2016: IKS = Yes / (12 - not applicable); healthy above 0.800.
TEST(ShippedContent, TheHealthyFamilyIndexKeepsItsBounds) {
  const auto pack = pack_of("keluarga-sehat");
  const auto family = [&](const std::string& eight, const std::string& four) {
    std::istringstream answers(eight + " " + four);
    std::string line = "desa=Sukamaju";
    for (const auto* key :
         {"kb", "persalinan", "imunisasi", "asi", "tumbuh", "tb", "hipertensi", "jiwa", "rokok", "jkn", "air", "jamban"}) {
      std::string answer;
      answers >> answer;
      line += std::string(" ") + key + "=" + answer;
    }
    return told(pack, line, {"jumlah_ya", "berlaku", "iks", "sehat", "pra_sehat", "tidak_sehat"});
  };
  EXPECT_EQ(family("~ ~ ya ya ya ya ya ya", "ya ya tidak tidak"), "jumlah_ya=8 berlaku=10 iks=0.8 sehat=0 pra_sehat=1 tidak_sehat=0");
  EXPECT_EQ(family("~ ya ya ya ya ya ya ya", "ya ya tidak tidak"), "jumlah_ya=9 berlaku=11 iks=0.818 sehat=1 pra_sehat=0 tidak_sehat=0");
  EXPECT_EQ(family("~ ~ ya ya ya ya ya tidak", "tidak tidak tidak tidak"),
            "jumlah_ya=5 berlaku=10 iks=0.5 sehat=0 pra_sehat=1 tidak_sehat=0");
  EXPECT_EQ(family("~ ~ ~ ~ ~ ~ ~ ~", "ya tidak tidak tidak"), "jumlah_ya=1 berlaku=4 iks=0.25 sehat=0 pra_sehat=0 tidak_sehat=1");
  EXPECT_EQ(family("~ ~ ~ ~ ~ ~ ~ ~", "~ ~ ~ ~"), "refused rokok jkn air jamban");
}

TEST(ShippedContent, AKindOfRequirementIsMetWhenAllOfItAre) {
  const auto pack = pack_of("persyaratan-bangunan");
  std::string line;
  for (const auto& item : pack.items)
    if (item.kind == ItemKind::YesNo) line += item.key + "=ya ";
  const std::initializer_list<const char*> wanted{"terpenuhi", "berlaku", "jenis_terpenuhi", "jenis_berlaku"};
  EXPECT_EQ(told(pack, line, wanted), "terpenuhi=24 berlaku=24 jenis_terpenuhi=6 jenis_berlaku=6");
  EXPECT_EQ(told(pack, line + "lokasi_parkir=tidak ruang_toilet=~", wanted), "terpenuhi=22 berlaku=23 jenis_terpenuhi=5 jenis_berlaku=6");
  EXPECT_EQ(told(pack, line + "lokasi_aman=~ lokasi_jalan=~ lokasi_utilitas=~ lokasi_parkir=~", wanted),
            "terpenuhi=20 berlaku=20 jenis_terpenuhi=5 jenis_berlaku=5");
}

TEST(ShippedContent, APartIsNeverAboveItsWhole) {
  EXPECT_EQ(told(pack_of("tindak-lanjut-data"), "bidang=ukp hasil=4 ditindaklanjuti=5", {}), "refused ditindaklanjuti");
  EXPECT_EQ(told(pack_of("fornas"), "r=5 dikecualikan=2 sesuai=4", {}), "refused sesuai");
  EXPECT_EQ(told(pack_of("fornas"), "r=5 dikecualikan=2 sesuai=3", {"dihitung"}), "dihitung=3");
  EXPECT_EQ(told(pack_of("hipertensi-kunjungan"), "dijadwalkan=9 datang=9 terkendali=10", {}), "refused terkendali");
}

TEST(ShippedContent, AnOperationIsLateAfterMoreThanAnHour) {
  const auto pack = pack_of("operasi-elektif");
  const auto operation = [&](const std::string& rest) {
    return told(pack, "jadwal=" + at("08:00") + " " + rest, {"dihitung", "tertunda"});
  };
  EXPECT_EQ(operation("terlaksana=ya mulai=" + at("09:00")), "dihitung=1 tertunda=0");
  EXPECT_EQ(operation("terlaksana=ya mulai=" + at("09:01") + " sebab=kamar"), "dihitung=1 tertunda=1");
  EXPECT_EQ(operation("terlaksana=ya mulai=" + at("09:01")), "refused sebab");
  EXPECT_EQ(operation("terlaksana=ya mulai=" + at("11:00") + " sebab=medis"), "dihitung=0 tertunda=0");
  EXPECT_EQ(operation("terlaksana=tidak sebab=dokter"), "dihitung=1 tertunda=1");
}

TEST(ShippedContent, AComplaintHasTheTimeOfItsGrade) {
  const auto pack = pack_of("tanggap-komplain");
  const auto complaint = [&](const std::string& grade, const std::string& rest) {
    return told(pack, "tingkat=" + grade + " diterima=2026-11-10T08:00:00+07:00 " + rest, {"tepat", "komplain"});
  };
  EXPECT_EQ(complaint("merah", "ditanggapi=ya selesai=2026-11-11T08:00:00+07:00"), "tepat=1 komplain=1");
  EXPECT_EQ(complaint("merah", "ditanggapi=ya selesai=2026-11-11T08:01:00+07:00"), "tepat=0 komplain=1");
  EXPECT_EQ(complaint("kuning", "ditanggapi=ya selesai=2026-11-13T08:00:00+07:00"), "tepat=1 komplain=1");
  EXPECT_EQ(complaint("hijau", "ditanggapi=ya selesai=2026-11-17T08:01:00+07:00"), "tepat=0 komplain=1");
  EXPECT_EQ(complaint("hijau", "ditanggapi=tidak"), "tepat=0 komplain=1");
}

TEST(ShippedContent, ThoseLeftOutAreInNoDenominator) {
  const auto round = pack_of("visite-dokter");
  EXPECT_EQ(told(round, "dikecualikan=tidak divisite=ya jam=14:00", {"dihitung", "tepat"}), "dihitung=1 tepat=1");
  EXPECT_EQ(told(round, "dikecualikan=tidak divisite=ya jam=14:01", {"dihitung", "tepat"}), "dihitung=1 tepat=0");
  EXPECT_EQ(told(round, "dikecualikan=tidak divisite=tidak", {"dihitung", "tepat"}), "dihitung=1 tepat=0");
  EXPECT_EQ(told(round, "dikecualikan=baru", {"dihitung", "tepat"}), "dihitung=0 tepat=-");
  const auto antenatal = pack_of("anc-inm");
  EXPECT_EQ(told(antenatal, "dikecualikan=tidak kunjungan=6 tersebar=ya dokter=ya jumlah_t=12", {"dihitung", "lengkap", "empat_kali"}),
            "dihitung=1 lengkap=1 empat_kali=1");
  EXPECT_EQ(told(antenatal, "dikecualikan=tidak kunjungan=5 tersebar=ya dokter=ya jumlah_t=12", {"dihitung", "lengkap", "empat_kali"}),
            "dihitung=1 lengkap=0 empat_kali=1");
  EXPECT_EQ(told(antenatal, "dikecualikan=pindah", {"dihitung", "lengkap"}), "dihitung=0 lengkap=-");
}

TEST(ShippedContent, AServiceOpensInTimeOnItsMinute) {
  const auto pack = pack_of("jadwal-buka");
  const std::initializer_list<const char*> wanted{"dijadwalkan", "tepat", "terlambat"};
  EXPECT_EQ(told(pack, "layanan=umum jadwal=07:30 buka=ya mulai=07:30", wanted), "dijadwalkan=1 tepat=1 terlambat=-");
  EXPECT_EQ(told(pack, "layanan=umum jadwal=07:30 buka=ya mulai=07:31 sebab=rapat", wanted), "dijadwalkan=1 tepat=0 terlambat=1");
  EXPECT_EQ(told(pack, "layanan=umum jadwal=07:30 buka=tidak", wanted), "dijadwalkan=1 tepat=0 terlambat=-");
}

TEST(ShippedContent, DaysOutOfStockFitTheMonth) {
  const auto pack = pack_of("kekosongan-obat");
  EXPECT_EQ(told(pack, "dipantau=40 hari=30 obat_kosong=2 hari_kosong=60", {"hari_obat"}), "hari_obat=1200");
  EXPECT_EQ(told(pack, "dipantau=40 hari=30 obat_kosong=2 hari_kosong=61", {}), "refused hari_kosong");
  EXPECT_EQ(told(pack, "dipantau=40 hari=30 obat_kosong=2 hari_kosong=1", {}), "refused hari_kosong");
  EXPECT_EQ(told(pack, "dipantau=40 hari=30 obat_kosong=41 hari_kosong=41", {}), "refused obat_kosong");
}

TEST(ShippedContent, ACaseThatDiffersNeedsItsReason) {
  const auto pack = pack_of("telaah-kasus");
  const std::string sound = " terapi=sesuai obat=sesuai";
  EXPECT_EQ(told(pack, "diagnosis=hipertensi kode=I10 teknis=sesuai nonteknis=sesuai" + sound, {}), "");
  EXPECT_EQ(told(pack, "diagnosis=diabetes kode=e11 teknis=sesuai nonteknis=menyimpang" + sound, {}), "refused kode alasan_nonteknis");
  EXPECT_EQ(told(pack, "diagnosis=diabetes kode=E11.9 teknis=beralasan alasan_teknis=alergi nonteknis=sesuai" + sound, {}), "");
}

// Treatment and medicines are judged apart, each in three ways, and the case as a whole is no better than they are.
TEST(ShippedContent, ACaseIsNoBetterThanItsTreatmentAndMedicines) {
  const auto pack = pack_of("telaah-kasus");
  const auto judged = [&](const std::string& treatment, const std::string& medicines, const std::string& whole) {
    const auto answers = "diagnosis=ispa terapi=" + treatment + " obat=" + medicines + " teknis=" + whole + " nonteknis=sesuai";
    return told(pack, answers + (whole == "sesuai" ? "" : " alasan_teknis=alergi"), {});
  };
  EXPECT_EQ(told(pack, "diagnosis=ispa teknis=sesuai nonteknis=sesuai", {}), "refused terapi obat") << "both are asked";
  EXPECT_EQ(judged("menyimpang", "sesuai", "menyimpang"), "");
  EXPECT_EQ(judged("sesuai", "menyimpang", "menyimpang"), "");
  EXPECT_EQ(judged("menyimpang", "sesuai", "beralasan"), "refused teknis alasan_teknis") << "its reason stands for nothing";
  EXPECT_EQ(judged("sesuai", "menyimpang", "sesuai"), "refused teknis");
  EXPECT_EQ(judged("beralasan", "sesuai", "sesuai"), "refused teknis");
  EXPECT_EQ(judged("beralasan", "tanpa_obat", "beralasan"), "") << "without medicines, treatment alone";
  EXPECT_EQ(judged("sesuai", "sesuai", "menyimpang"), "") << "the diagnosis may be what differs";
}

TEST(ShippedContent, ProofIsNamedWhereThereIsSaidToBeProof) {
  const auto pack = pack_of("donabedian");
  std::string none, bare;
  for (const auto& item : pack.items)
    if (item.kind == ItemKind::Scale) {
      none += item.key + "=belum ";
      bare += item.key + "=tanpa_bukti ";
    }
  const std::initializer_list<const char*> wanted{"skor_p1", "penuh_p1", "skor_p2", "penuh_p2", "skor_p3", "penuh_p3", "skor", "terbukti"};
  EXPECT_EQ(told(pack, none, wanted), "skor_p1=0 penuh_p1=12 skor_p2=0 penuh_p2=10 skor_p3=0 penuh_p3=16 skor=0 terbukti=0");
  EXPECT_EQ(told(pack, bare + "tim=ada_bukti bukti_tim=SK-12", wanted),
            "skor_p1=7 penuh_p1=12 skor_p2=5 penuh_p2=10 skor_p3=8 penuh_p3=16 skor=20 terbukti=1");
  EXPECT_EQ(told(pack, bare + "tim=ada_bukti", {}), "refused bukti_tim");
}

TEST(ShippedContent, AStepThatWasNotSeenIsNotMissed) {
  const auto pack = pack_of("tilik-ht-dm");
  std::string line = "profesi=dokter ";
  for (const auto& item : pack.items)
    if (item.kind == ItemKind::YesNo) line += item.key + "=ya ";
  EXPECT_EQ(told(pack, line, {"pengamatan", "tanpa_salah"}), "pengamatan=1 tanpa_salah=1");
  EXPECT_EQ(told(pack, line + "gula=~ kaki=~", {"tanpa_salah"}), "tanpa_salah=1");
  EXPECT_EQ(told(pack, line + "rokok=tidak", {"tanpa_salah"}), "tanpa_salah=0");
}

TEST(ShippedContent, JmpkdHasElevenDimensionsOfObservationAndInterview) {
  const auto pack = pack_of("jmpkd");
  int dimensions = 0;
  for (const auto& measure : pack.measures) {
    if (!measure.key.starts_with("dimensi_")) continue;
    ++dimensions;
    const auto told_by_patients =
        std::ranges::count_if(measure.items, [](const auto& key) { return key.find("_w_") != std::string::npos; });
    EXPECT_EQ(told_by_patients, 2) << measure.key;
    EXPECT_EQ(measure.items.size(), 5U) << measure.key;
  }
  EXPECT_EQ(dimensions, 11);
}

// Peraturan BPJS Kesehatan 7/2019: 2,000 members need 300 contacts a month.
TEST(ShippedContent, CapitationCountsNoMoreThanThereAre) {
  const auto pack = pack_of("kbk");
  const std::string rest = " rujukan=50 non_spesialistik=1 dm=20 dm_terkendali=1 ht=30 ht_terkendali=2";
  EXPECT_EQ(told(pack, "terdaftar=2000 kontak=300" + rest, {"prolanis", "terkendali"}), "prolanis=50 terkendali=3");
  EXPECT_EQ(told(pack, "terdaftar=2000 kontak=2001" + rest, {}), "refused kontak");
  EXPECT_EQ(told(pack, "terdaftar=2000 kontak=0 rujukan=0 non_spesialistik=0 dm=0 dm_terkendali=0 ht=0 ht_terkendali=1", {}),
            "refused ht_terkendali");
}

}  // namespace pilar::content_test
