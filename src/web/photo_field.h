#pragma once
#include <cstddef>
#include <string>

#include "domain/record.h"
#include "web/forms.h"
#include "web/route.h"

/// A question that is answered with a picture, as forms show it and as they send it.
namespace pilar::web {

/// A form that may bring photos, and up to where it stays in memory.
inline constexpr std::size_t kPhotoFormBytes = std::size_t{40} << 20U, kPhotoMemoryBytes = std::size_t{64} << 10U;

struct PhotoField {
  const Item& item;
  std::string kept{};  ///< hash of a photo that came before; it travels in the form, so that it need not be chosen again
  std::string problem{};
  bool quiet = false;  ///< the label is for screen readers only: a heading above says the same
  std::string folder{};  ///< where its reader finds the kept photo by its hash; empty: it is not shown
};
/// Its form must be multipart/form-data.
void draw_photo_field(html::Out& o, Lang lang, const PhotoField& field);

/// Stores the posted pictures of the form's photo items, and puts the hash of each into `typed`; what was kept before stays unless it
/// was dropped. Returns what cannot be taken, each with its item; its answer is then empty.
Problems take_photos(const Visit& visit, const Scope& scope, FacilityKey facility, const Instrument& form, RawAnswers& typed);
/// One problem for each picture that was posted but cannot be taken now.
Problems photos_to_choose_again(const Visit& visit, const Instrument& form);
/// Adds those of fields that have no problem yet.
void add_other_problems(Problems& problems, const Problems& more);

}  // namespace pilar::web
