#include "app/record_batch.h"

#include "app/record_parts.h"

namespace pilar::app {
namespace {

class Batch {
 public:
  Batch(Context& context, Scope scope, FacilityKey facility, std::vector<NewRecord> records, std::string subject)
      : context_(context),
        scope_(std::move(scope)),
        facility_(facility),
        records_(std::move(records)),
        subject_(std::move(subject)) {
    const auto reference = context.reference.get();
    const auto now = context.clock.now();
    rows_.reserve(records_.size());
    for (auto& record : records_) {
      require(record.facility == facility, "a batch belongs to one facility");
      record = with_hashed_persons(context, std::move(record));
      rows_.push_back(stored_form(*reference, record, now));
    }
  }

  void run(store::Write& write) {
    const auto reference = reference_for(context_, write);
    result_ = {};
    for (auto& row : rows_) row.changed = write.next_line();
    for (std::size_t i = 0; i < rows_.size(); ++i) add(write, *reference, i);
    if (result_.added == 0) return;
    write.audit({context_.clock.now(), scope_.actor(), "record.add_many", subject_, R"({"added":)" + std::to_string(result_.added) + "}"});
  }

  BatchResult& result() { return result_; }

 private:
  void add(store::Write& write, const Reference& reference, std::size_t i) {
    const auto& row = rows_[i];
    const auto& version = version_of(reference, row.version);
    if (missing_photo(write.tx(), row.facility, version.form, records_[i].answers)) return result_.photoless.push_back(i);
    const bool locked = write.period().is_locked(month_of(row.day), context_.clock.now());
    if (!locked && store::insert_record(write.tx(), row)) {
      write.add(row.day, row.unit, deltas_of(reference, row, records_[i].answers), +1);
      use_photos(write.tx(), row.facility, version.form, row.day, records_[i].answers);
      ++result_.added;
      return;
    }
    const auto existing = store::find_record(write.tx(), row.facility, row.id);
    if (existing && existing->first_hash == row.first_hash)
      ++result_.repeated;
    else if (locked)
      result_.locked.push_back(i);
    else
      result_.conflicts.push_back(i);
  }

  Context& context_;
  Scope scope_;
  FacilityKey facility_;
  std::vector<NewRecord> records_;
  std::string subject_;
  std::vector<store::StoredRecord> rows_;
  BatchResult result_;
};

}  // namespace

void submit_batch(Context& context, const Scope& scope, FacilityKey facility, std::vector<NewRecord> records, std::string subject,
                  OnBatch done) {
  for (const auto& record : records)
    if (auto problem = check_may(*context.reference.get(), scope, Right::WriteRecords, facility, record.unit))
      return done(refuse(*std::move(problem)), nullptr);
  auto batch = std::make_shared<Batch>(context, scope, facility, std::move(records), std::move(subject));
  context.db.submit(
      facility, [batch](store::Write& write) { batch->run(write); },
      [batch, done = std::move(done)](std::exception_ptr failed) mutable { done(std::move(batch->result()), failed); });
}

}  // namespace pilar::app
