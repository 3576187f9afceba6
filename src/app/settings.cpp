#include "app/settings.h"

#include <arpa/inet.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/text.h"
#include "i18n/words/common.h"
#include "interchange/fields.h"

namespace pilar::app {
namespace {

namespace fs = std::filesystem;
constexpr std::string_view kFileName = "pilar.yaml", kEnvironment = "PILAR_";
constexpr std::string_view kYes[] = {"ya", "yes", "true", "1"}, kNo[] = {"tidak", "no", "false", "0"};

bool is_address(std::string_view text) {
  const std::string terminated(text);
  in6_addr bytes{};
  return inet_pton(AF_INET, terminated.c_str(), &bytes) == 1 || inet_pton(AF_INET6, terminated.c_str(), &bytes) == 1;
}

/// An address, or one with the length of its network behind a slash.
bool is_network(std::string_view text) {
  const auto slash = text.find('/');
  if (!is_address(text.substr(0, slash))) return false;
  if (slash == std::string_view::npos) return true;
  const auto length = parse_int(text.substr(slash + 1));
  return length && *length >= 0 && *length <= (text.contains(':') ? 128 : 32);
}

std::vector<std::string_view> parts_of(std::string_view list) {
  std::vector<std::string_view> parts;
  for (const auto part : split(list, ','))
    if (!trim(part).empty()) parts.push_back(trim(part));
  return parts;
}

std::string choices_of(const Setting& setting) {
  std::string out;
  for (const auto word : split(setting.value, '|')) out.append(out.empty() ? "" : ", ").append(word);
  return out;
}

Problem invalid_value(Message message, std::vector<std::string> args = {}) {
  return {Problem::Kind::Invalid, message, {}, std::move(args)};
}

/// "PILAR_SIGN_IN_TRIES" as "sign-in-tries".
std::string setting_name(std::string_view variable) {
  auto name = lower_ascii(variable.substr(kEnvironment.size()));
  std::ranges::replace(name, '_', '-');
  return name;
}

void take_environment(const SettingSources& sources, Settings& settings, Problems& problems) {
  for (const auto& [variable, value] : sources.environment) {
    if (value.empty()) continue;
    const auto name = setting_name(variable);
    const auto* setting = find_setting(name);
    auto problem = setting == nullptr ? std::optional(unknown_setting(name)) : check_value(*setting, value);
    if (!problem) {
      settings.set(name, value, Origin::Environment, variable);
      continue;
    }
    problem->field = variable;
    problems.push_back(*std::move(problem));
  }
}

void take_flags(const SettingSources& sources, Settings& settings, Problems& problems) {
  for (const auto& [name, value] : sources.flags) {
    const auto* setting = find_setting(name);
    require(setting != nullptr, "a flag names a setting");
    auto problem = check_value(*setting, value);
    if (!problem) {
      settings.set(name, value, Origin::Flag, "--" + name);
      continue;
    }
    problem->field = "--" + name;
    problems.push_back(*std::move(problem));
  }
}

bool says_nothing(std::string_view text) {
  for (const auto line : split(text, '\n'))
    if (const auto bare = trim(line); !bare.empty() && !bare.starts_with('#')) return false;
  return true;
}

/// The text of one member: a list of texts is one text with commas.
std::string member_text(yaml::Fields& fields, const Setting& setting) {
  if (setting.kind != SettingKind::Addresses) return fields.text(setting.name);
  std::string out;
  for (const auto& node : fields.texts(setting.name)) out.append(out.empty() ? "" : ",").append(node.text);
  return out;
}

std::optional<std::string> read_file(const std::string& path) {
  std::error_code ignored;
  if (!fs::is_regular_file(path, ignored)) return {};
  std::ifstream in(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  if (!in) return {};
  return text;
}

/// The file that holds settings: the named one, which must be there, or the data folder's, which need not.
Result<Settings> take_file(Settings settings) {
  const auto& named = settings.text("config");
  const auto path = named.empty() ? (fs::path(settings.text("data")) / kFileName).string() : named;
  std::error_code ignored;
  if (named.empty() && !fs::exists(path, ignored)) return settings;
  const auto text = read_file(path);
  if (!text) return refuse(Msg::SettingFileUnreadable, {}, {path});
  return read_settings(std::move(settings), *text, path);
}

}  // namespace

Problem unknown_setting(const std::string& name) {
  std::vector<std::string_view> names;
  for (const auto& setting : kSettings) names.push_back(setting.name);
  const auto near = nearest(name, names);
  return near.empty() ? invalid_value(Msg::SettingUnknown, {name}) : invalid_value(Msg::SettingUnknownNear, {name, std::string(near)});
}

std::string environment_name(const Setting& setting) {
  std::string out(kEnvironment);
  for (const char c : setting.name) out += c == '-' ? '_' : static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
  return out;
}

std::string range_of(Lang lang, const Setting& setting) {
  switch (setting.kind) {
    case SettingKind::Number:
      return std::to_string(setting.low) + "–" + std::to_string(setting.high);
    case SettingKind::Flag:
      return lower_ascii(say(lang, Msg::CommonYes)) + ", " + lower_ascii(say(lang, Msg::CommonNo));
    case SettingKind::Choice:
      return choices_of(setting);
    case SettingKind::Path:
      return std::string(say(lang, Msg::SettingRangePath));
    case SettingKind::Address:
      return std::string(say(lang, Msg::SettingRangeAddress));
    case SettingKind::Addresses:
      return std::string(say(lang, Msg::SettingRangeAddresses));
    case SettingKind::Secret:
      return std::string(say(lang, Msg::SettingRangeSecret));
  }
  return {};
}

std::string_view first_sentence(std::string_view paragraph) {
  const auto end = paragraph.find(". ");
  return end == std::string_view::npos ? paragraph : paragraph.substr(0, end + 1);
}

std::optional<Problem> check_value(const Setting& setting, std::string_view text) {
  switch (setting.kind) {
    case SettingKind::Number: {
      const auto value = parse_int(text);
      if (value && *value >= setting.low && *value <= setting.high) return {};
      return invalid_value(Msg::SettingNeedsNumber, {std::to_string(setting.low), std::to_string(setting.high)});
    }
    case SettingKind::Flag:
      if (std::ranges::find(kYes, text) != std::end(kYes) || std::ranges::find(kNo, text) != std::end(kNo)) return {};
      return invalid_value(Msg::SettingNeedsFlag);
    case SettingKind::Choice: {
      const auto words = split(setting.value, '|');
      if (std::ranges::find(words, text) != words.end()) return {};
      return invalid_value(Msg::SettingNeedsChoice, {choices_of(setting)});
    }
    case SettingKind::Address:
      if (is_address(text)) return {};
      return invalid_value(Msg::SettingNeedsAddress, {std::string(text)});
    case SettingKind::Addresses:
      for (const auto part : parts_of(text))
        if (!is_network(part)) return invalid_value(Msg::SettingNeedsAddresses, {std::string(part)});
      return {};
    case SettingKind::Path:
    case SettingKind::Secret:
      if (std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; })) return {};
      return invalid_value(Msg::SettingNoControl);
  }
  return {};
}

