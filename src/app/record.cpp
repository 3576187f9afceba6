#include "app/record.h"

#include <future>

#include "app/period_lock.h"
#include "app/record_parts.h"
#include "i18n/words/answer.h"
#include "store/draft_store.h"
#include "store/record_note_store.h"

namespace pilar::app {
namespace {

constexpr std::int64_t kClockErrorMicros = 5LL * 60 * 1'000'000;
constexpr Instant kEarliest{631'152'000'000'000};  // 1990-01-01 UTC

store::AuditLine line(Context& context, const Scope& scope, const char* action, const Uuid& id, std::string detail = {}) {
  return {context.clock.now(), scope.actor(), action, "record:" + text(id), std::move(detail)};
}

/// One submission: what it needs is computed once, its body may run several times.
class Submission {
 public:
  Submission(Context& context, Scope scope, NewRecord record)
      : context_(context),
        scope_(std::move(scope)),
        record_(with_hashed_persons(context, std::move(record))),
        stored_(stored_form(*context.reference.get(), record_, context.clock.now())) {}

  void run(store::Write& write) {
    const auto reference = reference_for(context_, write);
    auto record = stored_;
    if (auto problem = missing_photo(write.tx(), record.facility, version_of(*reference, record.version).form, record_.answers)) {
      result_ = refuse(*std::move(problem));
      return;
    }
    if (auto problem = closed_for(write, record)) {
      result_ = refuse(*std::move(problem));
      return;
    }
    record.changed = write.next_line();
    result_ = insert(write, *reference, record);
    if (record.channel == Channel::Staff && result_) store::delete_draft(write.tx(), record.facility, record.id);
  }

  Result<Saved>& result() { return result_; }
  FacilityKey facility() const { return stored_.facility; }

 private:
  /// A record that is there already is sent again, which adds nothing, also when its month has been locked since.
  std::optional<Problem> closed_for(store::Write& write, const store::StoredRecord& record) const {
    auto problem = check_period(context_, write, record.day);
    if (!problem) return {};
    const auto existing = store::find_record(write.tx(), record.facility, record.id);
    return existing && existing->first_hash == record.first_hash ? std::nullopt : std::move(problem);
  }

  Result<Saved> insert(store::Write& write, const Reference& reference, store::StoredRecord& record) {
    if (store::insert_record(write.tx(), record)) return added(write, reference, record);
    const auto existing = store::find_record(write.tx(), record.facility, record.id);
    require(existing.has_value(), "a record that could not be inserted is there");
    if (existing->first_hash == record.first_hash) return Saved{existing->id, existing->revision, true, existing->state};
    if (record.channel != Channel::Public || record.state == RecordState::Flagged)
      return refuse(Problem::Kind::Conflict, Msg::RecordIdConflict, "id");
    record.id = flagged_id(record.id, record.first_hash);
    record.state = RecordState::Flagged;
    return insert(write, reference, record);
  }

  Saved added(store::Write& write, const Reference& reference, const store::StoredRecord& record) {
    write.add(record.day, record.unit, deltas_of(reference, record, record_.answers), +1);
    use_photos(write.tx(), record.facility, version_of(reference, record.version).form, record.day, record_.answers);
    write.audit(line(context_, scope_, record.state == RecordState::Flagged ? "record.flag" : "record.add", record.id));
    if (record.channel == Channel::Staff) store::insert_author(write.tx(), record.facility, record.id, scope_.actor());
    return Saved{record.id, 1, false, record.state};
  }

  Context& context_;
  Scope scope_;
  NewRecord record_;
  store::StoredRecord stored_;
  Result<Saved> result_ = Saved{};
};

/// One change of an existing record: `change` makes the new row from the stored one, or refuses.
class Change {
 public:
  using Make = std::function<Result<store::StoredRecord>(const store::StoredRecord&)>;

  Change(Context& context, Scope scope, FacilityKey facility, Uuid id, std::int32_t expected, const char* action, std::string reason,
         Make make)
      : context_(context),
        scope_(std::move(scope)),
        facility_(facility),
        id_(id),
        expected_(expected),
        action_(action),
        reason_(std::move(reason)),
        make_(std::move(make)) {}

  void run(store::Write& write) { result_ = apply(write); }
  Result<Saved>& result() { return result_; }
  FacilityKey facility() const { return facility_; }

 private:
  Result<Saved> apply(store::Write& write) {
    const auto reference = reference_for(context_, write);
    const auto before = store::find_record(write.tx(), facility_, id_);
    if (!before) return refuse(Problem::Kind::NotFound, Msg::RecordNotFound, "id");
    if (auto problem = check_may(*reference, scope_, Right::CorrectRecords, facility_, before->unit)) return refuse(*std::move(problem));
    if (before->revision != expected_)
      return refuse(Problem::Kind::Conflict, Msg::RecordChanged, "revision", {std::to_string(before->revision)});
    if (before->state == RecordState::Voided) return refuse(Problem::Kind::Conflict, Msg::RecordVoided, "id");
    if (auto problem = check_period(context_, write, before->day)) return refuse(*std::move(problem));
    auto after = make_(*before);
    if (!after) return std::unexpected(after.error());
    // It is not moved into a closed month either.
    if (auto problem = check_period(context_, write, after->day)) return refuse(*std::move(problem));
    after->revision = before->revision + 1;
    const auto& form = version_of(*reference, after->version).form;
    const auto answers = from_canonical(after->answers);
    if (auto problem = missing_photo(write.tx(), facility_, form, answers)) return refuse(*std::move(problem));
    use_photos(write.tx(), facility_, form, after->day, answers);
    after->changed = write.next_line();
    store::replace_record(write.tx(), *before, *after, context_.clock.now(), scope_.actor(), reason_);
    add_stored(write, *reference, *before, -1);
    add_stored(write, *reference, *after, +1);
    write.audit(line(context_, scope_, action_, id_, R"({"revision":)" + std::to_string(after->revision) + "}"));
    return Saved{id_, after->revision, false, after->state};
  }

