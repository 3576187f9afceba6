#pragma once
#include <span>
#include <string>

#include "app/comments.h"
#include "web/route.h"

/// Comments of people who rated low, and who has read them.
namespace pilar::web {

std::span<const Route> comment_routes();

/// What the address of the list says:
///   /komentar?tempat=melati&unit=farmasi&dari=2026-10-18&sampai=2026-11-14&baca=belum&hal=2
/// `baca` is belum, sudah or semua. Without days it is what opened within app::kUnreadDays.
struct CommentAddress {
  std::string place{}, unit{};
  Period days;
  app::Reading reading = app::Reading::Unread;
  std::int64_t page = 1;
  std::string href() const;
};

}  // namespace pilar::web
