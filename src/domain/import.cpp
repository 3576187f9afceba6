#include "domain/import.h"

#include <algorithm>
#include <array>

#include "i18n/words/import.h"

namespace pilar {
namespace {
struct ImportStateRow {
  ImportState state;
  std::string_view name;
  Message title;
};
constexpr std::array kImportStates{
    ImportStateRow{ImportState::Draft, "draft", Msg::ImportStateDraft},
    ImportStateRow{ImportState::Checking, "checking", Msg::ImportStateChecking},
    ImportStateRow{ImportState::Checked, "checked", Msg::ImportStateChecked},
    ImportStateRow{ImportState::Writing, "writing", Msg::ImportStateWriting},
    ImportStateRow{ImportState::Written, "written", Msg::ImportStateWritten},
    ImportStateRow{ImportState::Undoing, "undoing", Msg::ImportStateUndoing},
    ImportStateRow{ImportState::Undone, "undone", Msg::ImportStateUndone},
};
}  // namespace

Message title(ImportState state) { return std::ranges::find(kImportStates, state, &ImportStateRow::state)->title; }
std::string_view name(ImportState state) { return std::ranges::find(kImportStates, state, &ImportStateRow::state)->name; }

}  // namespace pilar
