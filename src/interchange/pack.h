#pragma once
#include <string_view>

#include "base/result.h"
#include "domain/instrument.h"

namespace pilar {

/// Reads an instrument from its pack: YAML as docs/packs.md describes it. `file` is only the name that stands in the
/// problems, each of which has "file:LINE:COLUMN" as its field, lines and columns counted from 1. All faults are reported
/// together, in the order of the file; at most the first hundred found. Never throws on any text.
Result<Instrument> read_pack(std::string_view text, std::string_view file);

/// As packs write them: "choice", "share", "peserta".
std::string_view pack_word(ItemKind kind);
std::string_view pack_word(MeasureKind kind);
std::string_view pack_word(Pillar pillar);

}  // namespace pilar