Settings::Settings() {
  for (std::size_t i = 0; i < held_.size(); ++i) held_[i].text = Secret(std::string(kSettings[i].fallback));
}

const Settings::Held& Settings::at(std::string_view name) const {
  const auto* setting = find_setting(name);
  require(setting != nullptr, "a setting stands in the table");
  return held_[static_cast<std::size_t>(setting - kSettings)];
}

const Settings::Held& Settings::at(std::string_view name, std::initializer_list<SettingKind> kinds) const {
  const auto& held = at(name);
  require(std::ranges::find(kinds, find_setting(name)->kind) != kinds.end(), "a setting is read as what it is");
  return held;
}

const std::string& Settings::text(std::string_view name) const {
  return at(name, {SettingKind::Path, SettingKind::Address, SettingKind::Choice}).text.reveal();
}

std::int64_t Settings::number(std::string_view name) const { return parse_int(at(name, {SettingKind::Number}).text.reveal()).value_or(0); }

bool Settings::flag(std::string_view name) const {
  return std::ranges::find(kYes, at(name, {SettingKind::Flag}).text.reveal()) != std::end(kYes);
}

std::vector<std::string_view> Settings::list(std::string_view name) const {
  return parts_of(at(name, {SettingKind::Addresses}).text.reveal());
}

const Secret& Settings::secret(std::string_view name) const { return at(name, {SettingKind::Secret}).text; }

std::string Settings::shown(std::string_view name) const {
  const auto& held = at(name);
  return find_setting(name)->kind == SettingKind::Secret ? without_password(held.text) : held.text.reveal();
}

void Settings::set(std::string_view name, std::string value, Origin origin, std::string source) {
  const auto& held = at(name);
  held_[static_cast<std::size_t>(&held - held_.data())] = {Secret(std::move(value)), origin, std::move(source)};
}

Result<Settings> read_settings(Settings settings, std::string_view text, const std::string& file) {
  settings.set_file(file);
  if (says_nothing(text) && is_utf8(text)) return settings;
  yaml::Faults faults(file, text);
  const auto root = yaml::parse(text, faults);
  if (!faults.none()) return std::unexpected(faults.take());
  yaml::Fields fields(faults, root);
  for (const auto& setting : kSettings) {
    const auto* node = fields.find(setting.name);
    if (node == nullptr) continue;
    auto value = member_text(fields, setting);
    if (!setting.in_file) {
      faults.add(node->key_at, Msg::SettingNotInFile, {std::string(setting.name), environment_name(setting)});
    } else if (const auto problem = check_value(setting, value)) {
      faults.add(node->at, problem->message, problem->args);
    } else {
      if (setting.kind == SettingKind::Path && !value.empty())
        value = (fs::path(file).parent_path() / value).lexically_normal().string();  // an absolute one replaces the folder
      settings.set(setting.name, std::move(value), Origin::File, file + ":" + std::to_string(node->key_at.line));
    }
  }
  fields.finish();
  if (!faults.none()) return std::unexpected(faults.take());
  return settings;
}

Result<Settings> load_settings(const SettingSources& sources) {
  Settings outer;
  Problems problems;
  take_environment(sources, outer, problems);
  take_flags(sources, outer, problems);
  if (!problems.empty()) return std::unexpected(std::move(problems));
  auto settings = take_file(outer);
  if (!settings) return settings;
  take_environment(sources, *settings, problems);
  take_flags(sources, *settings, problems);
  return settings;
}

}  // namespace pilar::app
