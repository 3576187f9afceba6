#include "cli/config.h"

#include <ostream>

#include "base/text.h"
#include "i18n/words/common.h"
#include "i18n/words/settings.h"

namespace pilar::cli {
namespace {

std::string source_of(const Invocation& invocation, const app::Setting& setting) {
  const auto& source = invocation.settings.source(setting.name);
  return source.empty() ? std::string(say(invocation.lang, Msg::SettingOriginDefault)) : source;
}

json::Value setting_json(const Invocation& invocation, const app::Setting& setting) {
  return json::Object{{"name", setting.name},
                      {"value", invocation.settings.shown(setting.name)},
                      {"from", source_of(invocation, setting)},
                      {"default", setting.fallback},
                      {"range", app::range_of(invocation.lang, setting)},
                      {"environment", app::environment_name(setting)},
                      {"meaning", say(invocation.lang, setting.words)}};
}

void print_setting(const Invocation& invocation, const app::Setting& setting) {
  const auto shown = invocation.settings.shown(setting.name);
  const auto unset = say(invocation.lang, setting.kind == app::SettingKind::Flag ? Msg::CommonNo : Msg::SettingUnset);
  invocation.out << setting.name << " = " << (shown.empty() ? lower_ascii(unset) : shown) << "   [" << source_of(invocation, setting)
                 << "]\n    " << say(invocation.lang, setting.words) << " (" << app::range_of(invocation.lang, setting) << ")\n";
}

void print_all(const Invocation& invocation) {
  const auto& file = invocation.settings.file();
  if (file.empty())
    invocation.tell(Msg::ConfigNoFile);
  else
    invocation.tell(Msg::ConfigFile, {file});
  const app::Setting* before = nullptr;
  for (const auto& setting : app::kSettings) {
    if (before == nullptr || before->group != setting.group) invocation.out << '\n' << say(invocation.lang, setting.group) << '\n';
    print_setting(invocation, setting);
    before = &setting;
  }
}

}  // namespace

std::string settings_page(Lang lang) {
  std::string out =
      "# Settings\n\nMade by `pilar config --markdown --bahasa en > docs/settings.md`; a test holds it true.\n\n"
      "A setting has one name. Later places win:\n\n"
      "1. the default below;\n"
      "2. `pilar.yaml` in the data folder, or the file that `--config` or `PILAR_CONFIG` names: `port: 8080`;\n"
      "3. the environment: `PILAR_PORT=8080` (`PILAR_`, capitals, underscores);\n"
      "4. the command line: `--port 8080`.\n\n"
      "`pilar config` says what holds now and where it comes from. A name that nobody knows, a name written twice and a value out of\n"
      "range are refused, with file and line. A path in the file is relative to the file's folder.\n";
  const app::Setting* before = nullptr;
  for (const auto& setting : app::kSettings) {
    if (before == nullptr || before->group != setting.group)
      out.append("\n## ").append(say(lang, setting.group)).append("\n| name | default | range | meaning |\n|---|---|---|---|\n");
    const auto fallback = setting.fallback.empty() ? std::string() : "`" + std::string(setting.fallback) + "`";
    out.append("| `").append(setting.name).append("` | ").append(fallback).append(" | ").append(app::range_of(lang, setting));
    out.append(" | ").append(say(lang, setting.words)).append(" |\n");
    before = &setting;
  }
  return out;
}

Result<Exit> config(const Invocation& invocation) {
  if (invocation.has("markdown")) {
    invocation.out << settings_page(invocation.lang);
    return Exit::Ok;
  }
  const auto name = invocation.text("NAME");
  const auto* one = app::find_setting(name);
  if (!name.empty() && one == nullptr) return refuse(app::unknown_setting(name));
  if (invocation.json()) {
    json::Array rows;
    for (const auto& setting : app::kSettings)
      if (one == nullptr || one == &setting) rows.push_back(setting_json(invocation, setting));
    invocation.print(rows);
  } else if (one != nullptr) {
    print_setting(invocation, *one);
  } else {
    print_all(invocation);
  }
  return Exit::Ok;
}

}  // namespace pilar::cli
