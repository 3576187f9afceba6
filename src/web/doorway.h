#pragma once
#include <string>

#include "http/message.h"

namespace pilar::web {

/// What answers on the plain HTTP port of a site with TLS: everything is led to HTTPS, but for the page that explains how to
/// trust the certificate, which the site itself answers.
class Doorway final : public http::Handler {
 public:
  /// `port` is the one that serves HTTPS.
  Doorway(http::Handler& site, std::uint16_t port) : site_(site), port_(port) {}

  void handle(http::Request request, http::Respond respond) override;
  BodyLimit body_limit(http::Method method, std::string_view path) const override;
  std::string language(const http::Request& head) const override;
  http::Reply refuse(int status, std::string_view path, std::string_view language) const override;

 private:
  http::Handler& site_;
  std::uint16_t port_;
};

}  // namespace pilar::web
