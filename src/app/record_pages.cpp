#include "app/record_pages.h"

namespace pilar::app {

RecordPages::RecordPages(Context& context, std::vector<FacilityKey> facilities, InstrumentKey instrument, const store::RecordPage& first)
    : context_(context),
      facilities_(std::move(facilities)),
      instrument_(instrument),
      first_(first),
      wanted_(first),
      pages_([this] { return read(); }) {}

std::optional<RecordPages::Page> RecordPages::read() {
  Page page;
  while (page.records.empty() && at_ < facilities_.size()) {
    context_.db.read([&](store::Tx& tx) {
      page.records = store::load_records(tx, facilities_[at_], instrument_, wanted_);
      if (!page.records.empty()) page.reference = reference_in(context_, tx);
    });
    if (std::ssize(page.records) == wanted_.limit) {
      wanted_.after = page.records.back();
    } else {
      wanted_ = first_;
      ++at_;
    }
  }
  return page.records.empty() ? std::nullopt : std::optional(std::move(page));
}

}  // namespace pilar::app
