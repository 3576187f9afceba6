#pragma once
#include <string>
#include <vector>

#include "app/record_list.h"
#include "store/record_store.h"

/// What lists of records and searches in them share: which list it is, and what of a record may be seen in it.
namespace pilar::app {

/// The list that the query asks for, without its lines. Problems: those of list_records.
Result<RecordList> open_list(Context& context, const Scope& scope, const RecordListQuery& query);
/// What may be seen of the record in the list. `reference` knows its version and outlives the line.
RecordLine line_of(const Context& context, const Reference& reference, const RecordList& list, const store::StoredRecord& record,
                   Day today);
/// Whoever reads comments wants those that were written, and of photos those that were taken.
bool is_unwritten(const RecordLine& line);
/// The answers shown, as one text to order by.
std::string answer_text(const RecordLine& line);
/// Lines by day and unit, those of a unit's day in the order of their answer, whoever came first.
void hide_order(std::vector<RecordLine>& lines);

}  // namespace pilar::app
