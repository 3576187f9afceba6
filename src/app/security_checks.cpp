#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <map>
#include <set>

#include "app/account_change.h"
#include "app/demo.h"
#include "app/doctor.h"
#include "i18n/words/ops.h"
#include "store/account_store.h"
#include "store/grant_store.h"

namespace pilar::app {
namespace {

namespace fs = std::filesystem;
using SecurityFindings = std::vector<Finding>;

constexpr std::int64_t kMicrosOfDay = 86'400LL * 1'000'000;
constexpr std::int64_t kCertificateDays = 30, kTokenDays = 14, kIdleTokenDays = 90, kLongTokenDays = 400, kFirstPasswordDays = 7;
constexpr std::int64_t kManyTries = 20, kLongSessionHours = 31LL * 24;

void add(SecurityFindings& all, Health health, Message message, std::vector<std::string> args = {}) {
  all.push_back({health, {Problem::Kind::Conflict, message, {}, std::move(args)}});
}

/// 127.0.0.0/8 and ::1.
bool is_local(const std::string& address) { return address.starts_with("127.") || address == "::1"; }

bool is_readable_by_others(const fs::path& file) {
  std::error_code error;
  const auto mode = fs::status(file, error).permissions();
  return !error && (mode & (fs::perms::group_all | fs::perms::others_all)) != fs::perms::none;
}

SecurityFindings check_address(const Patient& patient) {
  SecurityFindings all;
  const auto& settings = *patient.settings;
  const auto& address = settings.text("address");
  if (is_local(address) || !settings.text("certificate").empty()) return all;
  const bool proxied = !settings.list("trusted-proxies").empty();
  if (!settings.flag("insecure-public"))
    add(all, Health::Fail, Msg::SecurityAddressFound, {address});
  else if (!proxied)
    add(all, Health::Warn, Msg::SecurityAddressNoProxy, {address});
  return all;
}

SecurityFindings check_tls(const Patient& patient) {
  SecurityFindings all;
  if (!patient.certificate) return all;
  const auto& certificate = *patient.certificate;
  if (certificate.fault) {
    all.push_back({Health::Fail, *certificate.fault});
    return all;
  }
  const auto now = patient.context.clock.now();
  const auto left = (certificate.until.micros - now.micros) / kMicrosOfDay;
  if (certificate.from > now)
    add(all, Health::Fail, Msg::SecurityTlsEarly, {iso(civil_day(certificate.from, Zone::Wib))});
  else if (certificate.until < now)
    add(all, Health::Fail, Msg::SecurityTlsExpired, {iso(civil_day(certificate.until, Zone::Wib))});
  else if (left < kCertificateDays)
    add(all, Health::Warn, Msg::SecurityTlsSoon, {std::to_string(left)});
  if (patient.settings->number("hsts-days") == 0) add(all, Health::Warn, Msg::SecurityTlsNoHsts);
  return all;
}

/// Keys and files with passwords fail; others stand in the data folder, which another check judges.
SecurityFindings check_secrets(const Patient& patient) {
  SecurityFindings all;
  const auto& settings = *patient.settings;
  std::vector<fs::path> secrets{settings.text("key"), fs::path(patient.folder) / "tls" / "authority.key",
                                fs::path(patient.folder) / "tls" / "server.key"};
  const bool holds_password =
      settings.origin("database") == Origin::File && settings.shown("database") != settings.secret("database").reveal();
  if (holds_password) secrets.emplace_back(settings.file());
  std::ranges::sort(secrets);
  secrets.erase(std::ranges::unique(secrets).begin(), secrets.end());
  for (const auto& file : secrets)
    if (!file.empty() && is_readable_by_others(file)) add(all, Health::Fail, Msg::SecurityFilesFound, {file.string()});
  if (settings.origin("database") == Origin::Flag && settings.shown("database") != settings.secret("database").reveal())
    add(all, Health::Warn, Msg::SecurityFilesFlag);
  return all;
}

SecurityFindings check_demonstration(const Patient& patient) {
  SecurityFindings all;
  patient.context.db.read([&](store::Tx& tx) {
    std::set<store::AccountKey> made;
    for (const auto& stored : store::load_grants(tx))
      if (stored.given_by == kDemoActor) made.insert(stored.account);
    for (const auto& one : store::load_accounts(tx))
      if (one.active && made.contains(one.key)) add(all, Health::Warn, Msg::SecurityDemoFound, {one.login});
  });
  return all;
}

SecurityFindings check_people(const Patient& patient) {
  SecurityFindings all;
  const auto now = patient.context.clock.now().micros;
  patient.context.db.read([&](store::Tx& tx) {
    for (const auto& one : store::load_accounts(tx))
      if (one.active && one.must_change && now - one.created_at.micros > kFirstPasswordDays * kMicrosOfDay)
        add(all, Health::Warn, Msg::SecurityPeopleFound, {one.login});
  });
  return all;
}

SecurityFindings check_tokens(const Patient& patient) {
  SecurityFindings all;
  const auto now = patient.context.clock.now().micros;
  patient.context.db.read([&](store::Tx& tx) {
    std::map<std::string, std::string, std::less<>> closed;  // logins, as tokens name who made them
    for (const auto& one : store::load_accounts(tx))
      if (!one.active) closed.emplace(subject_of(one.key), one.login);
    for (const auto& token : store::load_tokens(tx)) {
      if (token.revoked_at || token.expires_at.micros < now) continue;
      const auto left = (token.expires_at.micros - now) / kMicrosOfDay;
      const auto idle = (now - token.used_at.value_or(token.created_at).micros) / kMicrosOfDay;
      if (left < kTokenDays) add(all, Health::Warn, Msg::SecurityTokenSoon, {token.name, std::to_string(left)});
      if (left > kLongTokenDays) add(all, Health::Warn, Msg::SecurityTokenLong, {token.name, std::to_string(left)});
      if (const auto maker = closed.find(token.given_by); maker != closed.end())
        add(all, Health::Warn, Msg::SecurityTokenLeft, {token.name, maker->second});
      if (idle > kIdleTokenDays) add(all, Health::Warn, Msg::SecurityTokenIdle, {token.name, std::to_string(idle)});
    }
  });
  return all;
}

SecurityFindings check_limits(const Patient& patient) {
  SecurityFindings all;
  const auto& settings = *patient.settings;
  const auto tries = settings.number("sign-in-tries"), hours = settings.number("session-hours");
  if (tries > kManyTries) add(all, Health::Warn, Msg::SecurityLimitsTries, {std::to_string(tries)});
  if (hours > kLongSessionHours) add(all, Health::Warn, Msg::SecurityLimitsSession, {std::to_string(hours)});
  return all;
}

SecurityFindings check_process(const Patient& patient) {
  SecurityFindings all;
  if (::geteuid() == 0) add(all, Health::Warn, Msg::SecurityProcessRoot);
  if (patient.settings->flag("unsafe-database")) add(all, Health::Fail, Msg::SecurityProcessUnsafe);
  return all;
}

constexpr Check kSecurity[] = {
    {"address", Msg::SecurityAddress, Msg::SecurityAddressWhy, Msg::SecurityAddressAdvice, &check_address},
    {"tls", Msg::SecurityTls, Msg::SecurityTlsWhy, Msg::SecurityTlsAdvice, &check_tls},
    {"secrets", Msg::SecurityFiles, Msg::SecurityFilesWhy, Msg::SecurityFilesAdvice, &check_secrets},
    {"demonstration", Msg::SecurityDemo, Msg::SecurityDemoWhy, Msg::SecurityDemoAdvice, &check_demonstration},
    {"people", Msg::SecurityPeople, Msg::SecurityPeopleWhy, Msg::SecurityPeopleAdvice, &check_people},
    {"tokens", Msg::SecurityTokens, Msg::SecurityTokensWhy, Msg::SecurityTokensAdvice, &check_tokens},
    {"limits", Msg::SecurityLimits, Msg::SecurityLimitsWhy, Msg::SecurityLimitsAdvice, &check_limits},
    {"process", Msg::SecurityProcess, Msg::SecurityProcessWhy, Msg::SecurityProcessAdvice, &check_process},
};

}  // namespace

std::vector<Check> security_checks() {
  std::vector<Check> all(std::begin(kSecurity), std::end(kSecurity));
  for (const auto& check : checks())
    if (check.key == "folder" || check.key == "durable" || check.key == "backups" || check.key == "accounts") all.push_back(check);
  return all;
}

}  // namespace pilar::app
