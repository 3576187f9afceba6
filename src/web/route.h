#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "app/account.h"
#include "app/context.h"
#include "http/message.h"
#include "i18n/lang.h"
#include "web/try_limit.h"

namespace pilar::web {

/// Who a route is for. A page for people asks them to sign in; an API route answers 401.
enum class May : std::uint8_t { Anyone, ReadResults, ReadRecords, WriteRecords, ManageLinks, Administer, TokenWrite };

/// One request on its way to a page.
struct Visit {
  app::Context& context;
  const http::Request& request;
  TryLimit& sign_ins;
  TryLimit& sends;  ///< of one public form
  Lang lang = Lang::Id;
  std::vector<std::string_view> args{};        ///< what stood for each ":arg" of the pattern
  std::optional<app::Person> person{};         ///< who signed in
  std::optional<Scope> scope{};                ///< the person's or the token's; set where the route asks for a right
  std::string csrf{};                          ///< for forms of this session
  http::Fields form{};                         ///< fields of a posted form
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

struct Route {
  http::Method method;
  std::string_view pattern;  ///< "/s/:arg/terima-kasih"
  May may;
  Work work;
  std::variant<Page, LaterPage> page;
  std::string_view summary;           ///< English, for the API description and /debug
  std::size_t body_bytes = 64 << 10;  ///< the largest body it takes
};

/// Every route of the program.
std::span<const Route> all_routes();

struct Match {
  const Route* route = nullptr;
  std::vector<std::string_view> args{};
  bool other_method = false;  ///< the path exists, but not with this method
};
Match find_route(http::Method method, std::string_view path);

}  // namespace pilar::web
