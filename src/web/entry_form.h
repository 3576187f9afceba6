#pragma once
#include <optional>
#include <string>

#include "app/entry.h"
#include "app/usual.h"
#include "domain/record.h"
#include "http/message.h"
#include "web/html.h"
#include "web/route.h"

/// The form in which staff enter or correct one record, drawn from the instrument alone.
namespace pilar::web {

/// What a correction has besides the answers.
struct Correcting {
  std::int32_t revision = 1;  ///< that the editor saw
  std::string reason{};
};

struct EntryFormPage {
  const Instrument& form;
  const Node& node;
  app::EntryUnits units{};
  std::string action{};
  Uuid id{};
  std::optional<UnitKey> unit{};  ///< empty: not chosen yet
  std::string at{};               ///< local, "2026-11-21T08:15"
  RawAnswers typed{};             ///< kept as it was typed
  Problems problems{};            ///< fields: item keys, "unit", "at", "reason"
  std::int32_t turn = 0;          ///< of the draft
  bool fresh = false;             ///< nothing was typed yet, here or elsewhere
  std::optional<Correcting> correcting{};
  app::UsualFigures usual{};  ///< shown beside the numbers once the unit is chosen
};
void draw_entry_form(html::Out& o, const Visit& visit, const EntryFormPage& page);

/// Fields of the form besides the items, which never begin with an underscore.
inline constexpr std::string_view kIdField = "_id", kPlaceField = "_tempat", kUnitField = "_unit", kAtField = "_waktu",
                                  kVersionField = "_versi", kTurnField = "_turn", kAgainField = "_lagi", kRevisionField = "_revisi",
                                  kReasonField = "_alasan";

/// The field of the form that a problem of a record belongs to: its unit is "_unit".
std::string entry_field(const std::string& problem_field);
/// What a field is called on the form; empty where it is none of it.
std::string entry_label(Lang lang, const Instrument& form, std::string_view field);

/// A form without pictures that is larger than this is refused; one with pictures comes by way of a file.
inline constexpr std::size_t kEntryMemoryBytes = std::size_t{256} << 10U;

/// The answers among the posted fields, of all sections.
RawAnswers read_entry_answers(const Instrument& form, const http::Fields& fields, Zone zone);
/// With the decimal point that the judgement expects in the place of a person's comma.
RawAnswers with_points(const Instrument& form, RawAnswers typed);
/// "2026-11-21T08:15" in the facility's zone; empty when it is no such time.
std::optional<Instant> parse_local(std::string_view text, Zone zone);
std::string local_text(Instant at, Zone zone);
/// What check_answers would read back to the same answers, as people write it.
RawAnswers raw_of(const Instrument& form, const Answers& answers, Lang lang, Zone zone);

}  // namespace pilar::web
