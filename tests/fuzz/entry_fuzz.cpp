// What the pages of staff are sent, in three lines: the name of a listed record, a table of many records, one record's form.
// Whatever is accepted can be stored, shown in the form again and read back to the same answers.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "app/record_search.h"
#include "base/text.h"
#include "interchange/pack.h"
#include "support/round_pack.h"
#include "web/entry_form.h"
#include "web/grid_form.h"

using namespace pilar;

namespace {

constexpr Day kToday{20'000};

const Instrument& rounds() {
  static const Instrument form = read_pack(test::kRoundPack, "ronde.yaml").value();
  return form;
}

void check_listed(std::string_view line) {
  const auto listed = app::parse_listed(line);
  if (!listed) return;
  const auto again = app::parse_listed(app::text(*listed));
  if (!again || again->id != listed->id || again->mark != listed->mark || again->revision != listed->revision) std::abort();
}

void check_answers_of(const RawAnswers& raw) {
  const auto answers = check_answers(rounds(), raw, kToday, false);
  if (!answers) return;
  if (from_canonical(to_canonical(*answers)) != *answers) std::abort();
  for (const auto lang : {Lang::Id, Lang::En}) {
    const auto shown = web::with_points(rounds(), web::raw_of(rounds(), *answers, lang, Zone::Wib));
    const auto again = check_answers(rounds(), shown, kToday, false);
    if (!again || *again != *answers) std::abort();
  }
}

void check_table(std::string_view line) {
  const auto fields = http::parse_form(line);
  if (!fields) return;
  const auto items = web::grid_items(rounds());
  const auto grid = web::read_grid(rounds(), *fields);
  for (const auto& row : grid.rows) {
    if (row.cells.size() != items.size()) std::abort();
    RawAnswers raw;
    for (std::size_t i = 0; i < items.size(); ++i) {
      auto answer = web::read_cell(*items[i], row.cells[i], Zone::Wib);
      if (!answer.values.empty() || answer.empty) raw.emplace(items[i]->key, std::move(answer));
    }
    check_answers_of(raw);
  }
}

void check_form(std::string_view line) {
  const auto fields = http::parse_form(line);
  if (fields) check_answers_of(web::with_points(rounds(), web::read_entry_answers(rounds(), *fields, Zone::Wib)));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto lines = split(std::string_view(reinterpret_cast<const char*>(data), size), '\n');
  check_listed(lines[0]);
  if (lines.size() > 1) check_table(lines[1]);
  if (lines.size() > 2) check_form(lines[2]);
  return 0;
}
