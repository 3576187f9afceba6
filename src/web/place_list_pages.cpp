#include "web/place_list_pages.h"

#include <array>

#include "i18n/format.h"
#include "i18n/words/common.h"
#include "i18n/words/place_page.h"
#include "web/frame.h"
#include "web/list_file.h"
#include "web/place_address.h"
#include "web/place_words.h"
#include "web/site.h"
#include "web/words.h"

namespace pilar::web {
namespace {

class PlaceListPage {
 public:
  PlaceListPage(const Visit& visit, PlaceAddress address, const app::PlaceList& list)
      : visit_(visit),
        address_(std::move(address)),
        list_(list),
        level_(list.path.empty() ? nullptr : list.path.back()) {}

  std::string draw() const {
    auto frame = staff_page(visit_, Place::Places, level_ == nullptr ? in(Msg::PlacesTitle) : level_->name);
    frame.place = say(visit_.lang, Msg::PlacesCount, {count(list_.facilities)});
    if (level_ != nullptr) frame.path = upward();
    frame.actions = [&](html::Out& o) { draw_actions(o); };
    return draw_staff_page(frame, [&](html::Out& o) {
      draw_filters(o, visit_.lang, filters());
      if (list_.rows.empty()) return draw_nothing(o);
      draw_card(o, {heading(), {}, {}, {}}, [&] { address_.query.is_flat() ? draw_found(o) : draw_level(o); });
      draw_pages(o);
    });
  }

 private:
  std::string in(Message message) const { return words(visit_.lang, message); }
  std::string count(std::size_t number) const { return format::number(visit_.lang, static_cast<std::int64_t>(number)); }
  bool may_manage(const Node& node) const { return visit_.scope->may(Right::ManagePlaces, visit_.reference->organisation, node.key); }

  /// The levels above this one, from the top.
  std::vector<Link> upward() const {
    auto top = address_.everything();
    top.query.at.reset();
    top.level = "*";
    std::vector<Link> path{{in(Msg::PlacesTitle), top.href()}};
    for (const auto* node : list_.path)
      if (node != level_) path.push_back({node->name, address_.at(*node).href()});
    return path;
  }

  void draw_actions(html::Out& o) const {
    const bool manages = visit_.scope->may(Right::ManagePlaces);
    if (level_ != nullptr && visit_.scope->may(Right::ReadResults, visit_.reference->organisation, level_->key))
      draw_link_button(o, {in(Msg::PlacesAbout), place_page_href(*level_)});
    draw_file_actions(o, visit_.lang, address_.href("/tempat/data.xlsx"), address_.href("/tempat/data.csv"));
    if (!manages) return;
    draw_link_button(o, {in(Msg::PlacesImport), "/tempat/impor"});
    const auto below = level_ != nullptr && may_manage(*level_) ? "?di=" + http::percent_encode(level_->code) : std::string();
    draw_link_button(o, {in(Msg::PlacesAdd), "/tempat/tambah" + below}, Button::Primary);
  }

  FilterBar filters() const {
    const auto& query = address_.query;
    const bool payer = query.tree == Tree::Payer;
    std::vector<Option> types{{"", in(Msg::PlacesAnyType)}}, others{{"", in(Msg::PlacesAnyOffice)}};
    for (const auto& type : facility_types()) types.push_back({std::string(type.key), in(type.title)});
    for (const auto* office : list_.others) others.push_back({office->code, office->name});
    const auto tree = in(payer ? Msg::PlacesByPayer : Msg::PlacesByGovernment);
    FilterBar bar{"/tempat", tree + (level_ == nullptr ? "" : ", " + level_->name), {}, {}};
    bar.filters = {
        {"pohon", in(Msg::PlacesTree), payer ? "" : "dinas", {{"", in(Msg::PlacesByPayer)}, {"dinas", in(Msg::PlacesByGovernment)}}},
        {"cari", in(Msg::PlacesSearch), query.words, {}},
        {"tipe", in(Msg::PlacesType), query.facility_type, std::move(types)}};
    if (list_.others.size() > 1 || !address_.other.empty())
      bar.filters.push_back({"lain", in(payer ? Msg::PlacesOffice : Msg::PlacesBranch), address_.other, std::move(others)});
    const auto state = query.state == app::PlaceState::Open ? "" : query.state == app::PlaceState::Closed ? "tutup" : "semua";
    bar.filters.push_back({"keadaan",
                           in(Msg::CommonState),
                           state,
                           {{"", in(Msg::PlacesOpen)}, {"tutup", in(Msg::PlacesClosed)}, {"semua", in(Msg::PlacesAll)}}});
    if (!address_.level.empty()) bar.kept.emplace_back("tempat", address_.level);
    if (query.order == app::PlaceOrder::Code) bar.kept.emplace_back("urut", "kode");
    return bar;
  }

  std::string heading() const {
    const auto& query = address_.query;
    if (query.is_flat()) return say(visit_.lang, Msg::PlacesFound, {count(list_.all)});
    return level_ == nullptr ? in(query.tree == Tree::Payer ? Msg::PlacesByPayer : Msg::PlacesByGovernment)
                             : say(visit_.lang, Msg::PlacesBelow, {count(list_.all), level_->name});
  }

