#pragma once
#include <string>
#include <vector>

#include "app/indicator.h"
#include "web/components.h"
#include "web/route.h"

/// What the pages of the kamus indikator have in common: where they stand, and an indicator in words.
namespace pilar::web {

/// The place of ?tempat=CODE (of the form's field `tempat` where one was sent), else the person's own; null where there is no such place.
const Node* asked_place(const Visit& visit);
/// Its kamus.
Result<app::KamusView> read_kamus_request(const Visit& visit);
/// "/kamus/akurasi-data/ubah?tempat=melati"; `path` is "" or "/..." below the kamus.
std::string kamus_href(const app::KamusView& view, std::string_view path, const http::Fields& more = {});
std::string entry_href(const app::KamusView& view, const app::KamusLine& line, std::string_view below = {});
/// The result page of the measure behind it, at this place; empty where the formula names none.
std::string indicator_result_href(const app::KamusView& view, const app::KamusLine& line);
/// "Puskesmas Melati", or that all places are meant.
std::string kamus_place(Lang lang, const app::KamusView& view);

/// "Antara 1 dan 5."; empty where there is no upper end.
std::string target_range_words(Lang lang, const app::KamusLine& line);
/// "paling sedikit 100%"; empty without a target.
std::string target_of_indicator(Lang lang, const app::KamusLine& line, const std::optional<Decimal>& target);
/// The form's field `target`, "97,5" or "97.5"; empty where nothing was typed. What is no number becomes a problem.
std::optional<Decimal> read_target(const Visit& visit, Problems& wrong);
/// "tiap triwulan".
std::string months_words(Lang lang, int months);
/// The label of "set/tag" with its set: "Efektif (Dimensi mutu PMK 30/2022)".
std::string tag_words(Lang lang, std::span<const TagSet> sets, std::string_view path);
/// Labels of the kinds of facility it is for.
std::string types_words(Lang lang, const Indicator& indicator);
/// "wajib", "dipakai di sini", "rancangan"; empty where nothing of it holds.
struct IndicatorBadge {
  Mark mark = Mark::None;
  std::string words{};
};
IndicatorBadge badge_of(Lang lang, const app::KamusView& view, const app::KamusLine& line);
/// The sentence that stands on every page of the kamus.
void draw_not_a_target(html::Out& o, Lang lang);

}  // namespace pilar::web
