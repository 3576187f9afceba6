#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "app/context.h"
#include "app/sign_in.h"
#include "http/multipart.h"
#include "i18n/lang.h"
#include "web/desk.h"

namespace pilar::web {

/// Who a route is for. A page for people asks them to sign in; an API route answers 401.
enum class May : std::uint8_t {
  Anyone,
  SignedIn,
  ReadResults,
  ReadRecords,
  WriteRecords,
  CorrectRecords,
  ManageLinks,
  ReadAudit,
  ManageAccounts,
  ManagePlaces,
  ManageIndicators,
  Administer,
  TokenWrite
};

/// The right that the route asks for; empty where anyone, or anyone who signed in, may go.
std::optional<Right> right_of(May may);

/// One request on its way to a page.
struct Visit {
  app::Context& context;
  const http::Request& request;
  std::shared_ptr<Desk> desk;
  Lang lang = Lang::Id;
  std::vector<std::string_view> args{};        ///< what stood for each ":arg" of the pattern
  std::optional<app::Person> person{};         ///< who signed in
  std::optional<Scope> scope{};                ///< the person's or the token's; set where the route asks for a right
  std::string csrf{};                          ///< for forms of this session
  std::optional<Right> right{};                ///< that the route asks for
  const Grant* why{};                          ///< the first role that has it; null where everybody may see the page
  http::Fields form{};                         ///< fields of a posted form
  std::shared_ptr<const http::BodyView> body{};  ///< where the files lie
  std::vector<http::Part> files{};             ///< files that were chosen in a posted form
  std::shared_ptr<const app::Reference> reference{};  ///< the one this request began with

  /// First value of the form field, or empty.
  std::string_view field(std::string_view name) const;
};

/// Answers at once.
using Page = http::Reply (*)(const Visit& visit);
/// Answers later, from any thread; the visit must not be kept beyond the call.
using LaterPage = void (*)(const Visit& visit, http::Respond respond);

enum class Work : std::uint8_t {
  Quick,     ///< on the I/O thread: touches neither disk nor locks
  Blocking,  ///< on the worker pool
  Password   ///< on the small pool of slow password hashing
};

struct ApiDoc;

struct Route {
  http::Method method;
  std::string_view pattern;  ///< "/s/:arg/terima-kasih"
  May may;
  Work work;
  std::variant<Page, LaterPage> page;
  std::string_view summary;           ///< English, for the API description and /debug
  std::size_t body_bytes = 64 << 10;  ///< the largest body it takes
  const ApiDoc* doc = nullptr;        ///< of every route under /api/ (web/api_doc.h)
  std::size_t memory_bytes = 0;       ///< a larger body comes as a file, and forms may bring files; 0: all of it in memory
  std::string_view megabytes = "body-megabytes";  ///< the setting that limits it further
};

/// "GET".
std::string_view name(http::Method method);

/// Every route of the program.
std::span<const Route> all_routes();

/// What the books count together: a route, or what belongs to none.
struct RequestRow {
  std::string_view method, pattern, may;
};
/// The routes in their order, then the files of the pages, then addresses that do not exist.
std::span<const RequestRow> request_rows();
inline constexpr std::size_t kOtherRows = 2, kAssetsRow = 0, kNowhereRow = 1;

struct Match {
  const Route* route = nullptr;
  std::vector<std::string_view> args{};
  bool other_method = false;  ///< the path exists, but not with this method
};
Match find_route(http::Method method, std::string_view path);

}  // namespace pilar::web
