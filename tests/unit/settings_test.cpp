#include "app/settings.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <type_traits>

#include "cli/commands.h"
#include "cli/config.h"

namespace pilar::settings_test {

using namespace pilar::app;
namespace fs = std::filesystem;

bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

/// "file:LINE:COLUMN message" of every problem.
std::string told(const Result<Settings>& settings) {
  if (settings) return {};
  std::string out;
  for (const auto& problem : settings.error()) out += problem.field + " " + say(Lang::En, problem) + "\n";
  return out;
}

Result<Settings> from_text(std::string_view text) { return read_settings({}, text, "pilar.yaml"); }

/// A folder with the file pilar.yaml; removed with the object.
class SettingsFile {
 public:
  explicit SettingsFile(std::string_view text) : folder_(fs::temp_directory_path() / ("pilar-settings-" + std::to_string(::getpid()))) {
    fs::create_directories(folder_);
    std::ofstream(path()) << text;
  }
  ~SettingsFile() { fs::remove_all(folder_); }
  SettingsFile(const SettingsFile&) = delete;
  SettingsFile& operator=(const SettingsFile&) = delete;
  std::string folder() const { return folder_.string(); }
  std::string path() const { return (folder_ / "pilar.yaml").string(); }

 private:
  fs::path folder_;
};

template <class T>
concept Printable = requires(std::ostream& out, const T& value) { out << value; };
static_assert(!Printable<Secret> && !std::is_convertible_v<Secret, std::string> && !std::is_convertible_v<Secret, std::string_view>);

TEST(Settings, EveryRowIsSound) {
  std::set<std::string_view> names;
  for (const auto& setting : kSettings) {
    EXPECT_TRUE(names.insert(setting.name).second) << setting.name;
    EXPECT_EQ(setting.kind == SettingKind::Flag, setting.value.empty()) << setting.name;
    EXPECT_TRUE(setting.fallback.empty() || !check_value(setting, setting.fallback)) << setting.name;
    for (const auto lang : {Lang::Id, Lang::En}) {
      EXPECT_TRUE(say(lang, setting.words).ends_with('.')) << setting.name;
      EXPECT_FALSE(range_of(lang, setting).empty()) << setting.name;
      EXPECT_LE(first_sentence(say(lang, setting.words)).size(), 140U) << setting.name;
    }
  }
}

TEST(Settings, LaterPlacesWin) {
  const SettingsFile file("port: 81\nworkers: 7\nqueue: 500\n");
  SettingSources sources;
  sources.flags["data"] = file.folder();
  auto settings = load_settings(sources);
  ASSERT_TRUE(settings) << told(settings);
  EXPECT_EQ(settings->number("port"), 81);
  EXPECT_EQ(settings->source("port"), file.path() + ":1");
  EXPECT_EQ(settings->origin("idle-seconds"), Origin::Default);
  sources.environment = {{"PILAR_WORKERS", "8"}, {"PILAR_QUEUE", "600"}, {"PILAR_HEAD_SECONDS", ""}};
  sources.flags["queue"] = "700";
  settings = load_settings(sources);
  ASSERT_TRUE(settings) << told(settings);
  EXPECT_EQ(settings->number("port"), 81);
  EXPECT_EQ(settings->number("workers"), 8);
  EXPECT_EQ(settings->source("workers"), "PILAR_WORKERS");
  EXPECT_EQ(settings->number("queue"), 700);
  EXPECT_EQ(settings->source("queue"), "--queue");
  EXPECT_EQ(settings->number("head-seconds"), 10) << "an empty variable says nothing";
}

TEST(Settings, TheFileIsFoundOrNamed) {
  const SettingsFile file(
      "certificate: tls/server.crt\nkey: /etc/pilar.key\ntrusted-proxies: [10.0.0.1, 192.168.0.0/16]\ninsecure-public: ya\n");
  SettingSources sources;
  sources.environment["PILAR_CONFIG"] = file.path();
  const auto settings = load_settings(sources);
  ASSERT_TRUE(settings) << told(settings);
  EXPECT_EQ(settings->text("certificate"), file.folder() + "/tls/server.crt");
  EXPECT_EQ(settings->text("key"), "/etc/pilar.key");
  EXPECT_EQ(settings->list("trusted-proxies"), (std::vector<std::string_view>{"10.0.0.1", "192.168.0.0/16"}));
  EXPECT_TRUE(settings->flag("insecure-public"));
  for (const std::string wrong : {"/no/such/pilar.yaml", "../../../../etc", "/etc/shadow/x", "pilar\xff.yaml"}) {
    sources.environment["PILAR_CONFIG"] = wrong;
    EXPECT_TRUE(has(told(load_settings(sources)), "cannot be read")) << wrong;
  }
}

TEST(Settings, WhatIsWrongInTheFileIsSaidWithItsLine) {
  EXPECT_TRUE(has(told(from_text("address: 127.0.0.1\nprot: 80\n")), "pilar.yaml:2:1 “prot” is not known here. Did you mean “port”?"));
  EXPECT_TRUE(has(told(from_text("port: 80\nport: 81\n")), "pilar.yaml:2:1 “port” is written twice"));
  EXPECT_TRUE(has(told(from_text("port: 65536\n")), "pilar.yaml:1:7"));
  EXPECT_TRUE(has(told(from_text("port: delapan\n")), "from 0 to 65535"));
  EXPECT_TRUE(has(told(from_text("port: [80]\n")), "pilar.yaml:1:7"));
  EXPECT_TRUE(has(told(from_text("- port\n")), "pilar.yaml:1:1"));
  EXPECT_TRUE(has(told(from_text("port: 80\n  x: 1\n")), "pilar.yaml:"));
  EXPECT_TRUE(has(told(from_text("data: other\n")), "PILAR_DATA"));
  EXPECT_TRUE(has(told(from_text("address: localhost\n")), "“localhost” is no IP address"));
  EXPECT_TRUE(has(told(from_text("metrics: everybody\n")), "off, loopback, token"));
  EXPECT_TRUE(has(told(from_text("trusted-proxies: 10.0.0.0/33\n")), "10.0.0.0/33"));
  EXPECT_TRUE(has(told(from_text("insecure-public: mungkin\n")), "yes or no"));
  EXPECT_TRUE(from_text("# nothing yet\n\n")) << "a file of comments sets nothing";
  EXPECT_TRUE(from_text("")) << "so does an empty one";
  EXPECT_FALSE(from_text(std::string_view("port: 80\0", 9)));
  EXPECT_FALSE(from_text("\xff\xfe"));
}

TEST(Settings, WrongVariablesAreNamed) {
  SettingSources sources;
  sources.flags["data"] = "/no/such/folder";
  sources.environment = {{"PILAR_PROT", "80"}, {"PILAR_PORT", "many"}};
  const auto said = told(load_settings(sources));
  EXPECT_TRUE(has(said, "PILAR_PROT There is no setting “prot”. Did you mean “port”?")) << said;
  EXPECT_TRUE(has(said, "PILAR_PORT Give a whole number")) << said;
}

TEST(Settings, PasswordsAreNeverShown) {
  const auto shown = [](const char* url) { return without_password(Secret(url)); };
  EXPECT_EQ(shown("postgresql://mutu:rahasia@db:5432/pilar"), "postgresql://mutu:***@db:5432/pilar");
  EXPECT_EQ(shown("postgresql://mutu:r@h:s/ia@db/pilar"), "postgresql://mutu:***@h:s/ia@db/pilar") << "a slash ends the host";
  EXPECT_EQ(shown("postgresql://mutu@db/pilar?password=rahasia&sslmode=require"),
            "postgresql://mutu@db/pilar?password=***&sslmode=require");
  EXPECT_EQ(shown("postgresql://db:5432/pilar"), "postgresql://db:5432/pilar");
  EXPECT_EQ(shown("sqlite:/srv/pilar.db"), "sqlite:/srv/pilar.db");
  const auto settings = from_text("database: postgresql://mutu:rahasia@db/pilar\n");
  ASSERT_TRUE(settings) << told(settings);
  EXPECT_EQ(settings->secret("database").reveal(), "postgresql://mutu:rahasia@db/pilar");
  EXPECT_FALSE(has(settings->shown("database"), "rahasia"));
  EXPECT_THROW((void)settings->text("database"), Bug);
  EXPECT_THROW((void)settings->number("address"), Bug);
  EXPECT_THROW((void)settings->flag("no-such-setting"), Bug);
}

TEST(Settings, TheCommandSaysValueOriginAndMeaning) {
  const SettingsFile file("port: 81\ndatabase: postgresql://mutu:rahasia@db/pilar\n");
  const FixedClock clock(Instant{1'790'000'000'000'000});
  const auto said = [&](const std::vector<std::string>& words, int code = 0) {
    std::istringstream in;
    std::ostringstream out, err;
    EXPECT_EQ(cli::run(words, {"en", in, out, err, clock, {"PILAR_DATA=" + file.folder()}}), code);
    return out.str() + err.str();
  };
  const auto all = said({"config"});
  for (const auto& setting : kSettings) EXPECT_TRUE(has(all, std::string(setting.name) + " = ")) << setting.name;
  EXPECT_FALSE(has(all + said({"config", "--json"}), "rahasia"));
  EXPECT_TRUE(has(said({"config", "port"}), "port = 81   [" + file.path() + ":1]"));
  EXPECT_TRUE(has(said({"config", "port", "--port", "82", "--json"}), "\"value\": \"82\""));
  EXPECT_TRUE(has(said({"config", "prot"}, 2), "“port”"));
}

TEST(Settings, ThePageIsMadeFromTheTable) {
  std::ifstream in(PILAR_SOURCE "/docs/settings.md");
  const std::string page{std::istreambuf_iterator<char>(in), {}};
  EXPECT_EQ(page, cli::settings_page(Lang::En)) << "again: pilar config --markdown --bahasa en > docs/settings.md";
}

}  // namespace pilar::settings_test
