#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "app/context.h"
#include "http/message.h"
#include "http/server.h"
#include "web/route.h"

namespace pilar::web {

/// The program as HTTP sees it: finds the route, asks who it is for, runs it where it may block, and turns whatever goes
/// wrong into a page in the reader's language (RFC 9457 under /api/).
class Site final : public http::Handler {
 public:
  explicit Site(app::Context& context, app::Settings settings = {});
  ~Site() override;

  void handle(http::Request request, http::Respond respond) override;
  BodyLimit body_limit(http::Method method, std::string_view path) const override;
  std::string language(const http::Request& head) const override;
  http::Reply refuse(int status, std::string_view path, std::string_view language) const override;

  /// Requests that have not begun are dropped: for a server that has ended, whose clients were cut off.
  void drop_queued();

  /// The books, for the work behind the pages.
  Watch& watch() { return desk_->watch; }

 private:
  http::Respond closing(std::size_t row, const http::Request& request, http::Respond respond) const;
  void run(const Route& route, std::vector<std::string_view> args, const std::shared_ptr<http::Request>& request, http::Respond respond);

  app::Context& context_;
  std::shared_ptr<Desk> desk_;
  std::unique_ptr<http::Workers> pages_, passwords_;
};

/// The reader's choice (?bahasa=, then the cookie), else Indonesian.
Lang language_of(const http::Request& request);
/// A page that says what happened and what to do; RFC 9457 for paths below /api/.
http::Reply problem_reply(int status, std::string_view path, Lang lang, const Problems& problems, std::string_view incident = {});
/// The same for whoever visits, with the status of the problems. A page that refuses says with which roles it was asked.
http::Reply problem_reply(const Visit& visit, const Problems& problems);
/// "Petugas di Puskesmas Melati (Farmasi), Surveior di Cabang Contoh".
std::string role_words(Lang lang, const Organisation& organisation, const Scope& scope);
/// The same of one role.
std::string role_words(Lang lang, const Organisation& organisation, const Grant& grant);
/// The token of an Authorization header; empty without one.
std::string_view bearer(const http::Request& request);
/// 422, 403, 404, 409, 413 or 503.
int status_of(const Problems& problems);
/// Logs a Fault or Bug under a fresh incident id and makes its page: 503 where trying again may help, else 500.
http::Reply fault_reply(std::exception_ptr failed, std::string_view path, Lang lang);
http::Reply html_page(int status, std::string body);
http::Reply redirect(std::string address);
http::Reply json_reply(int status, std::string body);
/// The reply with its Retry-After.
http::Reply ask_to_wait(http::Reply reply, std::int64_t minutes);

}  // namespace pilar::web
