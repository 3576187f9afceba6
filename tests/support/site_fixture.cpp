#include "support/site_fixture.h"

#include <future>

#include "app/account.h"
#include "app/organisation.h"
#include "app/sign_in.h"

namespace pilar::test {

SiteTest::SiteTest(std::string usual)
    : context_{db(), clock_, reference_, SigningKey{{7}}, kQuickPasswords, {}, SigningKey{{8}}},
      site_(context_),
      usual_(std::move(usual)) {
  clock_.set({1'795'219'200'000'000});
  app::refresh_reference(context_);
}

FacilityKey SiteTest::add(NodeKind kind, const std::string& code, const std::string& name, std::optional<FacilityKey> parent,
                          std::optional<FacilityKey> supervisor) {
  app::NewPlace place{.parent = parent, .kind = kind, .code = code, .name = name, .valid_from = Day{10'000}, .supervisor = supervisor};
  if (kind == NodeKind::Facility) place.facility_type = "puskesmas";
  return app::add_place(context_, operator_, place).value();
}

void SiteTest::add_person(const std::string& login, Role role, FacilityKey place, UnitKey unit) {
  app::NewAccount account{login, "Nama " + login, std::string(kPassword), role, place};
  account.unit = unit;
  ASSERT_TRUE(app::create_account(context_, operator_, account));
}

const std::string& SiteTest::session(const std::string& login) {
  auto& token = sessions_[login.empty() ? usual_ : login];
  if (token.empty()) token = app::sign_in(context_, login.empty() ? usual_ : login, kPassword, "Firefox, Linux").value();
  return token;
}

std::string SiteTest::csrf(const std::string& login) { return app::csrf_token(context_, session(login)); }

http::Request SiteTest::request(http::Method method, std::string_view target, const Form& form) {
  auto parsed = http::parse_target(target).value();
  http::Request out{.method = method, .path = parsed.path, .query = parsed.query};
  if (method == http::Method::Post) out.headers.emplace_back("content-type", "application/x-www-form-urlencoded");
  for (const auto& [name, value] : form)
    out.body += (out.body.empty() ? "" : "&") + http::percent_encode(name) + "=" + http::percent_encode(value);
  return out;
}

http::Reply SiteTest::ask(http::Request request) {
  request.headers.emplace_back("host", "mutu.test");
  std::promise<http::Reply> answer;
  site_.handle(std::move(request), [&](http::Reply reply) { answer.set_value(std::move(reply)); });
  return answer.get_future().get();
}

http::Reply SiteTest::send(http::Request request, const std::string& login) {
  request.headers.emplace_back("cookie", "pilar_sesi=" + session(login));
  return ask(std::move(request));
}

http::Reply SiteTest::get(std::string_view target, const std::string& login) { return send(request(http::Method::Get, target), login); }

http::Reply SiteTest::post(std::string_view target, Form form, const std::string& login) {
  form.emplace_back("csrf", csrf(login));
  return send(request(http::Method::Post, target, form), login);
}

http::Reply SiteTest::upload(std::string_view target, const Form& fields, const Upload& file, const std::string& login) {
  const auto part = [](std::string_view name) { return "--BATAS\r\nContent-Disposition: form-data; name=\"" + std::string(name) + "\""; };
  auto form = request(http::Method::Post, target);
  form.headers = {{"content-type", "multipart/form-data; boundary=BATAS"}};
  for (const auto& [name, value] : fields) form.body += part(name) + "\r\n\r\n" + value + "\r\n";
  form.body += part(file.field) + "; filename=\"" + std::string(file.name) + "\"\r\nContent-Type: " + std::string(file.type) + "\r\n\r\n" +
               file.content + "\r\n--BATAS--\r\n";
  return send(std::move(form), login);
}

}  // namespace pilar::test
