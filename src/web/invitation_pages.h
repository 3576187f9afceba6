#pragma once
#include <span>
#include <string>

#include "app/invitation.h"
#include "web/route.h"

namespace pilar::web {

/// A link that was just made, as text and as a QR code, to hand over or to print. It cannot be shown again.
struct ShownInvitation {
  std::string name{}, login{};
  app::Invitation invitation{};
  bool is_reset = false;
};
std::string draw_invitation(const Visit& visit, const ShownInvitation& shown);

/// Where the link leads: a password of one's own.
std::span<const Route> invitation_routes();

}  // namespace pilar::web
