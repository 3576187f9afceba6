#include "i18n/messages.h"
#include "i18n/words/answer.h"
#include "i18n/words/common.h"
#include "web/forms.h"
#include "web/layout.h"
#include "web/style_page.h"
#include "web/style_samples.h"

namespace pilar::web {

std::string draw_public_style_page(Lang lang) {
  PublicPage page{.lang = lang,
                  .owner = "Puskesmas Melati",
                  .region = "Kabupaten Contoh",
                  .other_language_href = lang == Lang::Id ? "?bahasa=en" : "?bahasa=id"};
  page.title = lang == Lang::Id ? "Bagaimana pelayanan hari ini?" : "How was the service today?";
  page.footer = {lang == Lang::Id ? "Nama, nomor kartu, dan alamat Anda tidak ditanyakan dan tidak disimpan."
                                  : "Your name, card number and address are not asked for and not stored.",
                 lang == Lang::Id ? "Data contoh. Puskesmas Melati tidak ada." : "Sample data. Puskesmas Melati does not exist."};
  return draw_public_page(page, [&](html::Out& o) {
    const Sample s(o, lang);
    const Problems problems{{Problem::Kind::Invalid, Msg::AnswerChooseRequired, "nilai", {page.title}}};
    o.el("h1", {}, page.title);
    o.el("p", {{"class", "hint"}}, s.in("Tanpa nama, kurang dari 1 menit.", "No name, less than a minute."));
    draw_problems(o, lang, problems, [&](std::string_view) { return s.in("Nilai pelayanan", "Your rating"); });
    o.el("form", {{"method", "get"}, {"action", "#"}}, [&] {
      draw_choice(o, {.name = "nilai",
                      .label = s.in("Nilai pelayanan", "Your rating"),
                      .problem = problem_of(lang, problems, "nilai"),
                      .options = {{"1", s.in("Sangat buruk", "Very bad")},
                                  {"2", s.in("Buruk", "Bad")},
                                  {"3", s.in("Cukup", "Fair")},
                                  {"4", s.in("Baik", "Good")},
                                  {"5", s.in("Sangat baik", "Very good")}},
                      .chosen = {"4"},
                      .tiles = Tiles::Faces,
                      .required = true});
      draw_choice(o, {.name = "janji",
                      .label = s.in("Tidak diminta fotokopi dokumen.", "No photocopies were asked for."),
                      .options = {{"y", s.in("Ditepati", "Kept")},
                                  {"t", s.in("Tidak", "Not kept"), "1"},
                                  {"x", std::string(say(lang, Msg::CommonNotApplicable))}},
                      .chosen = {"y"},
                      .tiles = Tiles::Segments});
      draw_part(o, 1, s.in("Isi kalau diminta fotokopi.", "Fill this in if photocopies were asked for."), [&] {
        draw_field(o, lang, {.name = "fotokopi", .label = s.in("Fotokopi apa yang diminta?", "Which photocopies?"), .max_length = 200});
      });
      draw_field(o, lang,
                 {.name = "pesan",
                  .label = s.in("Ada yang ingin Anda sampaikan?", "Anything you would like to say?"),
                  .hint = s.in("Jangan tulis nama atau nomor kartu.", "Please write no names or card numbers."),
                  .max_length = 2000,
                  .rows = 4});
      draw_button(o, s.in("Kirim jawaban", "Send answers"), Button::Primary);
    });
    o.el("h2", {}, s.in("Penilaian peserta", "Participants' rating"));
    draw_figure(o, lang, {"", s.in("4,3", "4.3"), "", s.in("dari 5", "of 5"), s.in("kira-kira 4,1 sampai 4,5", "about 4.1 to 4.5")});
    draw_labelled_bar(o, lang, s.in("Tidak diminta fotokopi", "No photocopies"), s.in("91%, 59 dari 65", "91%, 59 of 65"),
                      sample_promise(s, 59, 6, 1));
    draw_bar(o, 0.82);
    o.el("h2", {}, s.in("Datang jam berapa supaya tidak lama?", "When is the wait short?"));
    o.el("p", {{"class", "hint"}},
         s.in("Separuh pasien menunggu lebih singkat dari angka ini (menit).", "Half of the patients wait less than this (minutes)."));
    Columns columns{.high = 80,
                    .ticks = {0, 20, 40, 60, 80},
                    .limit = 60,
                    .limit_words = s.in("batas 60 menit", "limit 60 minutes"),
                    .alternative = s.in("Waktu tunggu menurut jam datang; terlama pukul 09, 63 menit.",
                                        "Waiting time by hour of arrival; longest at 9, 63 minutes.")};
    for (const auto& [hour, minutes] : std::initializer_list<std::pair<const char*, int>>{
             {"07", 18}, {"08", 47}, {"09", 63}, {"10", 58}, {"11", 44}, {"12", 31}, {"13", 22}, {"14", 16}})
      columns.bars.push_back({hour, std::to_string(minutes), static_cast<double>(minutes), minutes == 63});
    draw_columns(o, lang, columns);
  });
}

}  // namespace pilar::web
