#pragma once
#include <string>
#include <string_view>

#include "app/context.h"
#include "domain/access.h"

namespace pilar::app {

struct InstalledInstrument {
  std::string key;
  int version = 1;
  bool changed = false;       ///< false: this very version was installed before
  std::size_t late_series = 0;  ///< series that earlier records must still be counted into, by fill_step
};

/// Installs a pack, or finds it installed. A version is never altered: other content under the same number is refused, as is a
/// lower number or an earlier date than the installed one's.
Result<InstalledInstrument> install_instrument(Context& context, const Scope& scope, std::string_view yaml, std::string_view file);

/// Installs every pack built into the program. A fault in one of them is a Bug.
void install_shipped_instruments(Context& context, const Scope& scope);

/// Counts an installed instrument's item also by the options of a Choice item, from now on and, through fill_step, backwards.
/// Returns how many series were added (0: they were there).
Result<std::size_t> define_breakdown(Context& context, const Scope& scope, std::string_view instrument_key, std::string_view item_key,
                                     std::string_view by_item_key);

}  // namespace pilar::app
