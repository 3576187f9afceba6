#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/context.h"
#include "domain/access.h"
#include "domain/organisation.h"
#include "i18n/messages.h"
#include "support/page_text.h"
#include "support/shipped_store.h"
#include "web/site.h"

namespace pilar::test {

/// The whole site without sockets, on 21 November 2026 at 07.00 WIB, and people with passwords who use it.
class SiteTest : public ShippedStoreTest {
 protected:
  using Form = std::vector<std::pair<std::string, std::string>>;
  struct Upload {
    std::string_view field, name, type;  ///< of the form, of the file, of its content
    std::string content;
  };

  static constexpr std::string_view kPassword = "kata sandi yang panjang";  ///< of everybody

  /// `usual` is who asks where nobody is named.
  explicit SiteTest(std::string usual);

  /// A place, there since 1997; a facility is a puskesmas without units.
  FacilityKey add(NodeKind kind, const std::string& code, const std::string& name, std::optional<FacilityKey> parent = {},
                  std::optional<FacilityKey> supervisor = {});
  void add_person(const std::string& login, Role role, FacilityKey place, UnitKey unit = {});
  /// The session; signs in where the person has not yet.
  const std::string& session(const std::string& login);
  std::string csrf(const std::string& login = {});

  static http::Request request(http::Method method, std::string_view target, const Form& form = {});
  /// As the request stands: without a session of its own, nobody is signed in.
  http::Reply ask(http::Request request);
  http::Reply send(http::Request request, const std::string& login = {});
  http::Reply get(std::string_view target, const std::string& login = {});
  /// With the token of the session.
  http::Reply post(std::string_view target, Form form, const std::string& login = {});
  /// As a browser sends a form with one file; without a token of its own.
  http::Reply upload(std::string_view target, const Form& fields, const Upload& file, const std::string& login = {});

  static std::string header_of(const http::Reply& reply, std::string_view name) { return test::header_of(reply, name); }
  static std::string place_of(const http::Reply& reply) { return header_of(reply, "Location"); }
  static bool has(std::string_view text, std::string_view part) { return holds(text, part); }
  static std::string words(Message message) { return std::string(say(Lang::Id, message)); }
  static bool has(const http::Reply& reply, std::string_view part) { return has(reply.body, part); }

  app::ReferenceHolder reference_;
  app::Context context_;
  web::Site site_;
  Scope operator_{Role::Administrator, kEverywhere, "cli"};

 private:
  std::string usual_;
  std::map<std::string, std::string> sessions_;
};

}  // namespace pilar::test
