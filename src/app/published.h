#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/result.h"

namespace pilar::app {

/// What everybody may read about a facility. The views are whole: whoever draws them hides small counts (domain/small_counts.h).
struct Published {
  std::shared_ptr<const Reference> reference{};  ///< keeps what the pointers point to
  const Node* node = nullptr;
  const Node* above = nullptr;         ///< the health office, else the payer's branch
  Instant as_of{};
  std::optional<ResultView> rating{};  ///< of the survey with a rating: the last complete month with answers, and its trend
  std::optional<ResultView> index{};   ///< of the survey with an SKM index: the last complete quarter with answers
  std::string survey{};                ///< name of an open survey link of the whole facility; empty: none
};

/// A bounded number of statements. Problem: no such facility, or it is closed.
Result<Published> read_published(Context& context, std::string_view code);

}  // namespace pilar::app
