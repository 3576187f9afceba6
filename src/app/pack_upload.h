#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "app/instrument.h"
#include "interchange/form_file.h"

/// A form that somebody sent to become an instrument: kept as it came, looked at, then installed or removed.
namespace pilar::app {

inline constexpr std::size_t kMostFormBytes = std::size_t{16} << 20U;

/// Keeps a file that reads, so that what was checked is what will be installed. Problems: those of read_form_file, no right to
/// administer anywhere.
Result<Uuid> keep_form_file(Context& context, const Scope& scope, std::string name, std::string_view content);

/// What stands in a kept file, beside what is installed.
struct FormUpload {
  std::string name{};
  FormFile file{};
  std::shared_ptr<const Reference> reference{};  ///< keeps what `installed` points to
  const InstalledVersion* installed = nullptr;   ///< the newest version of the same instrument; null: it is new
  bool is_same = false;                          ///< that version says exactly this
  std::optional<Problem> refused{};              ///< why it cannot follow that version
};
/// Problem: no such file, or it expired.
Result<FormUpload> open_form_file(Context& context, const Scope& scope, std::string_view id);

/// What whoever agrees saw, and why it is done.
struct FormConsent {
  int seen = 0;  ///< the version that was installed then; 0: none
  std::string reason{};
};
/// Installs it, tells the audit trail of the place where the scope administers, and removes the file. Problems: as of opening, what
/// forbids the version (install_instrument), and another version that came in meanwhile.
Result<InstalledInstrument> install_form_file(Context& context, const Scope& scope, std::string_view id, const FormConsent& consent);

/// Removes the file; nothing happens when it is gone already.
void drop_form_file(Context& context, const Scope& scope, std::string_view id);

}  // namespace pilar::app
