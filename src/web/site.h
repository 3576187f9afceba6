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
  explicit Site(app::Context& context);
  ~Site() override;

  void handle(http::Request request, http::Respond respond) override;
  BodyLimit body_limit(http::Method method, std::string_view path) const override;
  http::Reply refuse(int status, std::string_view path, std::string_view accept_language) const override;

 private:
  void run(const Route& route, std::vector<std::string_view> args, const std::shared_ptr<http::Request>& request, http::Respond respond);

  app::Context& context_;
  TryLimit sign_ins_, sends_;
  std::unique_ptr<http::Workers> pages_, passwords_;
};

/// The reader's choice (?bahasa=, then the cookie), else Indonesian.
Lang language_of(const http::Request& request);
/// A page that says what happened and what to do; RFC 9457 for paths below /api/.
http::Reply problem_reply(int status, std::string_view path, Lang lang, const Problems& problems, std::string_view incident = {});
/// 422, 403, 404, 409, 413 or 503.
int status_of(const Problems& problems);
/// Logs a Fault or Bug under a fresh incident id and makes its page: 503 where trying again may help, else 500.
http::Reply fault_reply(std::exception_ptr failed, std::string_view path, Lang lang);
http::Reply html_page(int status, std::string body);
http::Reply redirect(std::string address);
http::Reply json_reply(int status, std::string body);

}  // namespace pilar::web
