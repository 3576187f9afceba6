#pragma once
#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/secret.h"
#include "i18n/messages.h"
#include "i18n/words/settings.h"

/// What an operator can set, in one table. A setting has one name everywhere: `port` in pilar.yaml, PILAR_PORT in the
/// environment, --port on the command line; the later of these wins, and its default stands in the table.
namespace pilar::app {

enum class SettingKind : std::uint8_t {
  Number,     ///< a whole number from low to high
  Flag,       ///< yes or no
  Choice,     ///< one of the words of `value`, separated by '|'
  Path,       ///< of a file or folder; in the file relative to the file's folder
  Address,    ///< a literal IP address
  Addresses,  ///< literal IP addresses and networks ("10.1.0.0/16"), separated by commas or as a list
  Secret      ///< an address with a password in it
};

struct Setting {
  std::string_view name;   ///< "sign-in-tries"
  Message group;               ///< the heading it stands under
  SettingKind kind;
  std::string_view value;  ///< what stands for the value in help; empty: a flag
  Message words;               ///< a paragraph; its first sentence is its line in help
  std::string_view fallback{};
  std::int64_t low = 0, high = 0;
  bool in_file = true;     ///< false: it says where the file is
};

inline constexpr Setting kSettings[] = {
    {"data", Msg::SettingsStore, SettingKind::Path, "FOLDER", Msg::SettingData, "data", 0, 0, false},
    {"config", Msg::SettingsStore, SettingKind::Path, "FILE", Msg::SettingConfig, "", 0, 0, false},
    {"database", Msg::SettingsStore, SettingKind::Secret, "URL", Msg::SettingDatabase},
    {"readers", Msg::SettingsStore, SettingKind::Number, "N", Msg::SettingReaders, "4", 1, 64},
    {"writers", Msg::SettingsStore, SettingKind::Number, "N", Msg::SettingWriters, "0", 0, 32},
    {"batch", Msg::SettingsStore, SettingKind::Number, "N", Msg::SettingBatch, "256", 1, 4096},
    {"unsafe-database", Msg::SettingsStore, SettingKind::Flag, "", Msg::SettingUnsafeDatabase},
    {"address", Msg::SettingsNetwork, SettingKind::Address, "IP", Msg::SettingAddress, "127.0.0.1"},
    {"port", Msg::SettingsNetwork, SettingKind::Number, "N", Msg::SettingPort, "8080", 0, 65535},
    {"insecure-public", Msg::SettingsNetwork, SettingKind::Flag, "", Msg::SettingInsecure},
    {"trusted-proxies", Msg::SettingsNetwork, SettingKind::Addresses, "IP,...", Msg::SettingProxies},
    {"connections", Msg::SettingsNetwork, SettingKind::Number, "N", Msg::SettingConnections, "10000", 10, 1'000'000},
    {"head-seconds", Msg::SettingsNetwork, SettingKind::Number, "N", Msg::SettingHead, "10", 1, 600},
    {"body-seconds", Msg::SettingsNetwork, SettingKind::Number, "N", Msg::SettingBody, "60", 1, 3600},
    {"idle-seconds", Msg::SettingsNetwork, SettingKind::Number, "N", Msg::SettingIdle, "60", 1, 3600},
    {"write-seconds", Msg::SettingsNetwork, SettingKind::Number, "N", Msg::SettingWrite, "60", 1, 3600},
    {"drain-seconds", Msg::SettingsNetwork, SettingKind::Number, "N", Msg::SettingDrain, "10", 0, 600},
    {"certificate", Msg::SettingsTls, SettingKind::Path, "FILE", Msg::SettingCertificate},
    {"key", Msg::SettingsTls, SettingKind::Path, "FILE", Msg::SettingKey},
    {"authority", Msg::SettingsTls, SettingKind::Path, "FILE", Msg::SettingAuthority},
    {"redirect-port", Msg::SettingsTls, SettingKind::Number, "N", Msg::SettingRedirect, "0", 0, 65535},
    {"hsts-days", Msg::SettingsTls, SettingKind::Number, "N", Msg::SettingHsts, "30", 0, 730},
    {"io-threads", Msg::SettingsWork, SettingKind::Number, "N", Msg::SettingIoThreads, "0", 0, 256},
    {"workers", Msg::SettingsWork, SettingKind::Number, "N", Msg::SettingWorkers, "0", 0, 256},
    {"password-workers", Msg::SettingsWork, SettingKind::Number, "N", Msg::SettingPasswordWorkers, "1", 1, 16},
    {"queue", Msg::SettingsWork, SettingKind::Number, "N", Msg::SettingQueue, "2000", 10, 100'000},
    {"body-megabytes", Msg::SettingsWork, SettingKind::Number, "N", Msg::SettingBodyMegabytes, "64", 1, 4096},
    {"file-days", Msg::SettingsWork, SettingKind::Number, "N", Msg::SettingFileDays, "30", 1, 3650},
    {"import-megabytes", Msg::SettingsWork, SettingKind::Number, "N", Msg::SettingImportMegabytes, "512", 1, 4096},
    {"session-idle-minutes", Msg::SettingsWork, SettingKind::Number, "N", Msg::SettingSessionIdle, "480", 1, 10'080},
    {"session-hours", Msg::SettingsWork, SettingKind::Number, "N", Msg::SettingSession, "168", 1, 8760},
    {"draft-days", Msg::SettingsWork, SettingKind::Number, "N", Msg::SettingDraftDays, "14", 1, 365},
    {"limit-minutes", Msg::SettingsLimits, SettingKind::Number, "N", Msg::SettingLimitMinutes, "15", 1, 1440},
    {"sign-in-tries", Msg::SettingsLimits, SettingKind::Number, "N", Msg::SettingSignInTries, "5", 1, 1000},
    {"sign-in-address-tries", Msg::SettingsLimits, SettingKind::Number, "N", Msg::SettingSignInAddressTries, "100", 1, 100'000},
    {"form-tries", Msg::SettingsLimits, SettingKind::Number, "N", Msg::SettingFormTries, "30", 1, 10'000},
    {"form-sends", Msg::SettingsLimits, SettingKind::Number, "N", Msg::SettingFormSends, "3000", 1, 1'000'000},
    {"log-level", Msg::SettingsWatch, SettingKind::Choice, "debug|info|warn|error", Msg::SettingLogLevel, "info"},
    {"metrics", Msg::SettingsWatch, SettingKind::Choice, "off|loopback|token", Msg::SettingMetrics, "token"},
    {"disk-megabytes", Msg::SettingsWatch, SettingKind::Number, "N", Msg::SettingDisk, "100", 0, 1'000'000},
};

/// The row of the name, or null.
constexpr const Setting* find_setting(std::string_view name) {
  for (const auto& setting : kSettings)
    if (setting.name == name) return &setting;
  return nullptr;
}

/// The name in the environment: "PILAR_SIGN_IN_TRIES".
std::string environment_name(const Setting& setting);
/// "1–65535", "ya, tidak", "off, loopback, token", or what kind of text it is, for people.
std::string range_of(Lang lang, const Setting& setting);
/// The paragraph up to the end of its first sentence.
std::string_view first_sentence(std::string_view paragraph);
/// Says that there is no such setting, and names the nearest.
Problem unknown_setting(const std::string& name);
/// Empty when the text may stand as the setting's value.
std::optional<Problem> check_value(const Setting& setting, std::string_view text);

enum class Origin : std::uint8_t { Default, File, Environment, Flag };

/// Everything that may hold settings besides the file.
struct SettingSources {
  std::map<std::string, std::string, std::less<>> flags{};        ///< by Setting::name
  std::map<std::string, std::string, std::less<>> environment{};  ///< variables that begin with PILAR_, by their whole name
};

/// The value of every setting, each with where it came from.
class Settings {
 public:
  /// Everything at its default.
  Settings();

  /// Asking for a name of another kind is a Bug. Path, Address, Choice:
  const std::string& text(std::string_view name) const;
  std::int64_t number(std::string_view name) const;
  bool flag(std::string_view name) const;
  std::vector<std::string_view> list(std::string_view name) const;
  const Secret& secret(std::string_view name) const;

  Origin origin(std::string_view name) const { return at(name).origin; }
  /// "pilar.yaml:3", "PILAR_PORT", "--port"; empty for a default.
  const std::string& source(std::string_view name) const { return at(name).source; }
  /// The value as it may be printed: passwords are hidden.
  std::string shown(std::string_view name) const;
  /// The file that was read, or empty.
  const std::string& file() const { return file_; }

  void set(std::string_view name, std::string value, Origin origin, std::string source);
  void set_file(std::string file) { file_ = std::move(file); }

 private:
  struct Held {
    Secret text{};
    Origin origin = Origin::Default;
    std::string source{};
  };
  const Held& at(std::string_view name) const;
  const Held& at(std::string_view name, std::initializer_list<SettingKind> kinds) const;

  std::array<Held, std::size(kSettings)> held_{};
  std::string file_{};
};

/// Reads what `text` (of `file`, a YAML mapping) sets into `settings`. Problems: unknown names with the nearest, values out of
/// range, each as "file:LINE:COLUMN".
Result<Settings> read_settings(Settings settings, std::string_view text, const std::string& file);
/// Defaults, then pilar.yaml of the data folder (or the file that `config` names), then the environment, then flags. Problems:
/// what any of them has wrong; a named file that cannot be read.
Result<Settings> load_settings(const SettingSources& sources);

}  // namespace pilar::app
