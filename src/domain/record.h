#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/result.h"
#include "base/time.h"
#include "domain/answer.h"
#include "domain/instrument.h"

namespace pilar {

enum class Channel : std::uint8_t { Public = 1, Staff = 2, Api = 3, Import = 4, Demo = 5 };
enum class RecordState : std::uint8_t {
  Valid = 1,
  Voided = 2,
  Flagged = 3  ///< counted, but its id came with other content before: a cached page or a kiosk
};

/// One filled instrument, at a unit, at a time, through a channel.
struct Record {
  Uuid id;
  FacilityKey facility;
  UnitKey unit;
  InstrumentKey instrument;
  VersionKey version;
  Day day;
  Instant at, received_at;
  Channel channel = Channel::Public;
  RecordState state = RecordState::Valid;
  std::int32_t revision = 1;
  Answers answers;
};

/// One item as it came in: texts as typed (one, or several for Multiple), or an explicit empty.
struct RawAnswer {
  std::vector<std::string> values{};
  std::optional<Empty> empty{};
};
using RawAnswers = std::map<std::string, RawAnswer, std::less<>>;

/// Reads and judges one filled form; everything wrong is reported together, each problem with its item's key.
/// Items that are not relevant become NotAsked (an answer given to one all the same is a problem for staff and the API, and
/// is dropped where `forgiving`, because a public page without script shows every item). Calculations are filled in. A form
/// without a single answer is refused.
Result<Answers> check_answers(const Instrument& instrument, const RawAnswers& raw, Day today, bool forgiving);

/// The words of a problem of check_answers, or of a broken rule (Msg::RuleBroken, its key): the instrument's own message where it has one.
std::string say(Lang lang, const Problem& problem, const Instrument& instrument);

/// The answer of a Calculation whose expression gave this number: rounded to the item's digits; Blank where it is too large to be summed.
Answer calculated(const Item& item, const Decimal& number);

/// Options and answers as expression values, in item order.
std::vector<expression::Value> expression_values(const Instrument& instrument, const Answers& answers);

}  // namespace pilar
