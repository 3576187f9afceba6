#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "app/record_search.h"
#include "web/result_address.h"

namespace pilar::web {

/// What the address of a list of records says, read and written in one place:
///   /catatan/ronde?tempat=melati&unit=farmasi&bulan=2026-11&keadaan=dihitung&lewat=petugas&oleh=sari&butir=profesi&jawaban=perawat
///     &min=1&maks=5&kata=jam&urut=-hari&kolom=profesi&kolom=lama&hal=2
struct RecordRequest {
  ResultAddress address;
  app::RecordListQuery query;
  app::RecordFilter filter;
  app::RecordSort sort;
  std::string item{}, low{}, high{};   ///< as they stand in the address
  std::vector<std::string> columns{};  ///< keys of the items shown; empty: all
  std::int64_t page = 1;

  /// The list's address with its page at the end of the path ("/data.csv"), without the number of the page.
  std::string href(std::string_view page_path = {}) const;
  http::Fields fields() const;
};

/// Problems: those of read_address, no facility, a number or a column that cannot be read.
Result<RecordRequest> read_record_request(const Visit& visit);

std::string_view name_of(RecordState state);
std::string_view name_of(Channel channel);

}  // namespace pilar::web
