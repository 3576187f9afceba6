#include "web/yearly_office_page.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "i18n/format.h"
#include "i18n/named.h"
#include "i18n/words/common.h"
#include "i18n/words/sasaran.h"
#include "i18n/words/table.h"
#include "web/frame.h"
#include "web/list_file.h"
#include "web/words.h"
#include "web/yearly_words.h"

namespace pilar::web {
namespace {

constexpr std::size_t kOfficeRowsAPage = 50;

constexpr std::array kYearlyKeeps{NamedValue{YearlyKeep::All, std::string_view(""), Msg::SasaranAll},
                                  NamedValue{YearlyKeep::Missing, std::string_view("kurang"), Msg::SasaranKeepMissing},
                                  NamedValue{YearlyKeep::Whole, std::string_view("lengkap"), Msg::SasaranKeepWhole},
                                  NamedValue{YearlyKeep::None, std::string_view("tidak"), Msg::SasaranKeepNone}};

std::span<const NamedValue<YearlyKeep>> yearly_keeps() { return kYearlyKeeps; }

YearlyKeep keep_of(const app::YearlyFacility& row) {
  if (row.needed == 0) return YearlyKeep::None;
  return row.missing.empty() ? YearlyKeep::Whole : YearlyKeep::Missing;
}

std::vector<const app::YearlyFacility*> kept_facilities(const app::YearlyOffice& office, const YearlyOfficeAddress& address) {
  const auto wanted = lower_ascii(trim(address.search));
  std::vector<const app::YearlyFacility*> kept;
  for (const auto& row : office.rows) {
    if (address.keep != YearlyKeep::All && keep_of(row) != address.keep) continue;
    if (lower_ascii(row.node->name).contains(wanted) || row.node->code.contains(wanted)) kept.push_back(&row);
  }
  return kept;
}

std::string missing_words(Lang lang, const app::YearlyFacility& row) {
  std::string out;
  for (const auto& one : row.missing) {
    out += (out.empty() ? "" : "; ") + one.item->label.in(lang);
    if (one.unit != nullptr) out += ", " + one.unit->name;
  }
  return out;
}

std::string filled_of(Lang lang, const app::YearlyFacility& row) {
  if (row.needed == 0) return words(lang, Msg::SasaranNeedsNone);
  return say(lang, Msg::SasaranOfTarget,
             {format::number(lang, static_cast<std::int64_t>(row.needed - row.missing.size())),
              format::number(lang, static_cast<std::int64_t>(row.needed))});
}

FilterBar office_filters(Lang lang, const app::YearlyOffice& office, const YearlyOfficeAddress& address) {
  FilterBar bar{"/indikator/sasaran", std::to_string(office.year), {}, {{"tempat", office.node->code}}};
  std::vector<Option> keeps;
  for (const auto& row : yearly_keeps()) keeps.push_back({std::string(row.key), words(lang, row.title)});
  bar.filters = {
      {"tahun", words(lang, Msg::SasaranYear), std::to_string(office.year), year_options(lang, civil_day(office.as_of, office.node->zone))},
      {"saring", words(lang, Msg::SasaranKeep), std::string(key_of(yearly_keeps(), address.keep)), std::move(keeps)},
      {"cari", words(lang, Msg::SasaranSearch), address.search, {}}};
  return bar;
}

class YearlyOfficePage {
 public:
  YearlyOfficePage(const Visit& visit, const app::YearlyOffice& office, YearlyOfficeAddress address)
      : visit_(visit),
        lang_(visit.lang),
        office_(office),
        address_(std::move(address)),
        rows_(kept_facilities(office, address_)),
        pages_(std::max(1, static_cast<int>((rows_.size() + kOfficeRowsAPage - 1) / kOfficeRowsAPage))) {
    address_.page = std::clamp(address_.page, 1, pages_);
  }

  std::string draw() const {
    auto frame = staff_page(visit_, Place::Indicators, in(Msg::SasaranTitle));
    frame.place = office_.node->name + " · " + std::to_string(office_.year);
    frame.as_of = as_of(lang_, office_.as_of, office_.node->zone);
    frame.actions = [&](html::Out& o) { draw_file_actions(o, lang_, address_.href("/data.xlsx"), address_.href("/data.csv")); };
    return draw_staff_page(frame, [&](html::Out& o) {
      o.el("p", {{"class", "note"}}, in(Msg::SasaranOfficeNote));
      draw_filters(o, lang_, office_filters(lang_, office_, address_));
      if (office_.rows.empty()) return draw_empty(o, in(Msg::SasaranOfficeNone));
      draw_counts(o);
      if (rows_.empty()) return draw_empty(o, in(Msg::SasaranOfficeNoneLeft), {in(Msg::SasaranAll), only(YearlyKeep::All)});
      draw_rows(o);
      draw_pagination(o, lang_, address_.page, pages_, [&](int page) {
        auto address = address_;
        address.page = page;
        return address.href();
      });
    });
  }

 private:
  std::string in(Message message) const { return words(lang_, message); }
  std::string count(std::size_t number) const { return format::number(lang_, static_cast<std::int64_t>(number)); }
  std::string only(YearlyKeep keep) const {
    return YearlyOfficeAddress{.place = address_.place, .year = address_.year, .keep = keep}.href();
  }

