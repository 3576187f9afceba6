#pragma once
#include "base/json.h"
#include "domain/answer.h"
#include "domain/instrument.h"

namespace pilar::app {

/// An answer as read_record (app/intake.h) takes it: an option's key, an array of keys, an exact number, a day, a time "08:15", a
/// moment with the zone of the facility, a text, the hash of a photo. Blank is null; the three other ways of having no answer are
/// {"not": "asked"}, {"not": "observed"}, {"not": "applicable"}.
json::Value answer_json(const Item& item, const Answer& answer, Zone zone);

/// Every entered item by its key, in the order of the instrument; what is computed is left out, so that the object can be sent again.
json::Value answers_json(const Instrument& form, const Answers& answers, Zone zone);
/// The computed items by their keys.
json::Value calculated_json(const Instrument& form, const Answers& answers, Zone zone);

}  // namespace pilar::app
