#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "app/result.h"
#include "web/route.h"

namespace pilar::web {

/// What the address of a page about results says, read and written in one place:
///   /hasil/kessan?tempat=melati&unit=farmasi&bulan=2026-10&rinci=penjamin:jkn&ukuran=janji
/// Instead of one month: dari=2026-05&sampai=2026-10 (both included), or bulan=2026-10&rentang=6 (months ending with it).
struct ResultAddress {
  std::string instrument{}, place{}, unit{}, breakdown{}, measure{};
  Month from{}, to{};  ///< half-open

  /// "/hasil/kessan" + `page` with everything above as parameters.
  std::string href(std::string_view page = {}) const;
  std::string records_href(std::string_view item = {}, std::string_view page = {}) const;  ///< the records behind it
  /// The parameters alone, "tempat=melati&bulan=2026-10".
  std::string parameters() const;
};

/// The address with what it means. Problems: an unknown place or unit, or months that cannot be read. Without a place it is the
/// person's own; without a month the last one that has records, else the running one.
struct ResultRequest {
  ResultAddress address;
  app::ResultQuery query;
};
Result<ResultRequest> read_address(const Visit& visit);
/// The page that says what is wrong with such a request.
http::Reply refuse_result(const Visit& visit, const Problems& problems);

}  // namespace pilar::web
