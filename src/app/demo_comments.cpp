#include "app/demo_comments.h"

#include <span>

#include "app/demo_answers.h"

namespace pilar::app::demo {
namespace {

using Text = std::string_view;

constexpr Text kQuick[]{"Pelayanan cepat, saya tidak menunggu lama.",
                        "Datang jam delapan, jam sembilan kurang sudah pulang.",
                        "Antreannya teratur, nomornya dipanggil berurutan.",
                        "Obatnya cepat, belum sempat duduk sudah dipanggil.",
                        "Cukup menunjukkan KTP langsung didaftarkan.",
                        "Imunisasi anak sesuai jadwal, langsung dilayani.",
                        "Hasil lab keluar hari itu juga."};
constexpr Text kKind[]{"Petugasnya ramah dan sabar.",
                       "Dokternya menjelaskan dengan bahasa yang mudah dimengerti.",
                       "Bidannya telaten sekali, anak saya sampai tidak takut disuntik.",
                       "Perawatnya senyum terus walaupun pasien banyak.",
                       "Ibu saya sudah tua dibantu naik kursi roda oleh satpam.",
                       "Dokter giginya halus, tidak sakit sama sekali.",
                       "Petugas loket sigap mengarahkan saya ke poli yang benar.",
                       "Saya dari luar kota tetap dilayani dengan baik.",
                       "Keluhan saya didengarkan sampai selesai.",
                       "Petugas farmasi mengingatkan jadwal kontrol saya.",
                       "Suster di depan hafal pasien lama, jadi merasa diperhatikan."};
constexpr Text kContent[]{"Ruang tunggunya sekarang bersih dan adem.",
                          "Obat lengkap, dijelaskan cara minumnya satu per satu.",
                          "Toilet bersih, ada sabunnya.",
                          "Baru kali ini berobat tidak ditanya fotokopi.",
                          "Penjelasan tentang rujukan jelas, saya tidak bingung lagi.",
                          "Anak-anak senang karena ada pojok bermain.",
                          "Sudah baik, kalau bisa kursi tunggunya ditambah.",
                          "Papan petunjuknya jelas.",
                          "Tidak ada biaya apa-apa, sesuai janji.",
                          "Kontrol tensi rutin di sini, obatnya selalu ada.",
                          "Senam prolanis Jumat pagi bagus, lanjutkan.",
                          "Ruang laktasi nyaman."};
constexpr Text kAfterChange[]{"Sejak ada loket kedua antrenya jauh lebih pendek.",
                              "Antrean dari rumah sangat membantu, datang langsung dipanggil.",
                              "Ambil nomor dari HP, sampai puskesmas tinggal tunggu dua orang.",
                              "Alhamdulillah sekarang lebih cepat daripada tahun lalu.",
                              "Loket kedua dibuka, lansia tidak berdiri lama lagi.",
                              "Dulu subuh sudah antre, sekarang bisa daftar dari rumah."};

constexpr Text kSlow[]{"Antre di pendaftaran lebih dari satu jam.",
                       "Dokternya datang jam 9 lewat padahal jadwal jam 8.",
                       "Nomor antrean dipanggil terlalu pelan, saya sampai terlewat.",
                       "Hasil laboratorium lama sekali baru keluar.",
                       "Mohon ditambah petugas di loket farmasi, antrenya panjang.",
                       "Sistemnya gangguan, kami menunggu tanpa kabar.",
                       "Sudah ambil antrean online tetapi harus antre lagi di loket.",
                       "Jam istirahat loket kosong semua, harusnya bergantian.",
                       "Dari jam tujuh sampai jam sebelas baru selesai.",
                       "Menunggu obat saja hampir satu setengah jam."};
constexpr Text kOneCounter[]{"Loketnya cuma satu, antre daftar lama sekali.", "Subuh sudah antre, tetap dapat nomor empat puluhan.",
                             "Loket pendaftaran cuma satu orang, kasihan yang bawa bayi."};
constexpr Text kCold[]{"Petugas loket menjawab sambil main HP.",
                       "Saya bertanya soal rujukan tetapi dijawab ketus.",
                       "Pasien yang kenal petugas didahulukan. Mohon adil.",
                       "Diperiksa cuma sebentar, keluhan saya belum selesai disampaikan.",
                       "Penjelasan obat terlalu cepat, saya masih bingung.",
                       "Saya pasien BPJS, rasanya dibedakan dengan yang umum.",
                       "Dipanggil dengan nada tinggi di depan orang banyak."};
constexpr Text kDiscontent[]{"Obat darah tinggi kosong, disuruh beli di luar.",
                             "Masih diminta fotokopi KK, padahal katanya tidak perlu.",
                             "Kursi tunggu kurang, ibu hamil sampai berdiri.",
                             "Ruang tunggu panas, kipas anginnya mati.",
                             "Parkir sempit dan becek kalau hujan.",
                             "Tolong toilet dibersihkan, airnya mati.",
                             "Poli gigi tutup tanpa pemberitahuan.",
                             "Anak demam tinggi tetap disuruh antre biasa.",
                             "Papan petunjuk tidak jelas, saya salah masuk ruangan.",
                             "Obatnya cuma dikasih separuh, sisanya disuruh datang lagi.",
                             "Tidak ada tempat menyusui.",
                             "Air minum di ruang tunggu habis terus."};

constexpr Text kBefore[]{
    "", "", "", "", "", "Menurut saya bagus. ", "Pertama kali ke sini. ", "Antar ibu kontrol. ", "Bawa anak batuk pilek. "};
constexpr Text kThanks[]{
    "", "", "", "", " Terima kasih.", " Terima kasih banyak.", " Semoga dipertahankan.", " Mantap.", " Lanjutkan.", " Sukses selalu."};
constexpr Text kWishes[]{"",
                         "",
                         "",
                         "",
                         " Mohon diperbaiki.",
                         " Tolong diperhatikan.",
                         " Semoga ke depan lebih baik.",
                         " Kecewa.",
                         " Mohon maaf kalau kurang berkenan.",
                         " Tolong dicek lagi."};
constexpr Text kBeforeComplaint[]{"", "", "", "", "", "Maaf, ", "Antar bapak berobat. ", "Sudah dua kali begini. ", "Saran saja. "};

Text draw_of(std::span<const Text> texts, Dice& dice) {
  return texts[static_cast<std::size_t>(dice.between(0, static_cast<std::int64_t>(texts.size()) - 1))];
}

/// What somebody content praises: what the facility is good at, more often than not.
Text draw_praise(const Person& person, Dice& dice) {
  const auto& facility = person.facility;
  if (facility.story == Story::Improvement && person.months_ago <= kBetterSince && dice.chance(40)) return draw_of(kAfterChange, dice);
  if (dice.chance(std::max(5, 22 + facility.waiting))) return draw_of(kQuick, dice);
  if (dice.chance(std::max(10, 50 + 2 * facility.manner))) return draw_of(kKind, dice);
  return draw_of(kContent, dice);
}

Text draw_complaint(const Person& person, Dice& dice) {
  const auto& facility = person.facility;
  if (facility.story == Story::Improvement && person.months_ago > kBetterSince && dice.chance(45)) return draw_of(kOneCounter, dice);
  if (dice.chance(std::max(5, 32 - facility.waiting))) return draw_of(kSlow, dice);
  if (dice.chance(std::max(10, 34 - 3 * facility.manner))) return draw_of(kCold, dice);
  return draw_of(kDiscontent, dice);
}

}  // namespace

std::string draw_comment(const Person& person, Dice& dice) {
  const bool content = person.rating >= 4;
  std::string out(draw_of(content ? std::span<const Text>(kBefore) : std::span<const Text>(kBeforeComplaint), dice));
  auto core = std::string(content ? draw_praise(person, dice) : draw_complaint(person, dice));
  if (out.ends_with(", ")) core.front() = static_cast<char>(core.front() - 'A' + 'a');  // every text begins with a plain capital
  out += core;
  out += draw_of(content ? std::span<const Text>(kThanks) : std::span<const Text>(kWishes), dice);
  if (dice.chance(18) && out.ends_with('.')) out.pop_back();  // as typed on a phone
  return out;
}

}  // namespace pilar::app::demo