  void draw_nothing(html::Out& o) const {
    if (address_.query.is_flat()) return draw_empty(o, in(Msg::PlacesNoneFound), {in(Msg::PlacesShowAll), address_.everything().href()});
    if (level_ == nullptr) return draw_empty(o, in(Msg::PlacesNone));
    if (!may_manage(*level_)) return draw_empty(o, say(visit_.lang, Msg::PlacesNoneBelow, {level_->name}));
    draw_empty(o, say(visit_.lang, Msg::PlacesNoneBelow, {level_->name}),
               {in(Msg::PlacesAdd), "/tempat/tambah?di=" + http::percent_encode(level_->code)});
  }

  Column sorted_column(Message title, app::PlaceOrder order) const {
    auto address = address_;
    address.query.order = order;
    address.page = 1;
    return {in(title), false, address.href(), address_.query.order == order ? Sorted::Up : Sorted::No};
  }

  std::string order_words() const {
    return in(address_.query.order == app::PlaceOrder::Code ? Msg::PlacesSortedByCode : Msg::PlacesSortedByName);
  }

  void draw_level(html::Out& o) const {
    const TableHead head{heading(),
                         {sorted_column(Msg::CommonName, app::PlaceOrder::Name),
                          sorted_column(Msg::PlacesCode, app::PlaceOrder::Code),
                          {in(Msg::PlacesKind)},
                          {in(Msg::PlacesFacilities), true},
                          {in(Msg::CommonState)}},
                         order_words(),
                         true};
    draw_table(o, head, [&](Rows& rows) {
      for (const auto& row : list_.rows) rows.row([&](Row& cells) { draw_level_row(cells, row); });
    });
  }

  void draw_level_row(Row& cells, const app::PlaceRow& row) const {
    const bool is_facility = row.node->kind == NodeKind::Facility;
    cells.name(row.node->name, is_facility ? place_page_href(*row.node) : address_.at(*row.node).href());
    cells.cell(row.node->code);
    cells.cell(kind_words(visit_.lang, *row.node));
    cells.cell(is_facility ? "" : count(row.facilities));
    cells.cell(place_state(visit_, *row.node));
  }

  void draw_found(html::Out& o) const {
    const TableHead head{heading(),
                         {sorted_column(Msg::CommonName, app::PlaceOrder::Name),
                          sorted_column(Msg::PlacesCode, app::PlaceOrder::Code),
                          {in(Msg::PlacesKind)},
                          {in(Msg::PlacesStandsAt)},
                          {in(Msg::CommonState)}},
                         order_words(),
                         true};
    draw_table(o, head, [&](Rows& rows) {
      for (const auto& row : list_.rows)
        rows.row([&](Row& cells) {
          cells.name(row.node->name, place_page_href(*row.node));
          cells.cell(row.node->code);
          cells.cell(kind_words(visit_.lang, *row.node));
          const auto* up = above(visit_.reference->organisation, *row.node, address_.query.tree);
          cells.cell(up == nullptr ? "" : up->name);
          cells.cell(place_state(visit_, *row.node));
        });
    });
  }

  void draw_pages(html::Out& o) const {
    const auto pages = static_cast<int>((list_.all + kPlacesAPage - 1) / kPlacesAPage);
    draw_pagination(o, visit_.lang, address_.page, pages, [&](int page) {
      auto address = address_;
      address.page = page;
      return address.href();
    });
  }

  const Visit& visit_;
  PlaceAddress address_;
  const app::PlaceList& list_;
  const Node* level_;
};

/// The one facility that this person has anything to do with: its page says more than a list of one.
const Node* only_facility(const Visit& visit) {
  for (const auto* asked : {"pohon", "tempat", "cari", "tipe", "keadaan"})
    if (!visit.request.param(asked).empty()) return nullptr;
  const auto roots = visit.scope->roots(visit.reference->organisation);
  const auto* node = roots.size() == 1 ? visit.reference->organisation.find(roots.front()) : nullptr;
  return node != nullptr && node->kind == NodeKind::Facility ? node : nullptr;
}

http::Reply get_places(const Visit& visit) {
  if (const auto* facility = only_facility(visit)) return redirect(place_page_href(*facility));
  auto address = read_place_address(visit);
  if (!address) return place_refusal(visit, address.error());
  const auto list = app::list_places(visit.context, *visit.scope, address->query);
  if (!list) return place_refusal(visit, list.error());
  return html_page(200, PlaceListPage(visit, *std::move(address), *list).draw());
}

constexpr std::array kPlaceListRoutes{
    Route{http::Method::Get, "/tempat", May::ReadResults, Work::Blocking, &get_places,
          "One level of the payer's or the government's tree, or a search below it."},
};

}  // namespace

std::span<const Route> place_list_routes() { return kPlaceListRoutes; }

}  // namespace pilar::web
