#pragma once
#include <cstdint>
#include <span>
#include <string_view>

#include "base/result.h"

/// What people should know before they use a method of calculation, beside its schema.
namespace pilar::calc {

enum class Topic : std::uint8_t { Charts, Surveys, Comparing, Queues, Money, Risk };
Message title(Topic topic);

struct Guide {
  std::string_view method;
  Topic topic;
  Message answers;  ///< which question it answers
  Message when;     ///< when to use it, and when not
};
/// One a method, topic by topic in the order of Topic.
std::span<const Guide> guides();
const Guide* find_guide(std::string_view method);

}  // namespace pilar::calc