  /// How many facilities each state holds for, each a way to see them.
  void draw_counts(html::Out& o) const {
    std::vector<Fact> facts;
    for (const auto& row : yearly_keeps()) {
      if (row.value == YearlyKeep::All) continue;
      const auto number = std::ranges::count_if(office_.rows, [&](const auto& one) { return keep_of(one) == row.value; });
      const auto shown = format::number(lang_, static_cast<std::int64_t>(number));
      facts.push_back(number == 0 ? Fact{in(row.title), shown, {}} : Fact{in(row.title), {}, {shown, only(row.value)}});
    }
    draw_card(o, {}, [&] { draw_facts(o, facts); });
  }

  void draw_rows(html::Out& o) const {
    const TableHead head{
        .caption = in(Msg::SasaranTitle) + " " + std::to_string(office_.year),
        .columns = {{in(Msg::TableFacility)}, {in(Msg::SasaranFilled), true}, {in(Msg::CommonState)}, {in(Msg::SasaranLacks)}},
        .stacks = true};
    draw_card(o, {.title = say(lang_, Msg::SasaranOfficeCount, {count(rows_.size()), count(office_.rows.size())})}, [&] {
      draw_table(o, head, [&](Rows& rows) {
        const auto from = static_cast<std::size_t>(address_.page - 1) * kOfficeRowsAPage;
        for (auto i = from; i < std::min(from + kOfficeRowsAPage, rows_.size()); ++i)
          rows.row([&](Row& row) { draw_facility(o, row, *rows_[i]); });
      });
    });
  }

  void draw_facility(html::Out& o, Row& row, const app::YearlyFacility& facility) const {
    YearlyAddress address{facility.node, office_.year};
    row.name(facility.node->name, address.href());
    row.cell(filled_of(lang_, facility));
    row.cell([&] {
      const auto keep = keep_of(facility);
      if (keep == YearlyKeep::Missing)
        draw_badge(o, Mark::Concern, in(Msg::SasaranMissing), Ground::Filled);
      else
        draw_badge(o, keep == YearlyKeep::Whole ? Mark::Done : Mark::None,
                   in(keep == YearlyKeep::Whole ? Msg::SasaranComplete : Msg::SasaranNeedsNone));
    });
    row.cell(facility.missing.empty() ? std::string(format::kNone) : missing_words(lang_, facility));
  }

  const Visit& visit_;
  Lang lang_;
  const app::YearlyOffice& office_;
  YearlyOfficeAddress address_;
  std::vector<const app::YearlyFacility*> rows_;
  int pages_;
};

}  // namespace

std::string YearlyOfficeAddress::href(std::string_view below) const {
  std::string out = "/indikator/sasaran" + std::string(below) + "?tempat=" + http::percent_encode(place) + "&tahun=" + std::to_string(year);
  if (keep != YearlyKeep::All) out += "&saring=" + std::string(key_of(yearly_keeps(), keep));
  if (!search.empty()) out += "&cari=" + http::percent_encode(search);
  if (page > 1) out += "&hal=" + std::to_string(page);
  return out;
}

YearlyOfficeAddress read_yearly_office_address(const Visit& visit, const Node& node, int year) {
  YearlyOfficeAddress address{.place = node.code, .search = std::string(visit.request.param("cari")), .year = year};
  address.keep = find_value(yearly_keeps(), visit.request.param("saring")).value_or(address.keep);
  constexpr std::int64_t kMostPages = 100'000;
  address.page = static_cast<int>(std::clamp<std::int64_t>(parse_int(visit.request.param("hal")).value_or(1), 1, kMostPages));
  return address;
}

std::string draw_yearly_office(const Visit& visit, const app::YearlyOffice& office, YearlyOfficeAddress address) {
  return YearlyOfficePage(visit, office, std::move(address)).draw();
}

Table yearly_office_table(const Visit& visit, const app::YearlyOffice& office, const YearlyOfficeAddress& address) {
  const auto lang = visit.lang;
  const auto kept = kept_facilities(office, address);
  auto out = list_table(visit, words(lang, Msg::SasaranTitle) + ", " + office.node->name, office_filters(lang, office, address),
                        static_cast<std::int64_t>(kept.size()));
  out.columns = {{words(lang, Msg::TableCode)},
                 {words(lang, Msg::TableFacility)},
                 {words(lang, Msg::SasaranNeeded), TableColumn::Kind::Number},
                 {words(lang, Msg::SasaranFilled), TableColumn::Kind::Number},
                 {words(lang, Msg::SasaranLacks)}};
  out.rows = [kept, lang](const OnTableRow& write) {
    for (const auto* row : kept) {
      const std::vector<TableCell> cells{row->node->code, row->node->name, Decimal::whole(static_cast<std::int64_t>(row->needed)),
                                         Decimal::whole(static_cast<std::int64_t>(row->needed - row->missing.size())),
                                         missing_words(lang, *row)};
      write(cells);
    }
  };
  return out;
}

}  // namespace pilar::web
