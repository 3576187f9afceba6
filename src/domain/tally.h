#pragma once
#include <cstddef>
#include <optional>
#include <vector>

#include "domain/instrument.h"

namespace pilar {

/// An instrument of opportunities that can be counted by two buttons, done and not done: one coded answer that a share is made of, after
/// a few choices that say which opportunity it was. Whatever else the instrument asks may be left out. Numbers are indexes into
/// Instrument::items; options live as long as the instrument.
struct Tally {
  std::size_t item = 0;                  ///< what was done
  std::vector<std::size_t> about{};      ///< choices before it, in their order
  std::vector<const Option*> done{};     ///< ways of doing it: at least one
  const Option* not_done = nullptr;
};

/// Empty where the instrument is for participants, needs more than choices, or has more than one way of not doing it.
std::optional<Tally> find_tally(const Instrument& form);

}  // namespace pilar
