#pragma once
#include <string>
#include <string_view>

#include "app/place_list.h"
#include "web/route.h"

namespace pilar::web {

/// What the address of the list of places asks for, so that every link can change one part of it.
struct PlaceAddress {
  app::PlaceQuery query{};
  std::string level{}, other{};  ///< codes of query.at and query.other; level "*": the top, though the person's own place is below
  int page = 1;

  /// "/tempat?pohon=dinas&tempat=kab-contoh&cari=melati".
  std::string href(std::string_view path = "/tempat") const;
  /// The same list with nothing searched for.
  PlaceAddress everything() const;
  /// The level of this place, in the same tree.
  PlaceAddress at(const Node& node) const;
};
inline constexpr std::size_t kPlacesAPage = 50;
/// Problem: a level or an office that does not exist. Without a level it is the person's own place.
Result<PlaceAddress> read_place_address(const Visit& visit);

}  // namespace pilar::web
