#include "web/style_page.h"

#include <array>

#include "i18n/format.h"
#include "i18n/messages.h"
#include "i18n/words/answer.h"
#include "i18n/words/common.h"
#include "i18n/words/people.h"
#include "web/forms.h"
#include "web/layout.h"
#include "web/style_samples.h"

namespace pilar::web {
namespace {

void draw_waiting(const Sample& s) {
  s.o.el("h2", {}, s.in("Yang menunggu", "What waits"));
  const Todo todos[] = {{Mark::Concern,
                         s.in("Lewat batas", "Overdue"),
                         s.in("1 keluhan belum ditanggapi.", "1 complaint has no reply."),
                         s.in("Batas 24 jam habis tadi pukul 07.20.", "The 24 hours ended at 07:20."),
                         {s.in("Tanggapi", "Reply"), "#"}},
                        {Mark::None,
                         s.in("Hari ini", "Today"),
                         s.in("4 komentar bernilai 1–2 belum dibaca.", "4 comments rated 1–2 are unread."),
                         s.in("Tiga menyebut obat, satu menyebut antrean.", "Three name medicines, one the queue."),
                         {s.in("Baca komentar", "Read comments"), "#"}},
                        {Mark::None,
                         s.in("9 hari lagi", "In 9 days"),
                         s.in("KESSAN November baru 22 dari 30 jawaban.", "KESSAN November has 22 of 30 answers."),
                         s.in("Bulan lalu 66.", "Last month 66."),
                         {s.in("Cetak kode QR", "Print QR code"), "#"}}};
  draw_todos(s.o, todos, "");
  draw_card(s.o, {}, [&] {
    draw_todos(s.o, {},
               s.in("Tidak ada yang menunggu Anda. Berikutnya: kirim indikator, 5 Desember 2026.",
                    "Nothing waits for you. Next: send the indicators, 5 December 2026."));
  });
}

void draw_answers(const Sample& s) {
  auto& o = s.o;
  draw_strip(o, {{"",
                  [&] {
                    draw_figure(
                        o, s.lang(),
                        {s.in("Oktober 2026", "October 2026"), format::percent(s.lang(), 57, 66), "#mengapa",
                         s.in("57 dari 66 jawaban", "57 of 66 answers"), s.in("selang 95%: 76,1–92,7%", "95% interval: 76.1–92.7%")});
                  }},
                 {"Target ≥ 85%",
                  [&] {
                    draw_statement(o, s.in("Tercapai bulan ini", "Reached this month"),
                                   s.in("minimal 30 jawaban: terpenuhi", "at least 30 answers: yes"));
                  }},
                 {s.in("Perubahan", "Change"),
                  [&] {
                    draw_variation(o, Variation::Improving, s.in("Membaik", "Improving"),
                                   s.in("7 bulan di atas garis tengah", "7 months above the centre line"));
                  }},
                 {s.in("Kemampuan mencapai target", "Ability to reach the target"), [&] {
                    draw_assurance(o, Assurance::Uncertain, s.in("Belum tentu tercapai", "Not certain to be reached"),
                                   s.in("target masih di dalam batas wajar", "the target lies within the limits"));
                  }}});
}

void draw_words_with_shapes(const Sample& s) {
  draw_card(s.o, {.title = s.in("Bentuk dan kata", "Shape and word")}, [&] {
    s.o.el("div", {{"class", "samples"}}, [&] {
      draw_badge(s.o, Mark::Concern, s.in("Di bawah batas", "Below the limits"), Ground::Filled);
      draw_badge(s.o, Mark::Improvement, s.in("Di atas batas", "Above the limits"), Ground::Filled);
      draw_badge(s.o, Mark::Neutral, s.in("Berubah", "Changed"));
      draw_badge(s.o, Mark::Open, s.in("Belum ada data", "No data yet"));
      draw_badge(s.o, Mark::Done, s.in("Terkirim", "Sent"));
      draw_badge(s.o, Mark::None, s.in("Wajar", "As expected"));
    });
    s.o.el("div", {{"class", "samples"}}, [&] {
      draw_variation(s.o, Variation::Ordinary, s.in("Naik-turun wajar", "Ordinary variation"));
      draw_variation(s.o, Variation::Improving, s.in("Membaik", "Improving"));
      draw_variation(s.o, Variation::Deteriorating, s.in("Memburuk", "Deteriorating"));
      draw_variation(s.o, Variation::Changed, s.in("Berubah", "Changed"));
      draw_assurance(s.o, Assurance::Reliable, s.in("Konsisten tercapai", "Reliably reached"));
      draw_assurance(s.o, Assurance::Uncertain, s.in("Belum tentu tercapai", "Not certain"));
      draw_assurance(s.o, Assurance::Unreachable, s.in("Tidak akan tercapai tanpa perubahan", "Out of reach without change"));
    });
  });
}

void draw_follow(const Sample& s) {
  auto chart = sample_control_chart(s);
  chart.axis = {50, 105};
  s.o.el("div", {{"class", "grid small"}}, [&] {
    draw_card(s.o, {.title = s.in("Peserta puas (KESSAN)", "Satisfied (KESSAN)")}, [&] {
      draw_figure(s.o, s.lang(), {"", format::percent(s.lang(), 57, 66), "#mengapa", s.in("57 dari 66", "57 of 66")});
      draw_small_spc(s.o, s.lang(), chart);
      draw_variation(s.o, Variation::Improving, s.in("Membaik", "Improving"));
    });
    draw_card(s.o, {.title = s.in("Kejadian pasien jatuh", "Patient falls")}, [&] {
      draw_figure(s.o, s.lang(), {"", std::string(format::kNone), "", s.in("tak ada kasus", "no cases")});
      draw_empty(s.o, s.in("Data belum cukup (5 bulan).", "Not enough data (5 months)."));
    });
    draw_card(s.o, {.title = s.in("Kelengkapan isian", "Completeness")},
              [&] { draw_progress(s.o, s.in("Oktober 2026", "October 2026"), 6, 8, s.in("6 dari 8 unit", "6 of 8 units")); });
  });
}

void draw_units(const Sample& s) {
  struct Unit {
    const char* name;
    int satisfied, answers;
    double low, high;
  };
  constexpr Unit kUnits[] = {
      {"KIA-KB", 80, 88, 83.1, 95.3}, {"Poli Umum", 148, 171, 80.6, 90.9}, {"Poli Gigi", 52, 64, 70.0, 88.9}, {"UGD", 7, 11, 35.4, 84.8}};
  constexpr std::array<std::optional<double>, 12> kTrend{74.5, 77.2, 54.8, 74.1, std::nullopt, 84.1, 86.7, 82.3, 87.9, 84.8, 86.4, 86.4};
  auto& o = s.o;
  draw_card(o,
            {.title = s.in("Antarunit, Mei–Oktober 2026", "By unit, May–October 2026"), .link = {s.in("Unduh CSV", "Download CSV"), "#"}},
            [&] {
              const TableHead head{.caption = s.in("Antarunit", "By unit"),
                                   .columns = {{"Unit", false, "#", Sorted::Up},
                                               {s.in("Selang 95%, 30% sampai 100%", "95% interval, 30% to 100%")},
                                               {"12 bulan"},
                                               {s.in("Puas", "Satisfied"), true},
                                               {s.in("Jawaban", "Answers"), true, "#"}},
                                   .order = s.in("Urut menurut abjad.", "In alphabetical order.")};
              draw_table(o, head, [&](Rows& rows) {
                for (const auto& unit : kUnits)
                  rows.row([&](Row& row) {
                    const bool few = unit.answers < 30;
                    const auto shown = format::percent(s.lang(), unit.satisfied, unit.answers);
                    row.name(unit.name, "#");
                    row.cell([&] {
                      draw_interval(o, {30, 100}, {100.0 * unit.satisfied / unit.answers, unit.low, unit.high, few, 85.0}, shown);
                    });
                    row.cell([&] { draw_sparkline(o, {40, 100}, kTrend, 79.0, s.in("12 bulan", "12 months")); });
                    row.cell(few ? "(" + shown + ")" : shown);
                    row.cell([&] {
                      o.text(format::number(s.lang(), unit.answers));
                      if (few) o.el("small", {}, say(s.lang(), Msg::CommonFewData));
                    });
                  });
                rows.total([&](Row& row) {
                  row.name(s.in("Semua unit", "All units"));
                  row.cell("");
                  row.cell("");
                  row.cell(format::percent(s.lang(), 287, 334));
                  row.cell("334");
                });
              });
              draw_pagination(o, s.lang(), 2, 9, [](int page) { return "#" + std::to_string(page); });
            });
}

std::vector<Part> ratings(const Sample& s) {
  return {{s.in("1 Sangat buruk", "1 Very bad"), 1, Tone::Step1},
          {"2", 2, Tone::Step2},
          {"3", 6, Tone::Step3},
          {"4", 24, Tone::Step4},
          {s.in("5 Sangat baik", "5 Very good"), 33, Tone::Step5}};
}

void draw_distribution(const Sample& s) {
  draw_card(s.o, {.title = s.in("Sebaran jawaban", "Distribution")}, [&] {
    draw_labelled_bar(s.o, s.lang(), s.in("Penilaian keseluruhan", "Overall rating"), s.in("66 jawaban", "66 answers"), ratings(s));
    draw_legend(s.o, ratings(s));
    draw_legend(s.o, sample_promise(s, 1, 1, 1));
    draw_labelled_bar(s.o, s.lang(), s.in("Tidak diminta fotokopi", "No photocopies asked for"), s.in("91%, 59 dari 65", "91%, 59 of 65"),
                      sample_promise(s, 59, 6, 1));
    draw_labelled_bar(s.o, s.lang(), s.in("Obat yang dibutuhkan tersedia", "Medicines available"), s.in("82%, 41 dari 50", "82%, 41 of 50"),
                      sample_promise(s, 41, 9, 16));
  });
}

void draw_why(const Sample& s) {
  draw_card(s.o, {.title = std::string(say(s.lang(), Msg::CommonWhy)), .id = "mengapa"}, [&] {
    const Fact facts[] = {{s.in("Artinya", "Meaning"), s.in("Dari semua peserta yang menilai, berapa yang memberi 4 atau 5.",
                                                            "Of all who rated, how many gave 4 or 5.")},
                          {s.in("Pembilang", "Numerator"), s.in("57 jawaban bernilai 4 atau 5", "57 answers of 4 or 5")},
                          {s.in("Penyebut", "Denominator"), s.in("66 jawaban yang punya nilai", "66 answers with a rating")},
                          {s.in("Rumus", "Formula"), "57 ÷ 66 × 100% = " + format::percent(s.lang(), 57, 66, 2)},
                          {s.in("Versi", "Version"),
                           s.in("KESSAN 1, berlaku sejak 1 Desember 2024.", "KESSAN 1, in force since 1 December 2024."),
                           {s.in("Riwayat", "History"), "#"}}};
    draw_facts(s.o, facts);
  });
}

void draw_form(const Sample& s) {
  const Problems problems{{Problem::Kind::Invalid, Msg::AnswerRequired, "tanggal", {s.in("Tanggal kejadian", "Date")}},
                          {Problem::Kind::Invalid, Msg::AnswerTooLarge, "menit", {"480"}}};
  const Option units[] = {{"umum", "Poli Umum"}, {"kia", "KIA-KB"}, {"gigi", "Poli Gigi"}};
  draw_card(s.o, {.title = s.in("Isian", "Form")}, [&] {
    draw_problems(s.o, s.lang(), problems, [&](std::string_view field) {
      return field == "menit" ? s.in("Waktu tunggu", "Waiting time") : s.in("Tanggal kejadian", "Date");
    });
    s.o.el("form", {{"method", "get"}, {"action", "#"}}, [&] {
      draw_field(s.o, s.lang(),
                 {.name = "tanggal",
                  .label = s.in("Tanggal kejadian", "Date"),
                  .problem = problem_of(s.lang(), problems, "tanggal"),
                  .required = true,
                  .type = "date"});
      draw_field(s.o, s.lang(),
                 {.name = "menit",
                  .label = s.in("Waktu tunggu", "Waiting time"),
                  .hint = s.in("Sejak daftar sampai masuk poli.", "From registration to the consulting room."),
                  .value = "4800",
                  .problem = problem_of(s.lang(), problems, "menit"),
                  .required = true,
                  .inputmode = "numeric",
                  .unit = s.in("menit", "minutes")});
      draw_select(s.o, s.lang(), {.name = "unit", .label = "Unit", .value = "kia", .required = true}, units);
      draw_choice(s.o, {.name = "tanya",
                        .label = s.in("Apakah identitas diperiksa dua kali?", "Was identity checked twice?"),
                        .options = {{"y", std::string(say(s.lang(), Msg::CommonYes))},
                                    {"t", std::string(say(s.lang(), Msg::CommonNo))},
                                    {"x", std::string(say(s.lang(), Msg::CommonNotApplicable))}},
                        .chosen = {"y"},
                        .tiles = Tiles::Segments});
      draw_choice(s.o, {.name = "sebab",
                        .label = s.in("Sebab", "Causes"),
                        .hint = s.in("Boleh lebih dari satu.", "More than one is possible."),
                        .options = {{"a", s.in("Alat rusak", "Broken equipment")}, {"b", s.in("Petugas kurang", "Too few staff")}},
                        .chosen = {"b"},
                        .several = true});
      draw_field(s.o, s.lang(), {.name = "catatan", .label = s.in("Catatan", "Note"), .rows = 3});
      s.o.el("div", {{"class", "samples"}}, [&] {
        draw_button(s.o, s.in("Simpan isian", "Save"), Button::Primary);
        draw_button(s.o, s.in("Simpan sebagai rancangan", "Save as draft"));
        draw_button(s.o, s.in("Hapus 3 isian", "Delete 3 records"), Button::Danger);
      });
    });
  });
}

/// What will happen is named before it happens; afterwards the notice on top has the way back.
void draw_confirmation(const Sample& s) {
  draw_card(s.o, {.title = s.in("Batalkan 3 catatan", "Void 3 records")}, [&] {
    s.o.el("p", {},
           s.in("Tiga catatan Poli Gigi tidak dihitung lagi. Isinya tetap tersimpan dan bisa dipulihkan.",
                "Three records of the dental clinic will not be counted any more. They are kept and can be brought back."));
    s.o.el("form", {{"method", "get"}, {"action", "#"}}, [&] {
      draw_field(s.o, s.lang(), {.name = "alasan", .label = s.in("Alasan", "Reason"), .required = true, .max_length = 500});
      s.o.el("div", {{"class", "choices"}}, [&] {
        draw_button(s.o, s.in("Batalkan 3 catatan", "Void 3 records"), Button::Danger);
        draw_link_button(s.o, {s.in("Jangan", "Leave it"), "#"});
      });
    });
  });
}

/// A text to be taken along.
void draw_command(const Sample& s) {
  draw_card(s.o, {.title = s.in("Di terminal", "In a terminal")}, [&] {
    s.o.el("pre", {{"id", "perintah"}, {"class", "code"}, {"tabindex", 0}}, "pilar doctor --data /var/lib/pilar");
    draw_copy_button(s.o, "perintah", std::string(say(s.lang(), Msg::CommonCopy)));
  });
}

void draw_side_by_side(html::Out& o, const Body& left, const Body& right) {
  o.el("div", {{"class", "grid"}}, [&] {
    o.el("div", {}, left);
    o.el("div", {}, right);
  });
}

void draw_filter_bar(const Sample& s) {
  draw_filters(
      s.o, s.lang(),
      {.action = "",
       .summary = s.in("Oktober 2026, semua unit", "October 2026, all units"),
       .filters = {
           {"bulan", s.in("Bulan", "Month"), "2026-10", {{"2026-10", s.in("Oktober 2026", "October 2026")}, {"2026-09", "September 2026"}}},
           {"unit", "Unit", "", {{"", s.in("Semua unit", "All units")}, {"kia", "KIA-KB"}}},
           {"cari", s.in("Cari", "Search"), ""}}});
}

/// The pages of one thing, and people's own words.
void draw_tabs_and_voices(const Sample& s) {
  const std::vector<Link> tabs{{s.in("Ringkasan", "Overview"), "#"}, {"KESSAN", "#"}, {"SKM", "#"}};
  draw_tabs(s.o, s.lang(), tabs, 0);
  draw_card(s.o, {.title = s.in("Kata peserta", "What participants say")}, [&] {
    s.o.el("ul", {{"class", "voices"}}, [&] {
      s.o.el("li", {}, [&] {
        s.o.el("q", {}, s.in("Loket dua enak, antre cuma sebentar.", "The second counter is good, the queue is short."));
        s.o.el("small", {}, s.in("Pekan mulai 12 Oktober 2026", "Week of 12 October 2026"));
      });
    });
  });
}

}  // namespace

std::string draw_style_page(Lang lang) {
  StaffPage page{.lang = lang,
                 .current = 2,
                 .path = {{"Survei", "#"}, {"KESSAN", "#"}},
                 .search_href = "/cari",
                 .other_language_href = lang == Lang::Id ? "?bahasa=en" : "?bahasa=id",
                 .person = {"dr. Sari, Ketua Tim Mutu", "#"},
                 .charts = true};
  page.title = lang == Lang::Id ? "Peserta puas (nilai 4–5)" : "Satisfied participants (4–5)";
  page.place = lang == Lang::Id ? "Puskesmas Melati · Oktober 2026" : "Puskesmas Melati · October 2026";
  page.as_of = format::moment(lang, *parse_instant("2026-11-21T08:15:00+07:00"), Zone::Wib);
  for (const char* word : {"Beranda", "Indikator", "Survei", "Keluhan", "Perbaikan", "Dokumen", "Laporan"})
    page.pages.push_back({word, "#"});
  page.notice = lang == Lang::Id ? "3 catatan dibatalkan." : "3 records were voided.";
  page.notice_more = [lang](html::Out& o) {
    o.text(" ");
    o.el("a", {{"href", "#"}}, lang == Lang::Id ? "Urungkan" : "Undo");
  };
  page.help = {lang == Lang::Id ? "Bantuan untuk halaman ini" : "Help with this page", "#"};
  page.tour = TourStep{lang == Lang::Id ? "Tur, langkah 2 dari 9" : "Tour, step 2 of 9",
                       lang == Lang::Id ? "Semua fasilitas berdampingan." : "All facilities side by side.",
                       {lang == Lang::Id ? "Sebelumnya" : "Previous", "#"},
                       {lang == Lang::Id ? "Berikutnya" : "Next", "#"}};
  page.actions = [lang](html::Out& o) {
    draw_action_button(o, "print", lang == Lang::Id ? "Cetak" : "Print");
    draw_link_button(o, {lang == Lang::Id ? "Unduh CSV" : "Download CSV", "#"});
  };
  return draw_staff_page(page, [lang](html::Out& o) {
    const Sample s(o, lang);
    draw_filter_bar(s);
    draw_answers(s);
    draw_tabs_and_voices(s);
    draw_spc(o, lang, sample_control_chart(s));
    draw_waiting(s);
    draw_follow(s);
    draw_words_with_shapes(s);
    draw_side_by_side(
        o,
        [&] {
          draw_units(s);
          draw_distribution(s);
        },
        [&] {
          draw_funnel(o, lang, sample_funnel_chart(s));
          draw_why(s);
        });
    draw_side_by_side(
        o, [&] { draw_form(s); },
        [&] {
          draw_confirmation(s);
          draw_command(s);
          draw_lines(o, lang, sample_line_chart(s));
        });
  });
}

}  // namespace pilar::web
