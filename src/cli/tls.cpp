#include "cli/tls.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <ostream>
#include <system_error>

#include "base/text.h"
#include "cli/open_store.h"
#include "http/certificate.h"
#include "i18n/format.h"
#include "i18n/words/command.h"
#include "i18n/words/ops.h"
#include "i18n/words/settings.h"

namespace pilar::cli {
namespace {

namespace fs = std::filesystem;
constexpr std::int64_t kMicrosADay = 86'400LL * 1'000'000;
constexpr int kAuthorityDays = 3650, kOwnerOnly = 0600, kEverybody = 0644;

/// Where the four files are.
struct TlsFolder {
  std::string folder;
  std::string authority() const { return folder + "/authority.crt"; }
  std::string authority_key() const { return folder + "/authority.key"; }
  std::string certificate() const { return folder + "/server.crt"; }
  std::string key() const { return folder + "/server.key"; }
};

/// Beside and then in place, so that a server that reads it finds the old one or the new one.
void write_whole(const std::string& path, std::string_view text, int mode) {
  const auto part = path + ".part";
  fs::remove(part);
  const int file = ::open(part.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
  if (file < 0) throw Fault("write " + path, std::generic_category().message(errno));
  const bool written = ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(file) == 0;
  ::close(file);
  if (!written) throw Fault("write " + path, "the disk failed");
  fs::rename(part, path);
}

std::string text_in(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

Result<std::vector<std::string>> host_names(const std::string& list) {
  std::vector<std::string> names;
  for (const auto part : split(list, ',')) {
    auto name = lower_ascii(trim(part));
    if (name.empty()) continue;
    if (!http::is_host_name(name)) return refuse(Msg::TlsBadName, "NAMES", {name});
    names.push_back(std::move(name));
  }
  if (names.empty()) return refuse(Msg::CommandMissing, {}, {"NAMES"});
  return names;
}

std::int64_t days_left(const http::CertificateFacts& facts, Instant now) { return (facts.until.micros - now.micros) / kMicrosADay; }

/// The certificate that is there, when it can stay.
bool is_good_enough(const TlsFolder& place, const std::vector<std::string>& names, Instant now, std::int64_t renew_days) {
  const auto facts = http::check_pair(place.certificate(), place.key());
  return facts && facts->names == names && days_left(*facts, now) > renew_days;
}

http::Issued authority_in(const TlsFolder& place, const std::vector<std::string>& names, Instant now) {
  if (http::check_pair(place.authority(), place.authority_key()))
    return {text_in(place.authority()), Secret(text_in(place.authority_key()))};
  auto made = http::make_authority({"Pilar " + names.front(), names, now, kAuthorityDays});
  write_whole(place.authority_key(), made.key.reveal(), kOwnerOnly);
  write_whole(place.authority(), made.certificate, kEverybody);
  return made;
}

void tell_use(const Invocation& invocation, const TlsFolder& place, bool renewed) {
  const auto server = http::read_certificate(place.certificate()), authority = http::read_certificate(place.authority());
  if (!server || !authority) throw Fault("read " + place.folder, "what was written is not there");
  const auto until = format::date(invocation.lang, civil_day(server->until, Zone::Wib));
  if (invocation.json()) {
    json::Array names(server->names.begin(), server->names.end());
    return invocation.print(json::Object{{"certificate", place.certificate()},
                                         {"key", place.key()},
                                         {"authority", place.authority()},
                                         {"names", std::move(names)},
                                         {"until", iso(civil_day(server->until, Zone::Wib))},
                                         {"renewed", renewed},
                                         {"fingerprint", authority->fingerprint}});
  }
  invocation.tell(renewed ? Msg::TlsMade : Msg::TlsKept, {until});
  invocation.tell(Msg::TlsFingerprint, {authority->fingerprint});
  invocation.tell(Msg::TlsUse);
  invocation.out << "address: 0.0.0.0\ncertificate: " << place.certificate() << "\nkey: " << place.key()
                 << "\nauthority: " << place.authority() << '\n';
}

}  // namespace

Result<Exit> tls(const Invocation& invocation) {
  const auto names = host_names(invocation.text("NAMES"));
  if (!names) return std::unexpected(names.error());
  const auto days = invocation.number("days", 1, 825);  // Apple refuses longer ones, support.apple.com/HT210176
  if (!days) return std::unexpected(days.error());
  const auto renew = invocation.number("renew-days", 0, 825);
  if (!renew) return std::unexpected(renew.error());
  const TlsFolder place{place_of(invocation).folder + "/tls"};
  make_folders(place_of(invocation));
  fs::create_directories(place.folder);
  fs::permissions(place.folder, fs::perms::owner_all);
  const auto now = invocation.clock.now();
  const bool wanted = !is_good_enough(place, *names, now, *renew);
  if (wanted) {
    const auto authority = authority_in(place, *names, now);
    const auto made = http::make_certificate({names->front(), *names, now, static_cast<int>(*days)}, authority);
    if (!made) return refuse(Problem::Kind::Conflict, Msg::TlsOtherNames, "NAMES", {invocation.text("NAMES"), place.folder});
    write_whole(place.key(), made->key.reveal(), kOwnerOnly);
    write_whole(place.certificate(), made->certificate, kEverybody);
  }
  tell_use(invocation, place, wanted);
  return Exit::Ok;
}

std::optional<Problem> check_certificate(const app::Settings& settings) {
  const auto &certificate = settings.text("certificate"), &key = settings.text("key");
  if (certificate.empty() && key.empty()) return {};
  if (certificate.empty() || key.empty()) return Problem{Problem::Kind::Invalid, Msg::ServeHalfCertificate, "--certificate", {}};
  const auto facts = http::check_pair(certificate, key);
  if (facts) return {};
  switch (facts.error()) {
    case http::CertificateFault::CertificateUnreadable:
      return Problem{Problem::Kind::NotFound, Msg::SettingFileUnreadable, "--certificate", {certificate}};
    case http::CertificateFault::NoCertificate:
      return Problem{Problem::Kind::Invalid, Msg::TlsNoCertificate, "--certificate", {certificate}};
    case http::CertificateFault::KeyUnreadable:
      return Problem{Problem::Kind::NotFound, Msg::SettingFileUnreadable, "--key", {key}};
    case http::CertificateFault::NoKey:
      return Problem{Problem::Kind::Invalid, Msg::TlsNoKey, "--key", {key}};
    case http::CertificateFault::OtherKey:
    case http::CertificateFault::OtherNames:
      return Problem{Problem::Kind::Conflict, Msg::TlsOtherKey, "--key", {key, certificate}};
  }
  return {};
}

}  // namespace pilar::cli
