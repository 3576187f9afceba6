#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "web/api_doc.h"
#include "web/route.h"

namespace pilar::web {

/// The query of a request to the API, read with everything wrong collected: what is not in the route's description is refused, so
/// that a mistyped filter never reads as none.
class Asked {
 public:
  Asked(const Visit& visit, const ApiDoc& doc);

  std::string_view text(std::string_view name) const { return visit_.request.param(name); }
  /// The place named, or the first one of the scope.
  const Node* place(std::string_view name);
  std::optional<UnitKey> unit(const Node* node);
  /// 1 to `most`; `standard` where it is left out.
  std::size_t limit(std::size_t standard, std::size_t most);
  /// "from" and "to", days or months, both included. `standard` where neither is given.
  Period period(Period standard);
  void wrong(Message message, std::string_view field, std::vector<std::string> args = {}, Problem::Kind kind = Problem::Kind::Invalid);

  bool ok() const { return problems_.empty(); }
  const Problems& problems() const { return problems_; }
  http::Reply refuse() const;

 private:
  const Visit& visit_;
  Problems problems_{};
};

http::Reply api_refusal(const Visit& visit, const Problems& problems);
/// The facility of a path, or null.
const Node* facility_of(const Visit& visit, std::string_view code);

/// The version of the instrument in the path that "version" names, or the newest; null, with the reason in `asked`, when there is none.
const app::InstalledVersion* find_version(const Visit& visit, Asked& asked);

/// The revision that If-Match names ("\"3\""); empty when there is none or it is something else.
std::optional<std::int32_t> if_match(const http::Request& request);
/// Adds ETag.
http::Reply with_revision(http::Reply reply, std::int32_t revision);

}  // namespace pilar::web
