#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "domain/reason.h"
#include "web/forms.h"
#include "web/route.h"

/// Pages that ask before something is done, and that show two versions of one thing.
namespace pilar::web {

/// Values that a form carries without showing them.
using Hidden = std::vector<std::pair<std::string, std::string>>;
/// A posted form with its session's mark and these values; `body` draws the rest.
void draw_post_form(html::Out& o, const Visit& visit, std::string_view action, const Hidden& hidden, const Body& body);

/// Names what will happen and asks for one press.
struct Confirm {
  std::string title{}, place{};  ///< "Tutup akun Sari", "Puskesmas Melati"
  std::string words{};           ///< what will happen, and what stays
  std::string action{}, button{};
  Button kind = Button::Danger;
  Link back{};
  Hidden hidden{};
  Problems problems{};  ///< why it was not done just now
  std::optional<Field> reason{};  ///< asks why
};
std::string draw_confirm(const Visit& visit, const Confirm& confirm);

/// The field that asks why, with what was typed in it and what is wrong with that; required, of one line.
Field reason_field(const Visit& visit, const Problems& problems, std::string_view name, Message label, const std::string& hint = {});

/// One field of a thing that two people changed: what the reader sent and what stands there now.
struct ConflictField {
  std::string label{}, mine{}, theirs{};
};
/// Nothing is lost: both versions side by side, and the reader chooses.
struct Conflict {
  std::string title{};
  std::vector<ConflictField> fields{};
  std::string action{};  ///< sends `hidden` again: the reader's version over the newer one
  Hidden hidden{};
  Link back{};  ///< keeps what stands there
};
std::string draw_conflict(const Visit& visit, const Conflict& conflict);

}  // namespace pilar::web
