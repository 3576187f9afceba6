#include "app/demo_comments.h"

#include <array>

#include "app/demo_answers.h"

namespace pilar::app::demo {
namespace {

constexpr std::array<std::string_view, 22> kContent{
    "Petugasnya ramah dan sabar. Terima kasih.",
    "Pelayanan cepat, saya tidak menunggu lama.",
    "Dokternya menjelaskan dengan bahasa yang mudah dimengerti.",
    "Bidannya telaten sekali, anak saya sampai tidak takut disuntik.",
    "Cukup menunjukkan KTP langsung didaftarkan. Mantap.",
    "Ruang tunggunya sekarang bersih dan adem.",
    "Obat lengkap, dijelaskan cara minumnya satu per satu.",
    "Antrean online sangat membantu, datang langsung dipanggil.",
    "Ibu saya sudah tua dibantu naik kursi roda oleh satpam. Terima kasih banyak.",
    "Semoga pelayanannya dipertahankan.",
    "Baru kali ini berobat tidak ditanya fotokopi. Bagus.",
    "Perawatnya senyum terus walaupun pasien banyak.",
    "Alhamdulillah sekarang lebih cepat daripada tahun lalu.",
    "Dokter giginya halus, tidak sakit sama sekali.",
    "Penjelasan tentang rujukan jelas, saya tidak bingung lagi.",
    "Toilet bersih, ada sabunnya.",
    "Petugas loket sigap mengarahkan saya ke poli yang benar.",
    "Saya dari luar kota tetap dilayani dengan baik.",
    "Anak-anak senang karena ada pojok bermain.",
    "Petugas farmasi mengingatkan jadwal kontrol saya.",
    "Sudah baik, kalau bisa kursi tunggunya ditambah.",
    "Pelayanan imunisasi rapi, datang sesuai jadwal langsung dilayani.",
};

constexpr std::array<std::string_view, 22> kDiscontent{
    "Antre di pendaftaran lebih dari satu jam.",
    "Obat darah tinggi kosong, disuruh beli di luar.",
    "Dokternya datang jam 9 lewat padahal jadwal jam 8.",
    "Nomor antrean dipanggil terlalu pelan, saya sampai terlewat.",
    "Petugas loket menjawab sambil main HP.",
    "Masih diminta fotokopi KK, padahal katanya tidak perlu.",
    "Kursi tunggu kurang, ibu hamil sampai berdiri.",
    "Ruang tunggu panas, kipas anginnya mati.",
    "Saya bertanya soal rujukan tetapi dijawab ketus.",
    "Parkir sempit dan becek kalau hujan.",
    "Hasil laboratorium lama sekali baru keluar.",
    "Pasien yang kenal petugas didahulukan. Mohon adil.",
    "Tolong toilet dibersihkan, airnya mati.",
    "Diperiksa cuma sebentar, keluhan saya belum selesai disampaikan.",
    "Poli gigi tutup tanpa pemberitahuan.",
    "Penjelasan obat terlalu cepat, saya masih bingung.",
    "Mohon ditambah petugas di loket farmasi, antrenya panjang.",
    "Sistemnya gangguan, kami menunggu tanpa kabar.",
    "Anak demam tinggi tetap disuruh antre biasa.",
    "Papan petunjuk tidak jelas, saya salah masuk ruangan.",
    "Sudah ambil antrean online tetapi harus antre lagi di loket.",
    "Jam istirahat loket kosong semua, harusnya bergantian.",
};

}  // namespace

std::string_view draw_comment(bool content, Dice& dice) {
  const auto& from = content ? kContent : kDiscontent;
  return from.at(static_cast<std::size_t>(dice.between(0, static_cast<std::int64_t>(from.size()) - 1)));
}

}  // namespace pilar::app::demo