  Context& context_;
  Scope scope_;
  FacilityKey facility_;
  Uuid id_;
  std::int32_t expected_;
  const char* action_;
  std::string reason_;
  Make make_;
  Result<Saved> result_ = Saved{};
};

/// The work outlives this call; the writer holds it until the commit is answered.
template <class Work>
void submit(Context& context, std::shared_ptr<Work> work, OnSaved done) {
  const auto facility = work->facility();
  context.db.submit(
      facility, [work](store::Write& write) { work->run(write); },
      [work, done = std::move(done)](std::exception_ptr failed) mutable { done(std::move(work->result()), failed); });
}

/// Runs an asynchronous use case to its end.
template <class Start>
Result<Saved> wait_for(const Start& start) {
  std::promise<Result<Saved>> promise;
  auto future = promise.get_future();
  start([&promise](Result<Saved> result, std::exception_ptr failed) {
    if (failed)
      promise.set_exception(failed);
    else
      promise.set_value(std::move(result));
  });
  return future.get();
}

/// Nobody can read back whom a record names, so a person left blank stays who it was.
Answers with_kept_persons(Answers given, const store::StoredRecord& before) {
  const auto stored = from_canonical(before.answers);
  for (std::size_t i = 0; i < given.size() && i < stored.size(); ++i) {
    const auto* empty = std::get_if<Empty>(&given[i]);
    if (empty != nullptr && *empty == Empty::Blank && std::holds_alternative<PersonHash>(stored[i])) given[i] = stored[i];
  }
  return given;
}

std::shared_ptr<Change> change_of(Context& context, const Scope& scope, const Correction& correction) {
  const auto reference = context.reference.get();
  const auto* node = reference->organisation.find(correction.facility);
  require(node != nullptr, "a record's facility is known");
  const auto day = civil_day(correction.at, node->zone);
  const auto instrument = version_of(*reference, correction.version).instrument;
  auto given = correction.answers;
  hash_persons(given, context.person_key, correction.facility);
  auto make = [correction, given, day, instrument](const store::StoredRecord& before) -> Result<store::StoredRecord> {
    if (before.instrument != instrument) return refuse(Problem::Kind::Conflict, Msg::RecordOtherInstrument, "instrument");
    auto after = before;
    after.unit = correction.unit;
    after.version = correction.version;
    after.at = correction.at;
    after.day = day;
    after.answers = to_canonical(before.version == correction.version ? with_kept_persons(given, before) : given);
    return after;
  };
  return std::make_shared<Change>(context, scope, correction.facility, correction.id, correction.expected_revision, "record.correct",
                                  correction.reason, std::move(make));
}

}  // namespace

std::optional<Problem> check_time(Instant at, Instant now, Zone zone) {
  if (at.micros > now.micros + kClockErrorMicros) return Problem{Problem::Kind::Invalid, Msg::RecordFuture, "at", {iso(at, zone)}};
  if (at < kEarliest) return Problem{Problem::Kind::Invalid, Msg::RecordTooOld, "at", {iso(at, zone)}};
  return {};
}

Problems check_moments(const Instrument& form, const Answers& answers, Instant now, Zone zone) {
  require(answers.size() == form.items.size(), "answers are those of the form");
  Problems problems;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    const auto* at = std::get_if<Instant>(&answers[i]);
    if (at == nullptr || form.items[i].may_lie_ahead || at->micros <= now.micros + kClockErrorMicros) continue;
    problems.push_back({Problem::Kind::Invalid, Msg::AnswerFuture, form.items[i].key, {iso(*at, zone)}});
  }
  return problems;
}

void submit_record(Context& context, const Scope& scope, NewRecord record, OnSaved done) {
  if (auto problem = check_may(*context.reference.get(), scope, Right::WriteRecords, record.facility, record.unit))
    return done(refuse(*std::move(problem)), nullptr);
  submit(context, std::make_shared<Submission>(context, scope, std::move(record)), std::move(done));
}

Result<Saved> save_record(Context& context, const Scope& scope, NewRecord record) {
  return wait_for([&](OnSaved done) { submit_record(context, scope, std::move(record), std::move(done)); });
}

void submit_correction(Context& context, const Scope& scope, const Correction& correction, OnSaved done) {
  if (auto problem = check_may(*context.reference.get(), scope, Right::CorrectRecords, correction.facility, correction.unit))
    return done(refuse(*std::move(problem)), nullptr);
  submit(context, change_of(context, scope, correction), std::move(done));
}

Result<Saved> correct_record(Context& context, const Scope& scope, const Correction& correction) {
  return wait_for([&](OnSaved done) { submit_correction(context, scope, correction, std::move(done)); });
}

Result<Saved> void_record(Context& context, const Scope& scope, FacilityKey facility, const Uuid& id, std::int32_t expected_revision,
                          const std::string& reason) {
  auto make = [](const store::StoredRecord& before) -> Result<store::StoredRecord> {
    auto after = before;
    after.state = RecordState::Voided;
    return after;
  };
  auto change = std::make_shared<Change>(context, scope, facility, id, expected_revision, "record.void", reason, make);
  return wait_for([&](OnSaved done) { submit(context, change, std::move(done)); });
}

}  // namespace pilar::app
