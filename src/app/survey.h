#pragma once
#include <memory>
#include <optional>
#include <string_view>

#include "app/context.h"
#include "app/form_token.h"
#include "app/record.h"
#include "store/organisation_store.h"
#include "store/record_store.h"

namespace pilar::app {

/// An instrument at a public address, and the place its answers go to.
struct Survey {
  std::shared_ptr<const Reference> reference{};  ///< keeps what the pointers below point to
  store::SurveyLink link{};
  const InstalledVersion* version = nullptr;  ///< the newest of the instrument
  const Node* facility = nullptr;
  const Unit* unit = nullptr;  ///< nullptr: the facility as a whole
};

/// What stands behind the name in an address ("1-k7m2q"), open or closed. A name that nothing stands behind is NotFound.
Result<Survey> find_survey(Context& context, std::string_view name);

/// On whose behalf a participant writes: nobody's, at this facility.
Scope public_scope(FacilityKey facility);
/// A fresh token for a form of this survey, with the id of a record to be.
FormToken make_token(const Survey& survey, Instant now);
/// Whether the token was made for this survey's place and instrument; then the version it was made with, else nullptr.
const InstalledVersion* version_of(const Survey& survey, const FormToken& token);

/// Which step of the public form asks this item: 1 is sent at once, later ones may add to it.
int step_of(const Instrument& form, const Item& item);
bool has_later_steps(const Instrument& form);

/// Judges the first step alone, its moments against now as check_moments() does. Items of later steps are NotAsked and may not stop it.
Result<Answers> check_first_step(const Instrument& form, RawAnswers raw, Instant now, Zone zone);

/// The record a token stands for, once it was sent.
std::optional<store::StoredRecord> find_sent(Context& context, const FormToken& token);
/// Whether later steps were added to it already.
bool is_continued(const InstalledVersion& version, const store::StoredRecord& record);
/// What the later steps change of a sent record: nothing where the same was added before. The first step stays as it is, and
/// only moments of the later ones are judged against now.
Result<std::optional<Correction>> continue_survey(const InstalledVersion& version, const store::StoredRecord& record,
                                                  const RawAnswers& later, Instant now, Zone zone);

}  // namespace pilar::app
