#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "app/context.h"
#include "domain/access.h"
#include "domain/instrument.h"

namespace pilar::app {

struct InstalledInstrument {
  std::string key;
  int version = 1;
  bool changed = false;       ///< false: this very version was installed before
  std::size_t late_series = 0;  ///< series that earlier records must still be counted into, by fill_all
};

/// Installs a pack, or finds it installed. A version is never altered: other content under the same number is refused, as is a
/// lower number or an earlier date than the installed one's.
Result<InstalledInstrument> install_instrument(Context& context, const Scope& scope, std::string_view yaml, std::string_view file);

/// What forbids installing `form` after `latest`: a lower number, the same one with other content, an earlier date.
std::optional<Problem> check_succession(const Instrument& form, const Instrument& latest);

/// Who agreed to what, for an instrument that comes in through a page.
struct InstallNote {
  FacilityKey place;     ///< whose audit trail tells of it
  int seen = 0;          ///< the newest version when it was agreed to; 0: there was none
  std::string reason{};  ///< for the trail
};
/// The same with a form that was read already. Problem besides: the newest version is not the one that was seen.
Result<InstalledInstrument> install_instrument(Context& context, const Scope& scope, const Instrument& form, const InstallNote& note);

/// Installs every pack built into the program. One that may not follow what people installed under its name (check_succession) is left out
/// and named in the log: theirs stays. A fault in a pack is a Bug.
void install_shipped_instruments(Context& context, const Scope& scope);
/// The pack of this name that the program brings and that is not installed, because of what people installed; null where there is none.
const Instrument* find_left_out(const Reference& reference, std::string_view key);
/// Whether people installed a version of their own of any form that the program brings.
bool has_other_forms(const Reference& reference);

/// Counts an installed instrument's item also by the options of a Choice item, from now on and, through fill_all, backwards.
/// Returns how many series were added (0: they were there).
Result<std::size_t> define_breakdown(Context& context, const Scope& scope, std::string_view instrument_key, std::string_view item_key,
                                     std::string_view by_item_key);

}  // namespace pilar::app
