#include "store/statements.h"

#include "store/account_store.h"
#include "store/audit_store.h"
#include "store/batch.h"
#include "store/cell_store.h"
#include "store/chart_mark_store.h"
#include "store/comment_read_store.h"
#include "store/draft_store.h"
#include "store/facility_head.h"
#include "store/file_store.h"
#include "store/fill_store.h"
#include "store/formula_store.h"
#include "store/grant_store.h"
#include "store/import_store.h"
#include "store/indicator_store.h"
#include "store/inspect.h"
#include "store/instrument_store.h"
#include "store/integrity_store.h"
#include "store/job_store.h"
#include "store/migrate.h"
#include "store/month_report_store.h"
#include "store/network_cell.h"
#include "store/office_cell.h"
#include "store/organisation_store.h"
#include "store/period_store.h"
#include "store/person_store.h"
#include "store/photo_store.h"
#include "store/place_file_store.h"
#include "store/place_store.h"
#include "store/record_note_store.h"
#include "store/record_store.h"
#include "store/report_store.h"
#include "store/sign_in_store.h"
#include "store/table_sum.h"
#include "store/transaction.h"
#include "store/validation_store.h"
#include "store/yearly_store.h"

namespace pilar::store {

std::vector<const Sql*> all_statements() {
  std::vector<const Sql*> all;
  for (const auto part : {transaction_statements(),  migrate_statements(),       batch_statements(),        cell_add_statements(),
                          month_add_statements(),    facility_head_statements(), account_statements(),      audit_statements(),
                          cell_statements(),         comment_read_statements(),  draft_statements(),        file_statements(),
                          fill_statements(),         grant_statements(),         import_statements(),       indicator_statements(),
                          month_report_statements(), inspect_statements(),       instrument_statements(),   job_statements(),
                          network_cell_statements(), office_cell_statements(),   organisation_statements(), place_file_statements(),
                          photo_statements(),        place_statements(),         person_statements(),       record_note_statements(),
                          record_statements(),       report_statements(),        report_add_statements(),   sign_in_statements(),
                          table_sum_statements(),    formula_statements(),       yearly_statements(),       chart_mark_statements(),
                          integrity_statements(),    period_statements(),        validation_statements()})
    all.insert(all.end(), part.begin(), part.end());
  return all;
}

}  // namespace pilar::store
